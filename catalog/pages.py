"""What a shop's page says of its product: JSON-LD first, then microdata, then Open Graph, each filling the gaps.

A stranger's page may be anything, so `read_in_child` runs in a process of its own that has no rights. It is the
only caller that reads a page off the internet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urljoin, urlsplit

from catalog.feed_rows import Row
from catalog.markup import Node, read_markup

MAX_PICTURES = 12
MAX_NODES = 3000
"""Of one page; what a shop says of a product is within the first few hundred."""

_PRODUCTS = frozenset({"product", "productgroup", "individualproduct", "productmodel"})
_LISTS = frozenset(
    {"itemlist", "listitem", "offercatalog", "collectionpage", "searchresultspage", "breadcrumblist"}
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?([\w.:-]{2,40})""", re.IGNORECASE)
_PLAIN_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
# How shops name the pictures of a piece alone, and those in which somebody wears it.
_ALONE = re.compile(r"flat|packshot|pack-shot|ghost|still|product[-_]?only|cutout|front|[-_]pdp", re.IGNORECASE)
_WORN = re.compile(
    r"model|worn|look|lifestyle|campaign|outfit|detail|close|zoom|back|rear|side|swatch|logo", re.IGNORECASE
)


def read_page(html: bytes, url: str, charset: str | None = None) -> tuple[Row, tuple[str, ...]]:
    """The page's product as a row of a feed (`catalog.feeds`), and its pictures' addresses, likeliest first.

    The row is empty when the page tells of no product; without a title or without pictures it tells too little.
    """
    said = read_markup(html.decode(charset or _declared(html), "replace"), url)
    sources = [_product_in(said.json_ld, url), _product_in(said.microdata, url)]
    rows = [_row(node, url) for node in sources if node is not None]
    graph = _open_graph(said.metas, url)
    # A page that only has a title and a picture for its preview may be about anything; it is worth a look.
    rows.append(graph)
    row: dict[str, object] = {}
    pictures: list[str] = []
    for found in rows:
        pictures += [str(address) for address in found.pop("pictures", ())]
        for name, value in found.items():
            if value not in ("", [], None):
                row.setdefault(name, value)
    return row, _in_order(pictures)


def read_in_child(info: dict[str, object], payload: bytes) -> tuple[dict[str, object], bytes]:
    """A job for a sandbox: `info` has `url` and `charset`; the answer is JSON of (row, pictures)."""
    charset = info.get("charset")
    answer = read_page(payload, str(info["url"]), str(charset) if charset else None)
    return {}, json.dumps(answer).encode()


def _declared(html: bytes) -> str:
    match = _CHARSET.search(html[:4096])
    name = match[1].decode("ascii", "replace") if match else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


# --- schema.org, as JSON-LD or as microdata ---------------------------------------------------------


def _types(node: Node) -> set[str]:
    return {str(one).rstrip("/").rpartition("/")[2].rpartition(":")[2].lower() for one in _many(node.get("@type"))}


def _many(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def _walk(items: Iterable[Any]) -> Iterator[tuple[Node, bool]]:
    """Every node with whether it stands in a list of other things, outer ones first."""
    waiting: list[tuple[Any, bool]] = [(item, False) for item in items]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        value, listed = waiting.pop(0)
        if isinstance(value, list):
            waiting += [(one, listed) for one in value]
        elif isinstance(value, dict):
            types = _types(value)
            yield value, listed
            inner = listed or bool(types & _LISTS)
            # What a product names within itself are its own variants, or others that go with it.
            if not types & _PRODUCTS:
                waiting += [(one, inner) for one in value.values() if isinstance(one, dict | list)]


def _product_in(items: Iterable[Any], url: str) -> Node | None:
    """The product that the page is about: the one with the page's own address, else the first outside of lists."""
    products = [(node, listed) for node, listed in _walk(items) if _types(node) & _PRODUCTS]
    page = _place(url)
    for node, _ in products:
        if any(_place(urljoin(url, str(node[name]))) == page for name in ("url", "@id") if node.get(name)):
            return node
    return next((node for node, listed in products if not listed), None)


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def _row(node: Node, url: str) -> dict[str, Any]:
    variants = [one for one in _many(node.get("hasVariant")) if isinstance(one, dict)]
    family = [node, *variants]
    price, currency = _price(family)
    sizes = [_text(size) for one in family for size in _many(one.get("size"))]
    sizes += [_text(one.get("value")) for one in _properties(family) if _text(one.get("name")).lower() == "size"]
    category = [_text(one) for one in _many(node.get("category"))]
    return {
        "title": _text(node.get("name")),
        "description": _text(node.get("description")),
        "brand": _text(node.get("brand")) or _text(node.get("manufacturer")),
        "color": _distinct(_text(color) for color in _many(node.get("color"))),
        "material": _distinct(_text(one) for one in _many(node.get("material"))),
        "pattern": _text(node.get("pattern")),
        "gender": _text(_inside(node.get("audience"), "suggestedGender")),
        "size": _distinct(sizes),
        "product_type": max(category, key=len, default=""),
        "price": price,
        "currency": currency,
        "pictures": _pictures(family, url),
    }


def _inside(value: Any, name: str) -> Any:
    return next((one.get(name) for one in _many(value) if isinstance(one, dict)), None)


def _text(value: Any) -> str:
    match value:
        case bool() | None:
            return ""
        case str() | int() | float():
            return str(value).strip()
        case {"name": name} | {"@value": name}:
            return _text(name)
        case [first, *_]:
            return _text(first)
    return ""


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _properties(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield from (one for one in _many(node.get("additionalProperty")) if isinstance(one, dict))


def _price(nodes: list[Node]) -> tuple[str, str]:
    """The first price that an offer of the product, or of a variant, names."""
    for node in nodes:
        for offer in (one for one in _many(node.get("offers")) if isinstance(one, dict)):
            specified = [one for one in _many(offer.get("priceSpecification")) if isinstance(one, dict)]
            inner = [one for one in _many(offer.get("offers")) if isinstance(one, dict)]
            for place in (offer, *specified, *inner):
                amount = _text(place.get("price")) or _text(place.get("lowPrice"))
                if amount:
                    return _amount(amount), _text(place.get("priceCurrency")) or _text(offer.get("priceCurrency"))
    return "", ""


def _amount(text: str) -> str:
    """schema.org has a point before the decimals, where people may mean thousands by it."""
    if not _PLAIN_AMOUNT.fullmatch(text):
        return text
    try:
        return f"{Decimal(text):.2f}"
    except InvalidOperation:
        return text


def _pictures(nodes: list[Node], url: str) -> list[str]:
    found: list[str] = []
    for node in nodes:
        for image in _many(node.get("image")):
            for one in _many(image):
                if isinstance(one, dict):
                    one = one.get("contentUrl") or one.get("url") or one.get("@id")  # noqa: PLW2901 - what it stands for
                found += [urljoin(url, address) for address in map(_text, _many(one)) if address]
    return found


# --- Open Graph -------------------------------------------------------------------------------------


def _open_graph(metas: Iterable[tuple[str, str]], url: str) -> dict[str, Any]:
    said: dict[str, list[str]] = {}
    for name, value in metas:
        said.setdefault(name, []).append(value)

    def first(*names: str) -> str:
        return next((said[name][0] for name in names if said.get(name)), "")

    price = first("product:sale_price:amount", "product:price:amount", "og:price:amount")
    pictures = [*said.get("og:image:secure_url", ()), *said.get("og:image", ()), *said.get("og:image:url", ())]
    return {
        "title": first("og:title"),
        "description": first("og:description"),
        "brand": first("product:brand", "og:brand"),
        "color": said.get("product:color", []),
        "size": said.get("product:size", []),
        "product_type": first("product:category"),
        "price": _amount(price),
        "currency": first("product:sale_price:currency", "product:price:currency", "og:price:currency"),
        "pictures": [urljoin(url, address) for address in pictures if address],
    }


def _in_order(addresses: Iterable[str]) -> tuple[str, ...]:
    """Web addresses, each once: those that a shop names like a picture of the piece alone come first."""
    good = [a for a in dict.fromkeys(addresses) if a.startswith(("http://", "https://"))][:MAX_PICTURES]

    def alone(address: str) -> int:
        name = urlsplit(address).path.rpartition("/")[2]
        return bool(_WORN.search(name)) - bool(_ALONE.search(name))

    return tuple(sorted(good, key=alone))
