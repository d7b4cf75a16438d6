"""A live shop holds nobody up: it has its time, and is left alone while it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from catalog.breaker import FAILURES, FIRST_PAUSE_S, Breaker
from catalog.errors import Paced, ProviderError
from catalog.guarded import Guarded
from catalog.types import Page, Product, Query


class Scripted:
    """A live provider that does what it is told, and counts how often."""

    name = "scripted"

    def __init__(self, *steps: Exception | Callable[[], Awaitable[object]] | None) -> None:
        self.steps = list(steps)
        self.asked = 0

    async def search(self, _query: Query, _limit: int, _offset: int = 0) -> Page:
        self.asked += 1
        step = self.steps.pop(0) if self.steps else None
        if isinstance(step, Exception):
            raise step
        if step is not None:
            await step()
        return Page((), 0)

    async def refresh(self, _refs: Sequence[str]) -> dict[str, Product]:
        await self.search(Query(), 1)
        return {}

    async def close(self) -> None:
        self.steps.clear()


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


DOWN = ProviderError("shop_unanswered", "No.")


async def outcome(guarded: Guarded) -> str:
    try:
        await guarded.search(Query(), 5)
    except ProviderError as error:
        return error.code
    except KeyError:
        return "broken"
    return "answered"


@pytest.mark.parametrize("failure", [DOWN, KeyError("price")])
def test_a_shop_that_fails_is_left_alone_and_then_tried_by_one(failure: Exception) -> None:
    async def play() -> None:
        clock = Clock()
        shop = Scripted(*[failure] * FAILURES)
        guarded = Guarded(shop, Breaker(clock))
        for _ in range(FAILURES + 3):
            assert await outcome(guarded) != "answered"
        assert shop.asked == FAILURES, "the others are answered at once"
        clock.now_s = FIRST_PAUSE_S + 1
        assert await outcome(guarded) == "answered"
        assert await outcome(guarded) == "answered"

    asyncio.run(play())


def test_a_shop_that_asks_for_a_pause_gets_it() -> None:
    async def play() -> None:
        clock = Clock()
        shop = Scripted(ProviderError("shop_refused", "No.", pause_s=100.0))
        guarded = Guarded(shop, Breaker(clock))
        await outcome(guarded)
        clock.now_s = 99.0
        assert await outcome(guarded) == "shop_unanswered"
        clock.now_s = 101.0
        assert await outcome(guarded) == "answered"

    asyncio.run(play())


def test_our_own_pace_is_not_the_shops_failure() -> None:
    async def play() -> None:
        shop = Scripted(*[Paced("scripted", 1.0)] * 10)
        guarded = Guarded(shop, Breaker(Clock()))
        assert {await outcome(guarded) for _ in range(10)} == {"shop_paced"}
        assert await outcome(guarded) == "answered"

    asyncio.run(play())


def test_a_shop_that_is_too_slow_has_failed() -> None:
    async def play() -> None:
        shop = Scripted(*[asyncio.Event().wait] * FAILURES)
        guarded = Guarded(shop, Breaker(Clock()), answer_s=0.01)
        for _ in range(FAILURES + 1):
            assert await outcome(guarded) == "shop_unanswered"
        assert shop.asked == FAILURES

    asyncio.run(play())


def test_a_question_goes_on_when_nobody_waits_for_it_any_more() -> None:
    async def play() -> None:
        asked, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def slowly() -> None:
            asked.set()
            await go_on.wait()
            done.set()

        guarded = Guarded(Scripted(slowly))
        asking = asyncio.create_task(guarded.search(Query(), 5))
        await asked.wait()
        asking.cancel()
        await asyncio.wait([asking])
        go_on.set()
        await asyncio.wait_for(done.wait(), 5)

    asyncio.run(play())


def test_closing_ends_what_is_asked() -> None:
    async def play() -> None:
        asked = asyncio.Event()

        async def for_ever() -> None:
            asked.set()
            await asyncio.Event().wait()

        guarded = Guarded(Scripted(for_ever))
        asking = asyncio.create_task(guarded.refresh(["1"]))
        await asked.wait()
        await guarded.close()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(play())
