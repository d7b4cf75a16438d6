"""What wakes workers holds one connection pool, whoever asks at once."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import cast

import redis

from storage.queue import WakeUps


def test_many_who_wake_at_once_leave_no_connection_open(redis_url: str) -> None:
    async def wake_and_close() -> None:
        wake_ups = WakeUps(redis_url)
        assert all(await asyncio.gather(*(wake_ups.wake("a queue") for _ in range(8))))
        await wake_ups.close()

    with closing(redis.Redis.from_url(redis_url)) as client:

        def connected() -> int:
            return int(cast("dict[str, int]", client.info("clients"))["connected_clients"])

        before = connected()
        asyncio.run(wake_and_close())
        assert connected() == before
