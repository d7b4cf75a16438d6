"""The way from an event to the message that answers it, through every process: one id, one line in the log a step,
and one span where an OpenTelemetry collector is set.

The id, a trail, is made of what the first event is called on its channel, and is the trace's id as well. Rows that
a step writes keep it by themselves (`storage.tables`), and whoever takes such a row up follows it. A step tells
what it was and how it ended, never what somebody wrote.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

log = logging.getLogger("fashioncore.steps")

_trail: ContextVar[str | None] = ContextVar("trail", default=None)

Fact = str | int | float
NS = 1_000_000_000


class Recorder(Protocol):
    """Where spans go (`storage.traces`). Times in nanoseconds of the epoch."""

    def record(  # a span's parts
        self, trail: str, name: str, began: int, ended: int, facts: Mapping[str, Fact], *, root: bool = False,
        stages: Mapping[str, float] | None = None,
    ) -> None:  # fmt: skip
        """Keep a span of this trail; stages, in seconds, are its children, one after the other up to its end."""


_recorders: list[Recorder] = []
"""None, or the one of the process, like a handler of its log."""


def record_with(recorder: Recorder) -> None:
    """From now on, spans go there as well."""
    _recorders[:] = [recorder]


def trail_of(*name: object) -> str:
    """The trail that begins with what is called so: 32 hexadecimal digits."""
    return hashlib.sha256(":".join(map(str, name)).encode()).hexdigest()[:32]


def current() -> str | None:
    """The trail that is followed now."""
    return _trail.get()


@contextmanager
def following(trail: str | None) -> Iterator[None]:
    """What is written and logged in the block belongs to this trail."""
    before = _trail.set(trail)
    try:
        yield
    finally:
        _trail.reset(before)


@dataclass(slots=True)
class Step:
    """One step of a trail, from here on. Its facts are names and numbers of ours."""

    name: str
    facts: dict[str, Fact] = field(default_factory=dict)
    began: int = field(default_factory=time.time_ns)
    _clock: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.perf_counter() - self._clock

    def ended(
        self, outcome: str, *, stages: Mapping[str, float] | None = None, since: datetime | None = None
    ) -> None:
        """It is over. With `since` it is the first of its trail, which began when the event came in."""
        seconds, trail = self.seconds, current()
        facts = {**self.facts, "outcome": outcome}
        told = " ".join(f"{name}={value}" for name, value in facts.items())
        extra = {"facts": {"step": self.name, **facts, "seconds": round(seconds, 4)}}
        log.info("%s %s in %.3f s", self.name, told, seconds, extra=extra)
        if trail is None:
            return
        end = self.began + int(seconds * NS)
        for recorder in _recorders:
            if since is not None:
                recorder.record(trail, "event", int(since.timestamp() * NS), end, facts, root=True)
            recorder.record(trail, self.name, self.began, end, facts, stages=stages)
