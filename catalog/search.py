"""One search over all providers: asked at once, merged, and on time whatever a single shop does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from catalog.errors import CatalogError, ProviderError
from catalog.merging import merged
from catalog.ports import LiveProvider, Provider
from catalog.types import Page, Product, Query

BUDGET_S = 1.5
"""How long the first answers wait for the others; what has not come by then is left out."""

PATIENCE_S = 8.0
"""How long a person waits when nothing has come at all."""

_REMEMBERED = 500
"""Searches whose order is remembered; the longest unused go first."""

Watch = Callable[[str, str, float], None]
"""Told of each provider that was asked: its name, the outcome (ok, failed, broken, late) and the seconds."""

_log = logging.getLogger(__name__)


class Catalogue:
    """Every provider behind one search."""

    def __init__(
        self,
        providers: Iterable[Provider],
        *,
        budget_s: float = BUDGET_S,
        patience_s: float = PATIENCE_S,
        watch: Watch = lambda *_: None,
    ) -> None:
        self._providers = tuple(providers)
        self._budget_s = budget_s
        self._patience_s = patience_s
        self._watch = watch
        self._live = {
            provider.name: provider for provider in self._providers if isinstance(provider, LiveProvider)
        }
        self._shown: OrderedDict[str, tuple[Product, ...]] = OrderedDict()

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """At most `limit` products after the first `offset`, closest first, the providers taking turns.

        Providers that found everything that was asked come before those that had to give something up. A page
        follows the pages before it, whoever answered then and answers now: what a slow shop finds comes next.
        Raises ProviderError when not a single provider answered.
        """
        alone = len(self._providers) == 1
        # Merged pages only line up when each is merged from the start.
        ask = (limit, offset) if alone else (offset + limit, 0)
        began, took = time.monotonic(), dict[str, float]()
        tasks = {asyncio.create_task(provider.search(query, *ask)): provider.name for provider in self._providers}
        for task, name in tasks.items():
            task.add_done_callback(partial(_note, took, name, began))
        try:
            await self._wait(set(tasks))
            late = not all(task.done() for task in tasks)
        finally:
            for task in tasks:
                task.cancel()
        for task, name in tasks.items():
            self._watch(name, _outcome(task), took.get(name, time.monotonic() - began))
        pages = [page for task, name in tasks.items() if (page := _answer(task, name)) is not None]
        if tasks and not pages:
            sentence = "The shops do not answer right now. Please try again in a minute."
            raise ProviderError("search_unavailable", sentence, retryable=True)
        if alone:
            return pages[0] if pages else Page((), 0)
        return replace(self._page(query, pages, limit, offset), waiting=late)

    async def refresh(self, products: Iterable[Product]) -> dict[str, Product | None]:
        """The live ones of these products as their shops have them now, by id; None for what is gone.

        What a shop was asked for in vain is missing; so is what no live provider sells.
        """
        asked: dict[str, dict[str, str]] = {}
        for product in products:
            if product.ref and product.source in self._live:
                asked.setdefault(product.source, {})[product.id] = product.ref
        answers = await asyncio.gather(
            *(self._refreshed(source, tuple(refs.values())) for source, refs in asked.items()),
            return_exceptions=True,
        )
        found: dict[str, Product | None] = {}
        for (source, refs), answer in zip(asked.items(), answers, strict=True):
            if isinstance(answer, BaseException):
                _log.warning("provider %s did not say its prices again", source, exc_info=answer)
            else:
                found |= {ident: answer.get(ref) for ident, ref in refs.items()}
        return found

    async def _refreshed(self, source: str, refs: tuple[str, ...]) -> dict[str, Product]:
        began = time.monotonic()
        task = asyncio.ensure_future(self._live[source].refresh(refs))
        try:
            return await task
        finally:
            self._watch(source, _outcome(task), time.monotonic() - began)

    async def close(self) -> None:
        """Close the live providers."""
        await asyncio.gather(*(provider.close() for provider in self._live.values()))

    def _page(self, query: Query, pages: list[Page], limit: int, offset: int) -> Page:
        key = repr(query)
        # A first page starts anew; a later one stands behind what was shown, even if shops answer otherwise now.
        before = self._shown.pop(key, ())[:offset]
        whole = merged(pages, before)
        self._shown[key] = whole.products[: offset + limit]
        while len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)
        return Page(whole.products[offset : offset + limit], whole.total, whole.relaxed)

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


def _note(took: dict[str, float], name: str, began: float, _: object) -> None:
    took[name] = time.monotonic() - began


def _outcome(task: asyncio.Future[Any]) -> str:
    if not task.done() or task.cancelled():
        return "late"
    error = task.exception()
    return "ok" if error is None else "failed" if isinstance(error, CatalogError) else "broken"


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
