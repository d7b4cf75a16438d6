"""The flood limits: how much a bot may send to everybody, to one chat and to one group."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

# What counts as a message. Edits do: Telegram slows a bot that edits in a hurry just the same.
SENDING = {
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendMediaGroup",
    "sendInvoice",
    "copyMessage",
    "forwardMessage",
}
EDITING = {"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"}


@dataclass(frozen=True)
class Limits:
    """Telegram's own figures. `chat_burst` is how many it lets through at once before the second counts."""

    bot_per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20
    edits_count: bool = True

    def cost(self, method: str, items: int) -> int:
        """How many messages a request is."""
        if method in EDITING:
            return 1 if self.edits_count else 0
        return items if method in SENDING else 0


NO_LIMITS = Limits(1_000_000, 1_000_000, 1_000_000, 1_000_000)


@dataclass(frozen=True)
class Flood:
    """A request beyond a limit. `ignored`: it came before the seconds of an earlier 429 were over."""

    at: float
    method: str
    chat: int
    limit: str
    retry_after_s: int
    ignored: bool

    def __str__(self) -> str:
        why = "before retry_after was over" if self.ignored else f"over the limit per {self.limit}"
        return f"{self.method} to {self.chat} {why}"


@dataclass
class FloodGate:
    """Lets requests through, or names the seconds to wait."""

    limits: Limits
    floods: list[Flood] = field(default_factory=list)
    _bot: deque[tuple[float, int]] = field(default_factory=deque)
    _groups: dict[int, deque[tuple[float, int]]] = field(default_factory=lambda: defaultdict(deque))
    _tokens: dict[int, tuple[float, float]] = field(default_factory=dict)  # chat: tokens, at
    _closed: dict[int | None, float] = field(default_factory=dict)  # chat or None for everything: until

    def pass_through(self, method: str, chat: int, is_group: bool, items: int) -> int | None:
        """None when it may pass; the seconds to wait when not."""
        cost = self.limits.cost(method, items)
        if cost == 0:
            return None
        now = time.monotonic()
        for scope in (None, chat):
            if (wait_s := self._closed.get(scope, 0.0) - now) > 0:
                return self._refuse(now, method, chat, "bot" if scope is None else "chat", wait_s, ignored=True)
        tokens, since = self._tokens.get(chat, (float(self.limits.chat_burst), now))
        tokens = min(self.limits.chat_burst, tokens + (now - since) * self.limits.chat_per_second)
        waits = {"bot": _window(self._bot, now, 1.0, self.limits.bot_per_second, cost)}
        # An album passes as one and its items are paid for afterwards, or none of ten could ever be sent.
        waits["chat"] = max(0.0, (1 - tokens) / self.limits.chat_per_second)
        if is_group:
            waits["group"] = _window(self._groups[chat], now, 60.0, self.limits.group_per_minute, cost)
        limit = max(waits, key=lambda one: waits[one])
        if waits[limit] > 0:
            return self._refuse(now, method, chat, limit, waits[limit], ignored=False)
        self._bot.append((now, cost))
        self._tokens[chat] = (tokens - cost, now)
        if is_group:
            self._groups[chat].append((now, cost))
        return None

    def close(self, chat: int | None, seconds: int) -> None:
        """Refuses everything for a while, to one chat or (None) to all: what a 429 announces."""
        self._closed[chat] = time.monotonic() + seconds

    def _refuse(self, now: float, method: str, chat: int, limit: str, wait_s: float, *, ignored: bool) -> int:
        seconds = max(1, math.ceil(wait_s))
        self.floods.append(Flood(now, method, chat, limit, seconds, ignored))
        if not ignored:
            self.close(None if limit == "bot" else chat, seconds)
        return seconds


def _window(passed: deque[tuple[float, int]], now: float, span_s: float, most: int, cost: int) -> float:
    """The seconds until `cost` more fit into any window of the span."""
    while passed and passed[0][0] <= now - span_s:
        passed.popleft()
    excess = sum(one for _, one in passed) + cost - most
    for at, one in passed:
        if excess <= 0:
            break
        excess -= one
        if excess <= 0:
            return at + span_s - now
    return span_s if excess > 0 else 0.0  # more at once than ever fits: refused for good
