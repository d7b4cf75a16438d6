"""One request to a shop: repeated when that may help, never longer than its time, never faster than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from aiohttp import web

from catalog.errors import Paced, ProviderError
from catalog.pacing import LocalPace, Window
from catalog.shop_api import ApiLimits, Reply, ShopApi
from catalog.tokens import Tokens
from tests.fakes.shops.base import FakeShop, Fault, breaks_off, hangs, says, status
from tests.unit.catalog.shops.stage import Time


class Bare(FakeShop):
    def routes(self) -> Iterable[web.RouteDef]:
        async def ok(_request: web.Request) -> web.StreamResponse:
            return web.json_response({"ok": True})

        return [web.get("/", ok)]


def ask(
    runner: asyncio.Runner,
    time: Time,
    *faults: Fault,
    windows: tuple[Window, ...] = (),
    times: int = 1,
    answer_s: float = 6.0,
) -> list[Reply]:
    async def play() -> list[Reply]:
        async with Bare() as shop:
            shop.faults.extend(faults)
            pace = LocalPace(time.clock)
            limits = ApiLimits(answer_s=answer_s)
            api = ShopApi("bare", windows, pace=pace, limits=limits, waiting=time.waiting)
            try:
                return [await api.ask("GET", f"{shop.url}/") for _ in range(times)]
            finally:
                await api.close()

    return runner.run(play())


def test_what_another_try_may_mend_is_tried_again_after_a_growing_wait(runner: asyncio.Runner, time: Time) -> None:
    (reply,) = ask(runner, time, status(503), breaks_off)
    assert reply.body == {"ok": True}
    assert time.slept == [0.5, 1.0]


def test_chance_shortens_the_wait_so_that_not_all_come_back_at_once(runner: asyncio.Runner, time: Time) -> None:
    time.chance = 0.1
    ask(runner, time, status(500))
    assert time.slept == [0.05]


def test_a_shop_that_says_when_is_taken_at_its_word(runner: asyncio.Runner, time: Time) -> None:
    ask(runner, time, status(429, Retry_After="2"))
    assert time.slept == [2.0]


def test_a_wait_that_is_too_long_is_left_to_the_breaker(runner: asyncio.Runner, time: Time) -> None:
    with pytest.raises(ProviderError) as caught:
        ask(runner, time, status(429, Retry_After="60"))
    assert caught.value.pause_s == 60.0
    assert caught.value.retryable
    assert time.slept == []


def test_it_ends_in_time_even_if_the_shop_never_answers(runner: asyncio.Runner, time: Time) -> None:
    with pytest.raises(ProviderError, match="shop_unanswered"):
        ask(runner, time, hangs, hangs, hangs, answer_s=0.05)


@pytest.mark.parametrize("fault", [status(400), status(404), says("no JSON")])
def test_other_answers_are_the_callers_to_judge(runner: asyncio.Runner, time: Time, fault: Fault) -> None:
    (reply,) = ask(runner, time, fault)
    assert reply.status in (200, 400, 404)
    assert reply.body is None
    assert time.slept == []


def test_calls_keep_their_pace(runner: asyncio.Runner, time: Time) -> None:
    ask(runner, time, windows=(Window(2, 1.0),), times=5)
    assert time.slept == [1.0, 1.0]


def test_nobody_waits_for_a_turn_that_comes_too_late(runner: asyncio.Runner, time: Time) -> None:
    with pytest.raises(Paced) as caught:
        ask(runner, time, windows=(Window(10, 1.0), Window(1, 3600.0)), times=2)
    assert caught.value.after_s == 3600.0


def test_windows_slide(time: Time) -> None:
    async def play() -> None:
        pace, windows = LocalPace(time.clock), (Window(2, 1.0), Window(3, 10.0))
        taken = []
        for at in (0.0, 0.6, 0.9, 1.0, 1.7):
            time.s = at
            taken.append(round(await pace.take("shop", windows), 3))
        assert taken == [0, 0, 0.1, 0, 8.3]
        assert await pace.take("another", windows) == 0

    asyncio.run(play())


def test_a_token_is_fetched_once_for_all_who_wait_and_again_before_its_end(time: Time) -> None:
    fetched: list[str] = []

    async def fetch() -> Reply:
        await asyncio.sleep(0)
        fetched.append(f"token-{len(fetched)}")
        return Reply(200, {"access_token": fetched[-1], "expires_in": 3600})

    async def play() -> None:
        tokens = Tokens("shop", fetch, time.clock)
        assert set(await asyncio.gather(*(tokens.get() for _ in range(5)))) == {"token-0"}
        time.s = 3569.0
        assert await tokens.get() == "token-0"
        time.s = 3571.0
        assert await tokens.get() == "token-1"
        refused = await asyncio.gather(*(tokens.get(instead_of="token-1") for _ in range(5)))
        assert set(refused) == {"token-2"}, "the first gets a new one, the others are content with it"

    asyncio.run(play())
