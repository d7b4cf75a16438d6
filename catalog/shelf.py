"""What a shop was found to have for a query, kept for a while: pages follow each other, and nobody asks twice.

A shop's interface gives batches of its own size and filters less than we do. The shelf asks for as many batches as
a page needs, keeps of them what was wanted, and never changes the order of what it has given.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from catalog.matching import in_order, satisfies
from catalog.relaxing import attempts_at_a_shop
from catalog.shop_api import ShopApi
from catalog.taxonomy import part_of
from catalog.types import Page, Product, Query

_KEPT = 200
"""Queries at a time; the longest unused go first."""

UNKNOWN_KIND = "other"
"""What a product is whose texts name no kind of garment."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`next` asks for the batch after this one, None when there is none; `of` is how many the shop says it has."""

    products: tuple[Product, ...]
    next: str | None = None
    of: int | None = None


Fetch = Callable[[Query, str | None], Awaitable[Batch]]
"""Asks the shop; None for the first batch. Raises ProviderError."""


@dataclass(slots=True)
class _Found:
    until: float
    products: list[Product] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    seen: int = 0
    next: str | None = None
    of: int | None = None
    begun: bool = False
    filters: tuple[Query, tuple[str, ...]] | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def ended(self) -> bool:
        return self.begun and self.next is None

    def take(self, batch: Batch, query: Query) -> None:
        never = Query(
            category=query.category,
            price_min=query.price_min,
            price_max=query.price_max,
            currency=query.currency,
            source=query.source,
            exclude=query.exclude,
        )
        kinds = (_of_a_kind(product, query) for product in batch.products if product.id not in self.ids)
        # What is not given up may go at once: of a feed little is left.
        new = [product for product in kinds if satisfies(product, never)]
        self.products += in_order(new, query.sort)
        self.seen += len(batch.products)
        self.ids |= {product.id for product in new}
        self.begun, self.next, self.of = True, batch.next, batch.of


class Shelf:
    """Serves pages of what `fetch` finds, for `kept_s` seconds; one page costs at most `batches` questions."""

    def __init__(
        self, fetch: Fetch, *, kept_s: float = 600.0, batches: int = 3, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch = fetch
        self._kept_s = kept_s
        self._batches = batches
        self._clock = clock
        self._kept: OrderedDict[str, _Found] = OrderedDict()

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See Provider."""
        found = self._of(query)
        async with found.lock:
            for _ in range(self._batches):
                if found.ended or len(_wanted(found, query)) >= offset + limit:
                    break
                found.take(await self._fetch(query, found.next), query)
            wanted = _wanted(found, query)
        if not wanted:
            return Page((), 0)
        if found.filters is None:
            found.filters = _filters(found.products, query)
        total = len(wanted)
        if not found.ended:
            total = max(total + 1, (found.of or 0) - (found.seen - total))
        return Page(tuple(wanted[offset : offset + limit]), total, found.filters[1])

    def _of(self, query: Query) -> _Found:
        key, now = repr(query), self._clock()
        found = self._kept.get(key)
        if found is None or found.until <= now:
            found = self._kept[key] = _Found(now + self._kept_s)
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found


class ShelvedProvider(ABC):
    """A provider whose shop answers in batches."""

    name: str

    def __init__(self, api: ShopApi, *, batches: int = 3) -> None:
        self._api = api
        self._shelf = Shelf(self._batch, batches=batches)

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See Provider."""
        if query.source and self.name not in query.source:
            return Page((), 0)
        return await self._shelf.search(query, limit, offset)

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    @abstractmethod
    async def _batch(self, query: Query, following: str | None) -> Batch:
        """See Fetch."""


def _of_a_kind(product: Product, query: Query) -> Product:
    """What the shop found for a kind of garment, and calls by no kind itself ("Crimson tiered midi"), is one."""
    if product.category != UNKNOWN_KIND or len(query.category) != 1:
        return product
    return replace(product, category=query.category[0], part=part_of(query.category[0]))


def _wanted(found: _Found, query: Query) -> list[Product]:
    """What has all that is wanted, or what was first found after giving something up."""
    wish, _ = found.filters or _filters(found.products, query)
    return [product for product in found.products if satisfies(product, wish)]


def _filters(products: list[Product], query: Query) -> tuple[Query, tuple[str, ...]]:
    for attempt in attempts_at_a_shop(query):
        if any(satisfies(product, attempt.query) for product in products):
            return attempt.query, attempt.relaxed
    return query, ()
