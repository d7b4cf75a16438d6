"""Time and answers for the tests of shops."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from catalog.shop_api import Waiting
from tests.data import TEST_DATA

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


class Time:
    """Stands still but for sleeping, of which it keeps the record."""

    def __init__(self) -> None:
        self.s = 0.0
        self.slept: list[float] = []
        self.chance = 1.0

    def clock(self) -> float:
        return self.s

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.s)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.s += seconds

    @property
    def waiting(self) -> Waiting:
        """Chance takes the most, or as much as it is told to."""
        return Waiting(self.clock, self.sleep, lambda: self.chance)


def example(path: str) -> Any:
    """An example answer of the contracts."""
    return json.loads((TEST_DATA / "retail" / path).read_text())
