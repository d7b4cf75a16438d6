"""The nouns of the retail domain. Values of facets are canonical lower-case English ("t-shirt", "dark blue")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Part = Literal["upper", "lower", "dress"]
"""Which part of the body a product dresses; None for what cannot be tried on (shoes, bags)."""

SizeChart = Mapping[str, Mapping[str, tuple[float, float]]]
"""For each size what it is made for: {"M": {"chest_cm": (96.0, 101.0)}}, from and to, in centimetres."""


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` is an integer in the currency's smallest unit (cents, paise); `currency` is ISO 4217."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Product:
    """One thing that a shop sells.

    `id` is unique over all sources, at most 40 bytes of [a-z0-9-], and stable over imports; that of an item which
    a person brought is `own:` and 12 hex digits.
    `picture` and `picture_back` are references which the source resolves to bytes: a URL, a path inside a
    feed's folder, or `samples:NAME` for the sample catalogue.
    `credit` is the line shown next to the picture where its licence asks for one. `chart` is empty where the shop
    gives none.
    `gtin` is the number under the bar code, digits only: the same in every shop. `in_stock` is None where
    nobody said.
    Live products, which a shop's interface told a moment ago, also have: `picture_kept` False where the shop
    forbids keeping the picture's bytes (it is shown by its https address alone); `fresh_until`, until when price
    and picture may be shown without asking the shop again; `disclosure`, a line the shop wants shown with it;
    `ref`, the name by which the shop is asked for it again; `seller`, who sells it where that is not the source;
    `offers`, how many other offers of the same thing were left out for this one.
    """

    id: str
    source: str
    title: str
    category: str
    part: Part | None
    picture: str
    picture_back: str | None = None
    color: tuple[str, ...] = ()
    pattern: str | None = None
    material: tuple[str, ...] = ()
    gender: str | None = None
    sizes: tuple[str, ...] = ()
    brand: str | None = None
    price: Money | None = None
    url: str | None = None
    description: str = ""
    credit: str | None = None
    chart: SizeChart = field(default_factory=dict, hash=False)
    gtin: str | None = None
    in_stock: bool | None = None
    picture_kept: bool = True
    fresh_until: datetime | None = None
    disclosure: str | None = None
    ref: str | None = None
    seller: str | None = None
    offers: int = 0


@dataclass(frozen=True, slots=True)
class Usual:
    """What a person usually wants, without having asked for it now.

    It leaves out only what is known to be otherwise: a product that says no size passes every size. `price_max` is
    in whole units of `price_currency` (None: the product's own) and says nothing about prices in other currencies.
    `liked` maps facets to values that come first among what is equally close.
    """

    size: tuple[str, ...] = ()
    gender: str | None = None
    price_max: float | None = None
    price_currency: str | None = None
    currency: str | None = None
    exclude: dict[str, tuple[str, ...]] = field(default_factory=dict)
    liked: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A product that others shall look like: where it is sold and its `ref` there, and its picture as a JPEG that
    may leave this machine. `name` stands for the picture, which tells nothing in a log.
    """

    source: str
    ref: str | None = None
    name: str = ""
    picture: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `text` is the person's own words; the facets are what was understood of them.

    Every facet that is set is wanted; `exclude` maps a facet's name to values that are not. Prices are whole
    units of `currency` (None: the product's own). `style` holds words that no facet covers ("party",
    "short sleeve"): they rank and never filter. `sort` is price_asc, price_desc, newest or None for the
    closest first; other values mean None. `source` and `exclude` are never relaxed. `like` ranks where a shop
    can compare pictures, and says nothing elsewhere. `usual` is given up before anything else. `suited` are
    the kinds that suit what it is for, where no `category` was named; without them the rest is looked for all
    the same, and nothing is said.
    """

    text: str = ""
    category: tuple[str, ...] = ()
    color: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    suited: tuple[str, ...] = ()
    gender: str | None = None
    price_min: float | None = None
    price_max: float | None = None
    currency: str | None = None
    sort: str | None = None
    source: tuple[str, ...] = ()
    exclude: dict[str, tuple[str, ...]] = field(default_factory=dict)
    usual: Usual = field(default_factory=Usual)
    like: Likeness | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search. `relaxed` names the facets that had to be dropped to find anything; those of the
    query's `usual` as "usual.size", "usual.price", "usual.currency", "usual.gender", "usual.exclude". `waiting`
    says that a shop was asked and has not answered yet: what it finds is there when the same is asked again.
    """

    products: tuple[Product, ...]
    total: int
    relaxed: tuple[str, ...] = ()
    waiting: bool = False
