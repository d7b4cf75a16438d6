"""The limits of Telegram, shared by all processes over a real Valkey."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import redis.asyncio

from bot.channels.telegram.pace import Allowance, Pace, Paced

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def client(redis_url: str) -> AsyncIterator[redis.asyncio.Redis]:
    async with redis.asyncio.Redis.from_url(redis_url) as opened:
        yield opened


async def test_a_chat_gets_one_message_a_second_and_pays_for_every_picture(client: redis.asyncio.Redis) -> None:
    pace = Pace(client, 1)
    async with pace.turn(42):
        pass
    with pytest.raises(Paced) as paced:
        async with pace.turn(42):
            pass
    assert 0.5 < paced.value.retry_after_s <= 1.0
    assert not paced.value.everybody
    async with pace.turn(43, items=6):
        pass
    with pytest.raises(Paced) as paced:
        async with pace.turn(43):
            pass
    assert 5.0 < paced.value.retry_after_s <= 6.0


async def test_two_processes_share_what_the_bot_may_send(client: redis.asyncio.Redis) -> None:
    first, second = Pace(client, 1, Allowance(all_in_a_second=4)), Pace(client, 1, Allowance(all_in_a_second=4))
    for chat in range(1, 5):
        async with (first if chat % 2 else second).turn(chat):
            pass
    began = time.monotonic()
    with pytest.raises(Paced) as paced:
        async with second.turn(9, patience_s=0):
            pass
    assert paced.value.everybody
    async with first.turn(9, patience_s=2):
        assert time.monotonic() - began > 0.5, "it waited for its turn"


async def test_never_more_than_the_limit_in_any_second(client: redis.asyncio.Redis) -> None:
    pace = Pace(client, 1, Allowance(all_in_a_second=10))
    arrived: list[float] = []

    async def send(chat: int) -> None:
        while True:
            try:
                async with pace.turn(chat):
                    arrived.append(time.monotonic())
                    return
            except Paced as paced:
                await asyncio.sleep(paced.retry_after_s)

    await asyncio.gather(*(send(chat) for chat in range(1, 31)))
    arrived.sort()
    assert all(later - first >= 1.0 for first, later in zip(arrived, arrived[10:], strict=False))


async def test_a_group_gets_twenty_a_minute(client: redis.asyncio.Redis) -> None:
    pace = Pace(client, 1, Allowance(chat_s=0.001))
    async with pace.turn(-5, items=10):
        pass
    await asyncio.sleep(0.05)
    async with pace.turn(-5, items=10):
        pass
    await asyncio.sleep(0.05)
    with pytest.raises(Paced) as paced:
        async with pace.turn(-5):
            pass
    assert 50 < paced.value.retry_after_s <= 60


async def test_a_pause_that_telegram_asks_for_is_everybodys(client: redis.asyncio.Redis) -> None:
    pace = Pace(client, 1)
    await pace.close_for(42, 3)
    with pytest.raises(Paced) as paced:
        async with Pace(client, 1).turn(77):
            pass
    assert 2 < paced.value.retry_after_s <= 3


async def test_progress_leaves_room_for_answers(client: redis.asyncio.Redis) -> None:
    pace = Pace(client, 1, Allowance(all_in_a_second=3))
    for chat in (1, 2):
        async with pace.turn(chat):
            pass
    with pytest.raises(Paced):
        async with pace.turn(3, spare=2, patience_s=0):
            pass
    async with pace.turn(3):
        pass


async def test_without_redis_a_process_paces_itself() -> None:
    async with redis.asyncio.Redis(port=1) as nowhere:
        pace = Pace(nowhere, 1, Allowance(all_in_a_second=3))
        for chat in (1, 2, 3):
            async with pace.turn(chat):
                pass
        with pytest.raises(Paced) as paced:
            async with pace.turn(1):
                pass
        assert not paced.value.everybody
        with pytest.raises(Paced):
            async with pace.turn(4, patience_s=0):
                pass
