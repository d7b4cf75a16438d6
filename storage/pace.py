"""`catalog.ports.Pace` in Redis: all processes count their calls to a shop, or their mails to a domain,
together, by the server's clock.

While Redis is away each process counts for itself.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence

from redis.asyncio import Redis
from redis.exceptions import RedisError

from catalog.pacing import LocalPace, Window

_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local wait = 0
for n, key in ipairs(KEYS) do
  local most, span = tonumber(ARGV[2 * n]), tonumber(ARGV[2 * n + 1])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - span)
  if redis.call('ZCARD', key) >= most then
    local first = redis.call('ZRANGE', key, -most, -most, 'WITHSCORES')
    wait = math.max(wait, 1, tonumber(first[2]) + span - now)
  end
end
if wait > 0 then return wait end
for n, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, ARGV[1])
  redis.call('PEXPIRE', key, ARGV[2 * n + 1])
end
return 0
"""
"""KEYS: one for each window. ARGV: a name for this call, then calls and milliseconds of each window."""

_log = logging.getLogger(__name__)


class RedisPace:
    """Counts in Redis. Nothing connects before the first call."""

    def __init__(self, redis_url: str) -> None:
        self._redis: Redis = Redis.from_url(redis_url, socket_connect_timeout=1, socket_timeout=1)
        self._take = self._redis.register_script(_TAKE)
        self._alone = LocalPace()
        self._away = False

    async def take(self, name: str, windows: Sequence[Window]) -> float:
        """See Pace."""
        # What stands in braces decides where a cluster keeps a key: all of a shop in one place.
        keys = [f"fashioncore:pace:{{{name}}}:{window.most}:{window.span_s:g}" for window in windows]
        values = [number for window in windows for number in (window.most, int(window.span_s * 1000))]
        try:
            wait_ms = await self._take(keys=keys, args=[uuid.uuid4().hex, *values])
        except (RedisError, OSError):
            if not self._away:
                _log.warning("Redis is away: this process counts its calls alone")
            self._away = True
            return await self._alone.take(name, windows)
        self._away = False
        return float(wait_ms) / 1000

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
