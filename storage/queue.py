"""The arq queue as we use it: it wakes workers and carries nothing. Losing all of it loses no job.

Payloads are JSON, not arq's default pickle: whoever can write to Redis must not be able to run code here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from arq.connections import ArqRedis, RedisSettings
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

RENDER_TASK = "render_next"


def queue_of(engine: str) -> str:
    """The queue whose workers render with this engine."""
    return f"fashioncore:{engine}"


def engine_of(queue: str) -> str:
    """The engine whose pictures come out of the queue."""
    return queue.removeprefix("fashioncore:")


PREVIEW_QUEUE = queue_of("preview")

CONNECT_S = 2


def serialize(job: dict[str, Any]) -> bytes:
    """arq's job record as JSON. Raises TypeError for anything that is not plain data."""
    return json.dumps(job).encode()


def deserialize(data: bytes) -> dict[str, Any]:
    """The record back. Raises ValueError for anything that is not JSON, a pickle for instance."""
    record: dict[str, Any] = json.loads(data)
    return record


def health_key(queue: str, worker: str) -> str:
    """Where arq notes that this worker is well; the note goes by itself a moment after the worker."""
    return f"{queue}:health:{worker}"


def redis_settings(redis_url: str) -> RedisSettings:
    """Connection settings that fail fast: PostgreSQL keeps the job, the reaper wakes a worker later."""
    settings = RedisSettings.from_dsn(redis_url)
    settings.conn_timeout = CONNECT_S
    settings.conn_retries = 0
    settings.conn_retry_delay = 0
    return settings


class WakeUps:
    """Wakes workers, as well as it can. Nothing connects before the first call."""

    def __init__(self, redis_url: str) -> None:
        # Not arq's create_pool: it connects at once, and whoever is cancelled meanwhile leaves a connection open.
        pool = ConnectionPool.from_url(redis_url, socket_connect_timeout=CONNECT_S)
        self._redis = ArqRedis(pool, job_serializer=serialize, job_deserializer=deserialize)

    async def wake(self, queue: str, count: int = 1) -> bool:
        """Wake `count` workers of the queue; False when Redis is away, which the reaper makes good."""
        try:
            for _ in range(count):
                await self._redis.enqueue_job(RENDER_TASK, _queue_name=queue)
        except (RedisError, OSError):
            return False
        return True

    async def pending(self, queue: str) -> int | None:
        """How many wake-ups wait in the queue; None when Redis is away."""
        try:
            return int(await self._redis.zcard(queue))
        except (RedisError, OSError):
            return None

    async def served(self, queue: str) -> bool:
        """Whether some worker noted lately that it serves the queue."""
        try:
            return [key async for key in self._redis.scan_iter(match=health_key(queue, "*"), count=1000)] != []
        except (RedisError, OSError):
            return False

    async def clear(self, queue: str) -> None:
        """Drop every wake-up of the queue; one too many costs a worker that waits for it a second."""
        with suppress(RedisError, OSError):
            await self._redis.delete(queue)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose(close_connection_pool=True)
