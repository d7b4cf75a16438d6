"""A product index in memory. It passes the contract suite of the real one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace

from catalog.matching import closest
from catalog.types import Page, Product, Query

_DAILY = ("price", "gtin", "in_stock")


class FakeProductIndex:
    """`catalog.ports.ProductIndex` over a dict."""

    def __init__(self) -> None:
        self._products: dict[str, Product] = {}
        self._age: dict[str, int] = {}
        self._clock = itertools.count()

    def put(self, products: Iterable[Product]) -> int:
        ids = set()
        now = next(self._clock)
        for product in products:
            if self._products.get(product.id) != product:
                was = self._products.get(product.id)
                today = {name: getattr(product, name) for name in _DAILY}
                if was is None or replace(was, **today) != product:
                    self._age[product.id] = now
                self._products[product.id] = product
            ids.add(product.id)
        return len(ids)

    def get(self, product_id: str) -> Product | None:
        return self._products.get(product_id)

    def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        products = sorted(self._products.values(), key=lambda product: self._age[product.id])
        return closest(products, query, limit, offset)
