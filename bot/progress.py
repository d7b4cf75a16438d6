"""A line at the terminal that says how far a long work is."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

_EVERY_S = 0.2
_WIDTH = 24


class ProgressBar:
    """Draws on standard error while that is a terminal; says nothing elsewhere."""

    def __init__(self, out: TextIO | None = None, unit: str = "") -> None:
        self._out = out or sys.stderr
        self._unit = unit
        self._shown = self._out.isatty()
        self._what = ""
        self._began = self._drawn = self._first = 0.0
        self._counted = 0

    def __call__(self, what: str, fraction: float | None, count: int) -> None:
        """`count` things are done, which is this fraction of all, where that is known."""
        now = time.monotonic()
        if what != self._what:
            # A work that goes on where it was has not done all of that just now.
            self._what, self._began, self._first, self._counted = what, now, fraction or 0.0, count
        elif now - self._drawn < _EVERY_S:
            return
        self._drawn = now
        if self._shown:
            self._out.write(f"\r\x1b[K{self._line(now, fraction, count)}")
            self._out.flush()

    def _line(self, now: float, fraction: float | None, count: int) -> str:
        seconds = now - self._began
        speed = (count - self._counted) / seconds if seconds > 1 else 0.0
        line = f"{self._what:<9}{count:>11,}{self._unit}"
        if fraction is not None:
            full = round(fraction * _WIDTH)
            line = f"{self._what:<9}[{'#' * full}{'.' * (_WIDTH - full)}] {fraction:4.0%}{count:>11,}{self._unit}"
            if seconds > 2 and fraction > self._first:
                line += f"  {_time(seconds * (1 - fraction) / (fraction - self._first))} left"
        return f"{line}  {speed:,.0f}{self._unit}/s" if speed else line

    def clear(self) -> None:
        """Make room for another line; the bar comes back with its next call."""
        if self._shown and self._what:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
