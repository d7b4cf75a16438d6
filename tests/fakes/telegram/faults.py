"""Faults on demand: floods, server errors, cut connections and slow answers, by script or by seed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from tests.fakes.telegram.limits import EDITING, SENDING

Kind = Literal["flood", "error", "cut", "slow"]
NO_METHOD: frozenset[str] = frozenset()
DOWNLOAD = "download"  # the name of a fetch of /file/...


@dataclass
class Fault:
    """One thing to go wrong, `times` times, after `skip` requests that it leaves alone."""

    kind: Kind
    methods: frozenset[str]
    chat: int | None = None
    times: int = 1
    skip: int = 0
    code: int = 502
    seconds: float = 1
    after: bool = False  # the request is carried out first

    def fits(self, method: str, chat: int | None) -> bool:
        """Whether it concerns this request."""
        return self.times > 0 and method in self.methods and self.chat in {None, chat}


@dataclass
class Faults:
    """What is to go wrong. `given` lists what went wrong, in order."""

    given: list[tuple[str, int | None, Fault]] = field(default_factory=list)
    _script: list[Fault] = field(default_factory=list)
    _seeded: list[tuple[random.Random, float, tuple[Kind, ...], frozenset[str]]] = field(default_factory=list)

    def flood(
        self, *methods: str, retry_after_s: int = 1, chat: int | None = None, times: int = 1, skip: int = 0
    ) -> None:
        """Answers 429. What comes before the seconds are over is refused too and listed in `server.floods`."""
        self._add(methods, Fault("flood", NO_METHOD, chat, times, skip, code=429, seconds=retry_after_s))

    def error(
        self,
        *methods: str,
        code: int = 502,
        after: bool = False,
        chat: int | None = None,
        times: int = 1,
        skip: int = 0,
    ) -> None:
        """Answers 500 or 502, before or after the request was carried out."""
        self._add(methods, Fault("error", NO_METHOD, chat, times, skip, code=code, after=after))

    def cut(
        self, *methods: str, after: bool = False, chat: int | None = None, times: int = 1, skip: int = 0
    ) -> None:
        """Closes the connection without an answer."""
        self._add(methods, Fault("cut", NO_METHOD, chat, times, skip, after=after))

    def slow(self, *methods: str, seconds: float, chat: int | None = None, times: int = 1, skip: int = 0) -> None:
        """Carries the request out and answers late."""
        self._add(methods, Fault("slow", NO_METHOD, chat, times, skip, seconds=seconds, after=True))

    def seeded(
        self,
        seed: int,
        share: float,
        kinds: Iterable[Kind] = ("flood", "error", "cut", "slow"),
        methods: Iterable[str] = SENDING | EDITING,
    ) -> None:
        """Spoils this share of the requests, the same ones for the same seed and order."""
        self._seeded.append((random.Random(seed), share, tuple(kinds), frozenset(methods)))  # noqa: S311 - repeatable

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self._script.clear()
        self._seeded.clear()

    def next(self, method: str, chat: int | None) -> Fault | None:
        """What is to go wrong with this request."""
        for fault in self._script:
            if not fault.fits(method, chat):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            return self._note(method, chat, fault)
        for dice, share, kinds, methods in self._seeded:
            if method in methods and dice.random() < share:
                after = dice.random() < 0.5
                drawn = Fault(dice.choice(kinds), methods, code=dice.choice((500, 502)), after=after)
                return self._note(method, chat, drawn)
        return None

    def _note(self, method: str, chat: int | None, fault: Fault) -> Fault:
        self.given.append((method, chat, fault))
        return fault

    def _add(self, methods: tuple[str, ...], fault: Fault) -> None:
        self._script.append(replace(fault, methods=frozenset(methods or SENDING | EDITING)))
