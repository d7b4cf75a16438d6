"""A live provider that cannot hold anybody up: it has its time, and is left alone while it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from catalog.breaker import Breaker
from catalog.errors import Paced, ProviderError
from catalog.ports import LiveProvider
from catalog.shop_api import unanswered
from catalog.types import Page, Product, Query

ANSWER_S = 7.0
"""A little less than a person's patience."""

T = TypeVar("T")


class Guarded:
    """Asks `provider` unless it failed lately.

    Whoever asks may stop waiting: the question goes on until its time is over, so that a slow shop is known to be
    slow, and what it answers late is there for the next page.
    """

    def __init__(
        self, provider: LiveProvider, breaker: Breaker | None = None, *, answer_s: float = ANSWER_S
    ) -> None:
        self.name = provider.name
        self._provider = provider
        self._breaker = breaker or Breaker()
        self._answer_s = answer_s
        self._asking: set[asyncio.Task[Any]] = set()

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See Provider."""
        return await self._ask(lambda: self._provider.search(query, limit, offset))

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        """See LiveProvider."""
        return await self._ask(lambda: self._provider.refresh(refs))

    async def close(self) -> None:
        """Break off what is asked and close the connections."""
        asking = tuple(self._asking)
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        await self._provider.close()

    async def _ask(self, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        if not self._breaker.enter():
            raise unanswered(self.name)
        task = asyncio.create_task(self._watched(ask))
        self._asking.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._asking.discard(task)
        # Looked at, even if nobody waits any more.
        if not task.cancelled():
            task.exception()

    async def _watched(self, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        try:
            async with asyncio.timeout(self._answer_s):
                answer = await ask()
        except Paced:
            self._breaker.unknown()
            raise
        except ProviderError as error:
            self._breaker.failed(error.pause_s)
            raise
        except TimeoutError:
            self._breaker.failed()
            raise unanswered(self.name) from None
        except asyncio.CancelledError:
            self._breaker.unknown()
            raise
        except Exception:
            self._breaker.failed()
            raise
        self._breaker.worked()
        return answer
