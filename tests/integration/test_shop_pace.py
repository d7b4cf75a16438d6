"""Calls to shops, counted by all processes together in a real Valkey."""

from __future__ import annotations

import asyncio

from catalog.pacing import Window
from storage.pace import RedisPace


def test_two_processes_share_an_allowance_and_each_shop_has_its_own(redis_url: str) -> None:
    async def play() -> None:
        one, other = RedisPace(redis_url), RedisPace(redis_url)
        windows = (Window(3, 60.0), Window(5, 3600.0))
        assert [await pace.take("amazon", windows) for pace in (one, other, one)] == [0, 0, 0]
        for pace in (one, other):
            assert 59.0 < await pace.take("amazon", windows) <= 60.0
        assert await other.take("flipkart", windows) == 0
        await asyncio.gather(one.close(), other.close())

    asyncio.run(play())


def test_not_one_call_too_many_however_many_ask_at_once(redis_url: str) -> None:
    async def play() -> None:
        paces = [RedisPace(redis_url) for _ in range(4)]
        waits = await asyncio.gather(*(pace.take("shop", (Window(20, 60.0),)) for pace in paces * 15))
        assert sum(wait == 0 for wait in waits) == 20
        await asyncio.gather(*(pace.close() for pace in paces))

    asyncio.run(play())


def test_without_redis_a_process_counts_alone() -> None:
    async def play() -> None:
        pace = RedisPace("redis://127.0.0.1:1/0")
        waits = [await pace.take("shop", (Window(2, 60.0),)) for _ in range(3)]
        assert waits[:2] == [0, 0]
        assert waits[2] > 59
        await pace.close()

    asyncio.run(play())
