"""The bell: each ring ends one wait, and none gets lost between looking and waiting."""

from __future__ import annotations

import asyncio

import pytest

from storage.bell import Bell

LONG_S = 30.0


def _woken_by(rings: int, waiting: int) -> int:
    async def story() -> int:
        bell = Bell()
        loops = [asyncio.create_task(bell.wait(LONG_S)) for _ in range(waiting)]
        await asyncio.sleep(0)
        for _ in range(rings):
            bell.ring()
        done, still = await asyncio.wait(loops, timeout=0.1)
        for loop in still:
            loop.cancel()
        return len(done)

    return asyncio.run(story())


@pytest.mark.parametrize(("rings", "woken"), [(1, 1), (2, 2), (5, 3)])
def test_each_ring_wakes_one_of_three_loops(rings: int, woken: int) -> None:
    assert _woken_by(rings, waiting=3) == woken


def test_a_ring_while_nobody_waits_ends_the_next_wait_and_only_that() -> None:
    async def story() -> None:
        bell = Bell()
        for _ in range(3):
            bell.ring()
        async with asyncio.timeout(LONG_S / 2):
            await bell.wait(LONG_S)
        waiting = asyncio.create_task(bell.wait(LONG_S))
        done, _ = await asyncio.wait({waiting}, timeout=0.1)
        assert not done, "three rings that nobody heard are one look"
        waiting.cancel()

    asyncio.run(story())


def test_a_wait_ends_by_itself() -> None:
    asyncio.run(Bell().wait(0.01))
