"""How fast we may send: 30 messages a second in all, one a second to a chat, 20 a minute to a group.

The allowance stands in Redis, so that all processes of a bot share it; its clock is the server's. A message counts
from the moment it is granted until its window after Telegram's answer is over, so that no delay on the way can put
more messages into a second than were meant for it. Without Redis each process counts for itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import redis.asyncio
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

_GRANT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local items, hold, spare = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local name, most, span = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local group_most, group_span = tonumber(ARGV[7]), tonumber(ARGV[8])
local function remaining(key)
  local till = tonumber(redis.call('GET', key) or '0')
  if till < 0 then return 100 end
  return math.max(0, till - now)
end
local function window(key, most, span)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - span)
  local excess = redis.call('ZCARD', key) + items - most
  if excess <= 0 then return 0 end
  local last = redis.call('ZRANGE', key, excess - 1, excess - 1, 'WITHSCORES')
  if #last == 0 then return span end
  if tonumber(last[2]) > now then return 50 end
  return math.max(1, tonumber(last[2]) + span - now)
end
local waits = {remaining(KEYS[1]), remaining(KEYS[4])}
if group_most > 0 then waits[3] = window(KEYS[3], group_most, group_span) else waits[3] = 0 end
local chat = math.max(waits[1], waits[2], waits[3])
local all = math.max(remaining(KEYS[5]), window(KEYS[2], most - spare, span))
if chat > 0 or all > 0 then return {chat, all} end
for n = 1, items do redis.call('ZADD', KEYS[2], now + hold, name .. n) end
redis.call('PEXPIRE', KEYS[2], hold + span + 1000)
if group_most > 0 then
  for n = 1, items do redis.call('ZADD', KEYS[3], now + hold, name .. n) end
  redis.call('PEXPIRE', KEYS[3], hold + group_span + 1000)
end
redis.call('SET', KEYS[1], -1, 'PX', hold)
return {0, 0}
"""
"""KEYS: when the chat is free again (-1: a message to it is on its way), all messages, messages of the group, the
chat closed until, everything closed until. A message on its way stands in the future.
"""

_DONE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local items, name, each = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
for n = 1, items do
  redis.call('ZADD', KEYS[2], 'XX', now, name .. n)
  redis.call('ZADD', KEYS[3], 'XX', now, name .. n)
end
redis.call('SET', KEYS[1], now + items * each, 'PX', items * each)
return 1
"""

HOLD_MS = 5_000
"""A grant whose request has not ended counts for so long at least; then its process is taken for dead."""


class Paced(Exception):
    """Not now: `retry_after_s` says when, `everybody` whether it is the allowance of the whole bot."""

    def __init__(self, retry_after_s: float, *, everybody: bool) -> None:
        super().__init__(f"{retry_after_s:.2f} s")
        self.retry_after_s = retry_after_s
        self.everybody = everybody


@dataclass(frozen=True, slots=True)
class Allowance:
    """Telegram's figures. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""

    all_in_a_second: int = 30
    chat_s: float = 1.0
    group_in_a_minute: int = 20


@dataclass(slots=True)
class _Here:
    """The allowance of this process alone, for as long as Redis is away."""

    allowance: Allowance
    sent: list[float] = field(default_factory=list)
    groups: dict[int, list[float]] = field(default_factory=dict)
    free_at: dict[int, float] = field(default_factory=dict)
    closed_until: float = 0.0

    def grant(self, chat: int, items: int, spare: int) -> tuple[float, float]:
        now = time.monotonic()
        self.sent = [at for at in self.sent if at > now - 1]
        self.free_at = {one: at for one, at in self.free_at.items() if at > now}
        self.groups = {
            one: kept for one, all_of in self.groups.items() if (kept := [a for a in all_of if a > now - 60])
        }
        of_chat = max(0.0, self.free_at.get(chat, 0.0) - now)
        if chat < 0:
            of_group = self.groups.get(chat, [])
            excess = len(of_group) + items - self.allowance.group_in_a_minute
            if excess > 0:
                of_chat = max(of_chat, of_group[min(excess, len(of_group)) - 1] + 60 - now if of_group else 60.0)
        excess = len(self.sent) + items - (self.allowance.all_in_a_second - spare)
        of_all = max(0.0, self.closed_until - now)
        if excess > 0:
            of_all = max(of_all, self.sent[min(excess, len(self.sent)) - 1] + 1 - now if self.sent else 1.0)
        if of_chat > 0 or of_all > 0:
            return of_chat, of_all
        self.sent += [now] * items
        if chat < 0:
            self.groups.setdefault(chat, []).extend([now] * items)
        self.free_at[chat] = now + items * self.allowance.chat_s
        return 0.0, 0.0


class Pace:
    """The allowance of one bot."""

    def __init__(self, client: redis.asyncio.Redis, bot: int, allowance: Allowance | None = None) -> None:
        self._redis = client
        self._prefix = f"fashioncore:telegram:{bot}"
        self._allowance = allowance or Allowance()
        self._grant = client.register_script(_GRANT)
        self._done = client.register_script(_DONE)
        self._here = _Here(self._allowance)
        self._away = False

    @asynccontextmanager
    async def turn(
        self, chat: int, items: int = 1, *, spare: int = 0, patience_s: float = 1.0
    ) -> AsyncIterator[None]:
        """Send inside the block. `spare` messages of the second are left to others.

        Waits for the bot's allowance up to `patience_s`, for a chat's own not at all. Raises Paced.
        """
        deadline = time.monotonic() + patience_s
        name = f"{uuid.uuid4().hex}:"
        while True:
            of_chat, of_all = await self._ask(name, chat, items, spare)
            if of_chat <= 0 and of_all <= 0:
                break
            if of_chat > 0 or time.monotonic() + of_all > deadline:
                raise Paced(max(of_chat, of_all), everybody=of_all > of_chat)
            await asyncio.sleep(of_all)
        try:
            yield
        finally:
            # Also when the request failed: nobody knows whether it counted.
            await asyncio.shield(self._end(name, chat, items))

    async def close_for(self, chat: int, seconds: float) -> None:
        """Telegram asks for silence, and does not say whether in this chat or everywhere: so it is everywhere."""
        self._here.closed_until = max(self._here.closed_until, time.monotonic() + seconds)
        lua = (
            "local c = redis.call('TIME') local t = c[1] * 1000 + math.floor(c[2] / 1000) + tonumber(ARGV[1])"
            " for _, k in ipairs(KEYS) do redis.call('SET', k, t, 'PX', ARGV[1]) end"
        )
        keys = [f"{self._prefix}:closed:{chat}", f"{self._prefix}:closed"]
        try:
            await self._redis.eval(lua, 2, *keys, str(max(1, int(seconds * 1000))))  # type: ignore[misc] # typed as if it could be no coroutine
        except (RedisError, OSError):
            self._lost()

    async def first(self, what: str, seconds: float) -> bool:
        """Whether nobody did this within the time, in any process; then it counts as done now."""
        try:
            key = f"{self._prefix}:{what}"
            return bool(await self._redis.set(key, 1, nx=True, px=int(seconds * 1000)))
        except (RedisError, OSError):
            return False

    async def _ask(self, name: str, chat: int, items: int, spare: int) -> tuple[float, float]:
        allowance = self._allowance
        most = max(items, allowance.all_in_a_second - spare) + spare
        group = max(items, allowance.group_in_a_minute) if chat < 0 else 0
        values: list[int | str] = [items, HOLD_MS, spare, name, most, 1000, group, 60_000]
        try:
            of_chat, of_all = await self._grant(keys=self._keys(chat), args=values)
        except (RedisError, OSError):
            self._lost()
            return self._here.grant(chat, items, spare)
        self._away = False
        return of_chat / 1000, of_all / 1000

    async def _end(self, name: str, chat: int, items: int) -> None:
        try:
            await self._done(keys=self._keys(chat)[:3], args=[items, name, int(self._allowance.chat_s * 1000)])
        except (RedisError, OSError):
            self._lost()

    def _keys(self, chat: int) -> list[str]:
        p = self._prefix
        return [f"{p}:free:{chat}", f"{p}:sent", f"{p}:group:{chat}", f"{p}:closed:{chat}", f"{p}:closed"]

    def _lost(self) -> None:
        if not self._away:
            log.warning("Redis is away: this process paces itself alone")
        self._away = True
