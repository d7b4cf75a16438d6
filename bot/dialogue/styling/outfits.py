"""Outfits out of what a catalogue has: pieces that belong together, within a budget and a person's wishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product as every
from typing import Literal

from bot.dialogue.prices import decimals
from bot.dialogue.profile import TASTES, Profile
from bot.dialogue.styling.colours import Lab, harmony, lab_named
from bot.dialogue.styling.occasions import suits
from bot.dialogue.types import ProductCard
from catalog.taxonomy import ancestors, colors_meant_by, is_a, part_of, worn_over

Place = Literal["upper", "layer", "lower", "dress"]
PLACES: tuple[Place, ...] = ("dress", "upper", "lower", "layer")
"""Where a piece is worn, from the skin outwards."""

ENOUGH = 14
"""So many of the best of each place are combined: a good outfit is made of pieces that are good by themselves."""

LAYER_BONUS = 0.03
"""A layer is worth this much where the season allows one, so that equal outfits come with it."""

HOT = ("summer", "beach")

_CLOSE = frozenset(("slim", "skinny", "fitted", "tailored", "straight"))
_LOOSE = frozenset(("relaxed", "loose", "oversized", "baggy", "wide", "boxy"))
"""Words of titles for the cut."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What an outfit shall be like.

    anchors: pieces that must be in it
    beside: colours that are worn with it and are no pieces of the catalogue
    worn: places that are taken by what the person has
    exactly: the places that it has, when that is settled
    most, currency: the budget of all of it, in units of the currency (None: whichever)
    wishes: occasions and seasons; cut: how close it shall be, such as "slim" or "relaxed"
    kinds: kinds of clothing that are asked for, each in its place
    wanted, unwanted: colours that are asked for, or that must not be in it
    without: products that were seen already
    """

    anchors: tuple[ProductCard, ...] = ()
    beside: tuple[Lab, ...] = ()
    worn: tuple[Place, ...] = ()
    exactly: tuple[Place, ...] = ()
    most: Decimal | None = None
    currency: str | None = None
    wishes: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    gender: str | None = None
    profile: Profile = field(default_factory=Profile)
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outfit:
    """Pieces from the skin outwards, and how good they are together, 0..1."""

    pieces: tuple[ProductCard, ...]
    worth: float


def place_of(card: ProductCard) -> Place | None:
    """Where a piece is worn; None for what cannot be tried on."""
    return "layer" if card.part == "upper" and worn_over(card.category) else card.part


def place_for(category: str) -> Place | None:
    """Where clothes of this kind are worn; None for shoes and bags."""
    return "layer" if worn_over(category) else part_of(category)


def in_layers(cards: Iterable[ProductCard]) -> tuple[ProductCard, ...]:
    """From the skin outwards."""
    return tuple(sorted(cards, key=lambda card: PLACES.index(place_of(card) or "layer")))


def total_of(cards: Iterable[ProductCard]) -> tuple[Decimal, str] | None:
    """What all of them cost together; None when a price is unknown or they are in several currencies."""
    pieces = list(cards)
    currencies = {card.currency for card in pieces}
    if not pieces or len(currencies) != 1 or any(card.price_minor is None for card in pieces):
        return None
    currency = str(currencies.pop())
    return Decimal(sum(card.price_minor or 0 for card in pieces)) / 10 ** decimals(currency), currency


def acceptable(card: ProductCard, brief: Brief) -> bool:
    """Whether the person may be shown this piece: nothing avoided, their size and gender where both are known."""
    avoided = {facet: brief.profile.avoided(facet) for facet in TASTES}
    unwanted = {c for name in (*brief.unwanted, *avoided["color"]) for c in colors_meant_by(name)}
    kinds = (card.category, *ancestors(card.category))
    said = " ".join((card.title, card.pattern or "")).casefold()
    sizes = brief.profile.sizes(card.category)
    gender = brief.gender or brief.profile.gender
    return not (
        unwanted & set(card.color)
        or set(avoided["material"]) & set(card.material)
        or (card.pattern or "") in avoided["pattern"]
        or (card.brand or "").casefold() in {brand.casefold() for brand in avoided["brand"]}
        or set(avoided["category"]) & set(kinds)
        or any(fit in said for fit in avoided["fit"])
        or (sizes and card.sizes and not set(sizes) & set(card.sizes))
        or (gender and card.gender not in (None, "unisex", gender))
    )


def affordable(cards: Iterable[ProductCard], brief: Brief) -> bool:
    """Whether all of it stays within the budget; prices that are unknown or in another currency do not."""
    if brief.most is None:
        return True
    total = total_of(cards)
    return total is not None and total[0] <= brief.most and brief.currency in (None, total[1])


def build(brief: Brief, stock: Mapping[Place, Iterable[ProductCard]], limit: int | None = 3) -> tuple[Outfit, ...]:
    """The best outfits, best first: a top and a bottom, or a dress, and a layer where it helps. None: all.

    The anchors are in each of them, in their places.
    """
    fixed = {place: card for card in brief.anchors if (place := place_of(card)) is not None}
    if "dress" in fixed and ({"upper", "lower"} & fixed.keys()):
        return ()
    choices = {place: _best(place, brief, stock) for place in PLACES}
    choices.update({place: [card] for place, card in fixed.items()})
    found: list[Outfit] = []
    for places in _shapes(brief, fixed):
        for pieces in every(*(choices[place] for place in places)):
            if affordable(pieces, brief) and _for_one(pieces):
                found.append(Outfit(in_layers(pieces), _worth(pieces, brief)))
    found.sort(key=lambda outfit: (-outfit.worth, [card.id for card in outfit.pieces]))
    return tuple(found[:limit])


def _for_one(cards: Iterable[ProductCard]) -> bool:
    """Whether all of it is made for the same people, as far as the shop says."""
    return len({card.gender for card in cards} - {None, "unisex"}) <= 1


def _shapes(brief: Brief, fixed: Mapping[Place, ProductCard]) -> list[tuple[Place, ...]]:
    """Which places an outfit has, with and without a layer."""
    if brief.exactly:
        return [brief.exactly]
    two: tuple[Place, ...] = tuple(p for p in ("upper", "lower") if p not in brief.worn or p in fixed)
    bases: list[tuple[Place, ...]] = [two] if two else []
    if "dress" in fixed:
        bases = [("dress",)]
    elif not ({"upper", "lower"} & fixed.keys()) and not brief.worn:
        bases.append(("dress",))
    if "layer" in fixed:
        return [(*base, "layer") for base in bases or [()]]
    with_layer: list[tuple[Place, ...]] = [(*base, "layer") for base in bases]
    # An outfit is more than the piece one has already.
    alone = [base for base in bases if set(base) - fixed.keys()]
    return [*alone, *with_layer] if "layer" not in brief.worn else alone


def _best(place: Place, brief: Brief, stock: Mapping[Place, Iterable[ProductCard]]) -> list[ProductCard]:
    """The pieces of one place that are best by themselves, and the cheapest ones."""
    kinds = [kind for kind in brief.kinds if place_for(kind) == place]
    cards = {
        card.id: card
        for card in stock.get(place, ())
        if place_of(card) == place
        and (not kinds or any(is_a(card.category, kind) for kind in kinds))
        and card.id not in brief.without
        # Dungarees want a top below them: they are a dress to the body, and none by themselves.
        and not is_a(card.category, "dungarees")
        and acceptable(card, brief)
        and affordable([card], brief)
    }
    ranked = sorted(cards.values(), key=lambda card: (-_worth([card], brief), card.id))
    cheap = sorted(cards.values(), key=lambda card: (card.price_minor or 0, card.id))
    return list(dict.fromkeys([*ranked[:ENOUGH], *cheap[: ENOUGH // 3]]))


def colour_of(card: ProductCard) -> Lab | None:
    """The first of its colours that is a single one."""
    return next((lab for name in card.color if (lab := lab_named(name)) is not None), None)


def _worth(cards: Iterable[ProductCard], brief: Brief) -> float:
    pieces = list(cards)
    colours = [lab for card in pieces if (lab := colour_of(card)) is not None]
    together = harmony([*colours, *brief.beside])
    busy = sum(card.pattern not in (None, "solid") for card in pieces)
    layered = any(place_of(card) == "layer" for card in pieces) and not set(HOT) & set(brief.wishes)
    return (
        0.5 * together
        + 0.35 * suits(pieces, brief.wishes)
        + 0.15 * _taste(pieces, brief)
        - 0.08 * max(0, busy - 1)
        + LAYER_BONUS * layered
        + 0.06 * sum(_cut(card, brief) for card in pieces)
    )


def _cut(card: ProductCard, brief: Brief) -> int:
    """1 for a cut as it is wanted, -1 for the opposite, 0 where the title says nothing of it."""
    said = set(card.title.casefold().replace("-", " ").split())
    wanted = {*brief.cut, *brief.profile.liked("fit")}
    right, wrong = (_CLOSE, _LOOSE) if wanted & _CLOSE else (_LOOSE, _CLOSE) if wanted & _LOOSE else ((), ())
    return bool(said & set(right)) - bool(said & set(wrong))


def _taste(pieces: list[ProductCard], brief: Brief) -> float:
    """How much of it is what they asked for or like, 0..1."""
    wanted = {c for name in brief.wanted for c in colors_meant_by(name)}
    asked = any(wanted & set(card.color) for card in pieces) if wanted else True
    liked = sum(likes(card, brief.profile) for card in pieces) / max(len(pieces), 1)
    return 0.7 * asked + 0.3 * min(1.0, liked)


def likes(card: ProductCard, profile: Profile) -> bool:
    """Whether it has a colour, brand, material, pattern, cut or kind that they said they like."""
    colours = {c for name in profile.liked("color") for c in colors_meant_by(name)}
    return bool(
        colours & set(card.color)
        or set(profile.liked("material")) & set(card.material)
        or card.pattern in profile.liked("pattern")
        or (card.brand or "").casefold() in {brand.casefold() for brand in profile.liked("brand")}
        or card.category in profile.liked("category")
    )
