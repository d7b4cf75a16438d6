"""One search over all providers: asked at once, merged, and on time whatever a single shop does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from catalog.errors import CatalogError, ProviderError
from catalog.ports import Provider
from catalog.types import Page, Product, Query

BUDGET_S = 1.5
"""How long the first answers wait for the others; what has not come by then is left out."""

PATIENCE_S = 8.0
"""How long a person waits when nothing has come at all."""

_log = logging.getLogger(__name__)


class Catalogue:
    """Every provider behind one search."""

    def __init__(
        self, providers: Iterable[Provider], *, budget_s: float = BUDGET_S, patience_s: float = PATIENCE_S
    ) -> None:
        self._providers = tuple(providers)
        self._budget_s = budget_s
        self._patience_s = patience_s

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """At most `limit` products after the first `offset`, closest first, the providers taking turns.

        Providers that found everything that was asked come before those that had to give something up.
        Raises ProviderError when not a single provider answered.
        """
        alone = len(self._providers) == 1
        # Merged pages only line up when each is merged from the start.
        ask = (limit, offset) if alone else (offset + limit, 0)
        tasks = {asyncio.create_task(provider.search(query, *ask)): provider.name for provider in self._providers}
        try:
            await self._wait(set(tasks))
        finally:
            for task in tasks:
                task.cancel()
        pages = [page for task, name in tasks.items() if (page := _answer(task, name)) is not None]
        if tasks and not pages:
            sentence = "The shops do not answer right now. Please try again in a minute."
            raise ProviderError("search_unavailable", sentence, retryable=True)
        return _merged(pages, limit, 0 if alone else offset)

    async def _wait(self, tasks: set[asyncio.Task[Page]]) -> None:
        """Until all are done, or the budget is over and somebody has answered, or patience is over."""
        clock = asyncio.get_running_loop().time
        start, answered = clock(), False
        while tasks:
            left = start + (self._budget_s if answered else self._patience_s) - clock()
            if left <= 0:
                return
            done, tasks = await asyncio.wait(tasks, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            answered = answered or any(not task.cancelled() and task.exception() is None for task in done)


def _answer(task: asyncio.Task[Page], name: str) -> Page | None:
    if not task.done() or task.cancelled():
        _log.warning("provider %s did not answer in time", name)
        return None
    error = task.exception()
    if error is None:
        return task.result()
    if isinstance(error, CatalogError):
        _log.warning("provider %s failed: %s", name, error.code, exc_info=error)
    else:
        # A defect of one shop's adapter must not cost the person the products of the others.
        _log.error("provider %s is broken", name, exc_info=error)
    return None


def _merged(pages: Sequence[Page], limit: int, offset: int) -> Page:
    found = sorted((page for page in pages if page.total), key=lambda page: len(page.relaxed))
    products: dict[str, Product] = {}
    for exact in (True, False):
        turns = zip_longest(*(page.products for page in found if (not page.relaxed) == exact))
        for product in (product for turn in turns for product in turn if product is not None):
            products.setdefault(product.id, product)
    return Page(
        tuple(products.values())[offset : offset + limit],
        sum(page.total for page in found),
        found[0].relaxed if found else (),
    )
