"""Keeps people from waiting, one after the other, for a server that does not answer."""

from __future__ import annotations

import time
from collections.abc import Callable

FAILURES = 2
"""In a row before it is left alone: so many people wait in vain."""

FIRST_PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0


class Breaker:
    """Closed while all is well; after failures open for a while, twice as long each time; then one may try."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._until = 0.0
        self._trying = False

    @property
    def closed(self) -> bool:
        """Whether somebody may ask now."""
        return self._clock() >= self._until and not self._trying

    def enter(self) -> bool:
        """Whether to ask now; whoever was told yes says afterwards how it went."""
        if not self.closed:
            return False
        self._trying = self._failures >= FAILURES
        return True

    def worked(self) -> None:
        """It answered."""
        self._failures, self._until, self._trying = 0, 0.0, False

    def unknown(self) -> None:
        """Nobody knows: it was not asked after all, or the asking was broken off."""
        self._trying = False

    def failed(self, pause_s: float = 0.0) -> float:
        """It did not, or asked to be left alone for so long; returns for how long it now is."""
        self._failures += 1
        self._trying = False
        if self._failures >= FAILURES:
            pause_s = max(pause_s, FIRST_PAUSE_S * 2.0 ** min(self._failures - FAILURES, 10))
        pause_s = min(pause_s, LONGEST_PAUSE_S)
        self._until = max(self._until, self._clock() + pause_s)
        return pause_s
