"""How often a shop may be asked: so many calls in any second, in any day."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` calls in any `span_s` seconds."""

    most: int
    span_s: float


class LocalPace:
    """`catalog.ports.Pace` for a process that counts alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    async def take(self, name: str, windows: Sequence[Window]) -> float:
        """See Pace."""
        now = self._clock()
        calls = self._calls.setdefault(name, deque())
        while calls and calls[0] <= now - max((window.span_s for window in windows), default=0.0):
            calls.popleft()
        full = [
            calls[-window.most] + window.span_s - now
            for window in windows
            if len(calls) >= window.most and calls[-window.most] > now - window.span_s
        ]
        if full:
            return max(full)
        calls.append(now)
        return 0.0
