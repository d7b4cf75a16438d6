"""The product index for callers outside a unit of work, and the sample catalogue's way into the database."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.types import Page, Product, Query
from storage.unit_of_work import Database


class StoredProducts:
    """`catalog.ports.ProductIndex` with a transaction of its own for every call. Calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, products: Iterable[Product]) -> int:
        """See ProductIndex."""
        return self._database.call(lambda uow: uow.products.put(products))

    def get(self, product_id: str) -> Product | None:
        """See ProductIndex."""
        return self._database.call(lambda uow: uow.products.get(product_id))

    def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See ProductIndex."""
        return self._database.call(lambda uow: uow.products.search(query, limit, offset))
