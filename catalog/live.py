"""What providers that ask a shop each time have in common: words to ask with, items read with care, pages kept.

Whatever a shop sends is looked at before it is trusted: an item that cannot be read costs itself, never its page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from catalog.feed_texts import clean_text
from catalog.feeds import MAX_URL, product_of_row
from catalog.taxonomy import COLOR_WORDS, fold
from catalog.types import Money, Product, Query
from catalog.wording import facets_in, search_terms

MAX_WORDS = 200
"""Characters of a question; no wish is longer once it is understood."""

MAX_ITEMS = 1000
"""Of one answer; the longest that a contract knows has 500."""

_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def at(node: object, *keys: str | int) -> Any:
    """What stands there inside of JSON, or None."""
    for key in keys:
        if isinstance(node, Mapping):
            node = node.get(key)
        elif isinstance(node, list) and isinstance(key, int) and -len(node) <= key < len(node):
            node = node[key]
        else:
            return None
    return node


def text_at(node: object, *keys: str | int) -> str:
    """The text that stands there; "" for anything else, and for what shops write where they have nothing."""
    found = at(node, *keys)
    if isinstance(found, int | float) and not isinstance(found, bool):
        found = str(found)
    return found if isinstance(found, str) and fold(found) not in ("na", "n a", "none", "null") else ""


def list_at(node: object, *keys: str | int) -> list[Any]:
    """The list that stands there; empty for anything else."""
    found = at(node, *keys)
    return found if isinstance(found, list) else []


def texts_at(node: object, *keys: str | int) -> list[str]:
    """The texts of the list that stands there."""
    return [text for value in list_at(node, *keys) if (text := text_at([value], 0))]


def read_items(shop: str, items: object, read: Callable[[Any], Product]) -> tuple[list[Product], int]:
    """The products among the items, and how many could not be read."""
    products: list[Product] = []
    problems: list[str] = []
    for item in items[:MAX_ITEMS] if isinstance(items, list) else []:
        try:
            products.append(read(item))
        except _UNREADABLE as error:
            problems.append(str(error) or type(error).__name__)
    if problems:
        _log.warning("%s: %d items of a page left out, the first because %.100s", shop, len(problems), problems[0])
    return products, len(problems)


def live_product(
    source: str,
    *,
    ref: str,
    picture: str,
    price: Money | None,
    url: str,
    fresh_until: datetime,
    key: str = "",
    row: Mapping[str, object],
    **facts: Any,
) -> Product:
    """A product out of a shop's own words, cleaned and understood as a feed's row is.

    `row` has the names of a feed's columns; `facts` are fields of Product that need no reading. `key` identifies
    it where `ref` may change. Raises ValueError with the reason why it is none.
    """
    shown = web_address(picture, https=True)
    if shown is None:
        raise ValueError("it has no picture")
    words = {**row, "id": key or ref, "image_link": shown, "color": _colors(row.get("color"))}
    product = product_of_row({name: value for name, value in words.items() if value}, source)
    # Addresses are taken as they are: what a feed's reader does to texts would change their parameters.
    return replace(
        product, ref=ref, picture=shown, price=price, url=web_address(url), fresh_until=fresh_until, **facts
    )


def web_address(text: str, *, https: bool = False) -> str | None:
    """The address unchanged, except that `https` makes it one for pictures; None when it is none."""
    if text.startswith("//"):
        text = f"https:{text}"
    if https and text.startswith("http://"):
        text = f"https://{text.removeprefix('http://')}"
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        return None
    return text if good and len(text) <= MAX_URL and text.isprintable() and " " not in text else None


def words_of(query: Query) -> str:
    """What to type into a shop's search box: what was understood, or else the words that say something."""
    size = [f"size {query.size[0]}"] if query.size else []
    gender = [query.gender] if query.gender and query.gender != "unisex" else []
    facets = [*gender, *query.brand, *query.color, *query.pattern, *query.material, *query.style, *query.category]
    # With a category the person's own words add nothing but their language.
    own = () if query.category else search_terms(query.text)
    words = dict.fromkeys([*(word for word in own if word not in facets), *facets, *size])
    return clean_text(" ".join(words), MAX_WORDS)


def digits(text: object) -> str | None:
    """A GTIN's digits; None for what is none."""
    number = "".join(filter(str.isdigit, str(text)))
    return number if len(number) in (8, 12, 13, 14) and number.isascii() else None


def joined(parts: Iterable[str], limit: int = 2000) -> str:
    """Sentences in a row."""
    return clean_text(". ".join(part.strip().rstrip(".") for part in parts if part.strip()), limit)


def _colors(said: object) -> list[str]:
    """Colours in a shop's own words: "Red Floral" is red, "Midnight" stays what it is."""
    names = said if isinstance(said, list) else [said]
    found: list[str] = []
    for name in names:
        if isinstance(name, str) and name.strip():
            found += [name] if fold(name) in COLOR_WORDS else facets_in(name).color or [name]
    return found
