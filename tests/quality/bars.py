"""The bars of the try-on preview, in one table, and what a set of readings says against them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np


class Better(StrEnum):
    """Which way a figure should go."""

    HIGH = "high"
    LOW = "low"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Bar:
    """`low` and `high` hold for each picture; `over_set`, where given, decides instead over all of them.

    A bar that is not `required` is shown and decides nothing.
    """

    key: str
    title: str
    text: str
    better: Better
    low: float = -np.inf
    high: float = np.inf
    over_set: Callable[[list[float]], bool] | None = None
    required: bool = True

    def holds(self, value: float) -> bool:
        """For one picture."""
        return self.low <= value <= self.high


def _colour(values: list[float]) -> bool:
    return bool(np.median(values) <= 3 and np.percentile(values, 90) <= 5)


def _similar(values: list[float]) -> bool:
    return bool(np.median(values) >= 0.55)


BARS = (
    Bar("face", "face, PSNR", ">= 50 dB", Better.HIGH, low=50),
    Bar("background", "ground > 25 px from people and clothes, pixels changed by > 8", "0", Better.LOW, high=0),
    Bar("beyond", "the same, counting what new clothes cover", "", Better.LOW, required=False),
    Bar("others", "people not chosen, pixels changed", "0", Better.LOW, high=0),
    Bar("hair", "hair not covered, PSNR", ">= 35 dB", Better.HIGH, low=35),
    Bar("hands", "hands, PSNR", ">= 40 dB", Better.HIGH, low=40),
    Bar("left", "old garment left visible", "<= 0.5 %", Better.LOW, high=0.005),
    Bar("covered", "old garment covered", ">= 0.92", Better.HIGH, low=0.92),
    Bar("holes", "holes inside the garment", "<= 0.2 %", Better.LOW, high=0.002),
    Bar("colour", "mean colour, CIE76", "median <= 3, p90 <= 5", Better.LOW, high=5, over_set=_colour),
    Bar("print", "print kept, SIFT inliers over chance", ">= 25, 3x chance, upright, <= 1.35", Better.HIGH),
    Bar("bare", "arms below the sleeves under cloth (ours), worse of two", "<= 0.15", Better.LOW, high=0.15),
    Bar("sleeves", "sleeves on the arms, worse of two", ">= 0.85", Better.HIGH, low=0.85),
    Bar(
        "ssim",
        "pairs, clothes blanked: SSIM in the zone",
        "median >= 0.55",
        Better.HIGH,
        low=0.55,
        over_set=_similar,
    ),
    Bar("detail", "contrast of detail against the product", "0.5 to 1.5", Better.ONE, low=0.5, high=1.5),
    Bar("steady", "same outline in another colour, IoU", "", Better.HIGH, required=False),
    Bar("anchor", "pairs: SSIM of another system's pictures", "", Better.HIGH, required=False),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one picture."""

    key: str
    value: float
    passed: bool


def reading(key: str, value: float) -> Reading:
    """A figure against the bar of that name."""
    return Reading(key, value, next(bar for bar in BARS if bar.key == key).holds(value))


def summary(readings: Iterable[tuple[str, Reading]]) -> list[dict[str, Any]]:
    """A row a bar from (picture, reading): counts, spread and the worst picture."""
    taken = list(readings)
    return [_row(bar, [(name, one) for name, one in taken if one.key == bar.key]) for bar in BARS]


def _row(bar: Bar, taken: list[tuple[str, Reading]]) -> dict[str, Any]:
    row: dict[str, Any] = {"key": bar.key, "measure": bar.title, "bar": bar.text, "pictures": len(taken)}
    if not taken:
        return {**row, "met": None}
    values = [one.value for _, one in taken]
    passed = sum(one.passed for _, one in taken)
    worst = max(taken, key=lambda pair: _badness(bar, pair[1]))
    met = bar.over_set(values) if bar.over_set is not None else passed == len(taken)
    return {
        **row,
        "passed": passed,
        "median": float(np.median(values)),
        "p10": float(np.percentile(values, 10)),
        "p90": float(np.percentile(values, 90)),
        "worst": worst[0],
        "worst_value": worst[1].value,
        "met": met if bar.required else None,
    }


def _badness(bar: Bar, one: Reading) -> float:
    if bar.better is Better.ONE:
        return abs(float(np.log(max(one.value, 1e-3))))
    return one.value if bar.better is Better.LOW else -one.value
