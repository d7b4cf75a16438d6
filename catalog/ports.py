"""What the retail domain needs from outside, and what it offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from catalog.pacing import Window
from catalog.types import Page, Product, Query


class Provider(Protocol):
    """One place where products are found: our own index, a shop's API, a pasted link."""

    @property
    def name(self) -> str:
        """The `source` of its products, lower case."""
        ...

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """At most `limit` products, best first. Raises ProviderError.

        When `query.source` is set and names none of its own, the page is empty.
        """
        ...


@runtime_checkable
class LiveProvider(Provider, Protocol):
    """A provider that asks a shop each time. Its products carry `ref` and `fresh_until`."""

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        """The products with these `ref`s as the shop has them now, sold out or not; what is gone is missing.

        Raises ProviderError.
        """
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class Pace(Protocol):
    """How often shops may be asked, or domains get mail, counted together for all processes."""

    async def take(self, name: str, windows: Sequence[Window]) -> float:
        """Count a call of `name` and return 0; or count nothing and return the seconds until it may be tried."""
        ...


class ProductIndex(Protocol):
    """Products kept on this side: the sample catalogue and imported feeds. Calls block; run them off the loop."""

    def put(self, products: Iterable[Product]) -> int:
        """Insert or replace by id; returns how many."""
        ...

    def get(self, product_id: str) -> Product | None:
        """The product, or None when it is unknown."""
        ...

    def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """Closest first: facets filter, words rank; equally close ones by id, so that pages never overlap.

        When no product has every facet that is wanted, facets are given up as in `catalog.relaxing` and named
        in the page. A query of words alone finds what has at least one of them, or a word one slip away.
        """
        ...
