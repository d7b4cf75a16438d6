"""Several shops' pages as one: they take turns, and the same thing is shown once, where it costs least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest

from catalog.matching import amount
from catalog.taxonomy import fold
from catalog.types import Page, Product


@dataclass(slots=True)
class _Things:
    """Products, each thing once, in the order in which it was first seen."""

    products: list[Product] = field(default_factory=list)
    places: dict[object, int] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    again: int = 0

    def add(self, product: Product) -> None:
        if product.id in self.ids:
            return
        self.ids.add(product.id)
        place = self._place_of(product)
        if place is None:
            place = len(self.products)
            self.products.append(product)
        else:
            self.again += 1
            self.products[place] = _cheaper(self.products[place], product)
        for name in _names(product):
            self.places.setdefault(name, place)

    def _place_of(self, product: Product) -> int | None:
        for name in _names(product):
            place = self.places.get(name)
            if place is not None and _same(self.products[place], product, name):
                return place
        return None


def merged(pages: Sequence[Page], before: Iterable[Product] = ()) -> Page:
    """All products of the pages after those that were shown `before`.

    Pages that gave up less of what was asked, and then of what is usual, come first. Where one has everything that
    was asked, what others found without it is left out.
    """
    things = _Things()
    for product in before:
        things.add(replace(product, offers=0))
    found = sorted((page for page in pages if page.total), key=_given_up)
    if found and not _given_up(found[0])[0]:
        found = [page for page in found if not _given_up(page)[0]]
    for _, alike in groupby(found, key=_given_up):
        turns = zip_longest(*(page.products for page in alike))
        for product in (product for turn in turns for product in turn if product is not None):
            things.add(product)
    total = sum(page.total for page in found) - things.again
    return Page(tuple(things.products), max(total, len(things.products)), found[0].relaxed if found else ())


def _given_up(page: Page) -> tuple[int, int]:
    """How much of what was asked, and of what is usual."""
    usual = sum(name.startswith("usual.") for name in page.relaxed)
    return len(page.relaxed) - usual, usual


def _names(product: Product) -> Iterator[object]:
    """By what the same thing may be known in another shop."""
    if code := _code(product):
        yield code
    if product.brand:
        yield fold(product.title), fold(product.brand)


def _code(product: Product) -> str:
    """The bar code without the zeros that some shops put before it (GS1 fills all up to 14); empty without one."""
    return (product.gtin or "").lstrip("0")


def _same(one: Product, other: Product, name: object) -> bool:
    """A shop lists things that look the same on purpose: its colours, its sizes. A bar code is a thing's own."""
    if isinstance(name, str):
        return True
    codes = {code for product in (one, other) if (code := _code(product))}
    colors = not one.color or not other.color or set(one.color) == set(other.color)
    return one.source != other.source and colors and len(codes) < 2


def _cheaper(first: Product, other: Product) -> Product:
    """The offer to show: in stock, then the lower price in the same currency, then the one that came first."""
    better = (other.in_stock is False, other.price is None) < (first.in_stock is False, first.price is None)
    alike = (other.in_stock is False) == (first.in_stock is False)
    if alike and first.price and other.price and first.price.currency == other.price.currency:
        better = amount(other) < amount(first)
    return replace(other if better else first, offers=first.offers + 1)
