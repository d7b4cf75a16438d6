"""Shopify's product export: several rows a product, one for each variant and each further picture.

The rows of a handle follow each other. They become one row for each picture that variants have of their own, which
in practice is one for each colour, with the sizes that are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, islice

from catalog.feed_rows import FoundRow, Row, SkippedRow

MAX_ROWS = 5000
"""Of one product: Shopify allows 2048 variants and 250 pictures."""

_COLOURS = frozenset({"color", "colour", "farbe", "couleur", "colore", "cor", "kleur"})
_SIZES = frozenset({"size", "sizes", "größe", "grösse", "groesse", "taille", "talla", "taglia", "tamanho", "maat"})
_NO_OPTION = "Default Title"


def joined_rows(rows: Iterable[FoundRow | SkippedRow]) -> Iterator[FoundRow | SkippedRow]:
    """The rows as they are, or where they are Shopify's those of whole products, under the names that
    `catalog.feeds` knows.
    """
    remaining = iter(rows)
    before: list[FoundRow | SkippedRow] = []
    for row in remaining:
        before.append(row)
        if isinstance(row, FoundRow):
            break
    everything = chain(before, remaining)
    if (
        before
        and isinstance(before[-1], FoundRow)
        and {"Handle", "Title", "Variant Price"} <= before[-1].cells.keys()
    ):
        return _products_of(everything)
    return everything


def _products_of(rows: Iterator[FoundRow | SkippedRow]) -> Iterator[FoundRow | SkippedRow]:
    for handle, group in groupby(
        rows, key=lambda row: _cell(row.cells, "Handle") if isinstance(row, FoundRow) else ""
    ):
        found: list[FoundRow] = []
        for row in islice(group, MAX_ROWS):
            if isinstance(row, SkippedRow):
                yield row
            else:
                found.append(row)
        if found:
            yield from _products(handle, found)


def _cell(cells: Row, name: str) -> str:
    value = cells.get(name)
    return value.strip() if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class _Variant:
    row: FoundRow
    picture: str
    colour: str
    size: str
    price: str
    barcode: str
    sold_out: bool


def _products(handle: str, rows: list[FoundRow]) -> Iterator[FoundRow | SkippedRow]:
    head = rows[0].cells
    if _cell(head, "Status").lower() not in ("", "active") or _cell(head, "Published").lower() == "false":
        yield SkippedRow(rows[0].row, "It is not published.", rows[0].line)
        return
    options = {n: _cell(head, f"Option{n} Name").casefold() for n in (1, 2, 3)}
    pictures = [text for row in rows if (text := _cell(row.cells, "Image Src"))]
    groups: dict[str, list[_Variant]] = {}
    for row in rows:
        if _cell(row.cells, "Variant Price") or row is rows[0]:
            variant = _variant(row, options)
            # Without a picture of its own a colour cannot be shown alone.
            groups.setdefault((variant.colour or variant.picture) if variant.picture else "", []).append(variant)
    for number, alike in enumerate(groups.values()):
        left = [variant for variant in alike if not variant.sold_out]
        first = (left or alike)[0]
        colours = tuple(dict.fromkeys(variant.colour for variant in alike if variant.colour))
        apart = "-".join("-".join(colour.lower().split()) for colour in colours) or str(number)
        cells = {
            **_shared(head),
            # One product alone keeps the handle as its id, whatever its variants are.
            "id": handle if len(groups) == 1 else f"{handle}-{apart}",
            "handle": handle,
            "image_link": alike[0].picture or next(iter(pictures), ""),
            "additional_image_link": pictures[1:],
            "color": list(colours),
            "size": list(dict.fromkeys(variant.size for variant in left if variant.size)),
            "price": first.price,
            "gtin": first.barcode,
            "availability": "in stock" if left else "out of stock",
        }
        yield FoundRow(alike[0].row.row, alike[0].row.line, cells)


def _shared(head: Row) -> Mapping[str, object]:
    """What all variants have in common."""
    return {
        "title": _cell(head, "Title"),
        "description": _cell(head, "Body (HTML)") or _cell(head, "Body HTML"),
        "brand": _cell(head, "Vendor"),
        "category": _cell(head, "Type"),
        "product_type": _cell(head, "Product Category") or _cell(head, "Tags"),
        "google_product_category": _cell(head, "Google Shopping / Google Product Category"),
        "gender": _cell(head, "Google Shopping / Gender"),
        "age_group": _cell(head, "Google Shopping / Age Group"),
    }


def _variant(row: FoundRow, options: Mapping[int, str]) -> _Variant:
    named = {name: _cell(row.cells, f"Option{n} Value") for n, name in options.items() if name}
    values = {name: value for name, value in named.items() if value != _NO_OPTION}
    quantity = _cell(row.cells, "Variant Inventory Qty")
    counted = _cell(row.cells, "Variant Inventory Policy").lower() == "deny"
    return _Variant(
        row=row,
        picture=_cell(row.cells, "Variant Image"),
        colour=next((value for name, value in values.items() if name in _COLOURS), ""),
        size=next((value for name, value in values.items() if name in _SIZES), ""),
        price=_cell(row.cells, "Variant Price"),
        barcode=_cell(row.cells, "Variant Barcode").lstrip("'"),
        sold_out=counted and quantity.lstrip("-").isdecimal() and int(quantity) <= 0,
    )
