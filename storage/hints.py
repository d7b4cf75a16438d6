"""Hints between processes over Redis publish/subscribe: "look now". Each may be lost; whoever listens also
looks from time to time. Progress of a running job travels the same way, since the next one replaces it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Literal

from redis.asyncio import Redis
from redis.exceptions import RedisError

_CHANNEL = "fashioncore:hints"

Topic = Literal["inbox", "queue", "turn", "job", "cancel"]


@dataclass(frozen=True, slots=True)
class Hint:
    """`inbox`: an event of channel `about` waits. `queue`: a job waits in queue `about`. `turn`, `job`:
    something of conversation `about` changed. `cancel`: somebody asked to stop job `about`.
    """

    topic: Topic
    about: str
    data: dict[str, Any] = field(default_factory=dict)


class Hints:
    """Publishes and hears hints. Redis may come and go."""

    def __init__(self, redis_url: str) -> None:
        self._redis: Redis = Redis.from_url(redis_url, socket_connect_timeout=2, health_check_interval=10)
        self.heard = False
        """Whether hints are heard now, as far as anybody listens."""

    async def publish(self, hint: Hint) -> None:
        """Tell whoever listens now; silently does nothing when Redis is away."""
        message = json.dumps({"topic": hint.topic, "about": hint.about, "data": hint.data})
        try:
            await self._redis.publish(_CHANNEL, message)
        except (RedisError, OSError):
            return

    async def listen(self) -> AsyncIterator[Hint | None]:
        """Every hint from now on. None after each (re)connection, when whatever was missed may be looked up, and
        when the connection is lost, from when on only looking helps.
        """
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(_CHANNEL)
                    self.heard = True
                    yield None
                    async for message in pubsub.listen():
                        if message["type"] == "message":
                            hint = json.loads(message["data"])
                            yield Hint(hint["topic"], hint["about"], hint["data"])
            except (RedisError, OSError):
                if self.heard:
                    self.heard = False
                    yield None
                await asyncio.sleep(0.5)

    async def answers(self) -> bool:
        """Whether Redis answers now."""
        try:
            return bool(await self._redis.ping())
        except (RedisError, OSError):
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
