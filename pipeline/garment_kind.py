"""Which part of the body a garment dresses, from its outline and what the part model sees in it.

The few weights are learned by `pipeline.training.garment_kind` from labelled product photos.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from pipeline.garment_bottom import find_split
from pipeline.garment_parts import Part, PartsPrediction
from pipeline.masks import Bool, runs_of
from pipeline.types import Category

# Shares of the outline's height and width; measured on the labelled public garments.
CROTCH_MOST = 0.88
"""A gap that begins lower is an open front or a slit."""
FLAT_TOP = 0.80
"""A waistband is nearly as wide as the garment a little below it, shoulders are not."""
STRAIGHT_TOP, STRAIGHT_RATIO = 0.66, 1.6
"""A flared skirt grows at one rate, shoulders at first much faster."""
SOLID_TOP = 0.88
_SPANS = (0.04, 0.08, 0.13, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.90, 0.96)
KINDS = (Category.UPPER, Category.LOWER, Category.DRESS)


@dataclass(frozen=True, slots=True)
class _Learned:
    """A softmax regression: `mean` and `spread` (N,) of the features, `weights` (N + 1, 3)."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]


@lru_cache(maxsize=1)
def _learned() -> _Learned:
    stored = json.loads(files("pipeline.models").joinpath("garment_kind.json").read_text("utf-8"))
    return _Learned(*(np.array(stored[name], np.float64) for name in ("mean", "spread", "weights")))


class _Outline:
    """Widths of an outline at shares of its height."""

    def __init__(self, solid: Bool) -> None:
        ys, xs = np.nonzero(solid)
        self.solid = solid
        self.top, self.height = int(ys.min()), int(ys.max() - ys.min())
        self.width = int(xs.max() - xs.min()) + 1
        self.centre = float(np.median(xs[ys > self.top + 0.5 * self.height]))

    def runs(self, share: float) -> NDArray[np.int64]:
        return runs_of(self.solid[self.top + int(share * self.height)], 0.03 * self.width)

    def span(self, share: float) -> float:
        runs = self.runs(share)
        return float(runs[-1, 1] - runs[0, 0]) if len(runs) else 0.0

    def filled(self, share: float) -> float:
        runs = self.runs(share)
        return float((runs[:, 1] - runs[:, 0]).sum()) / max(self.span(share), 1.0) if len(runs) else 0.0


def _waistband(outline: _Outline) -> bool:
    """The upper edge is a waist: solid, level, without shoulders."""
    start, low, later = outline.span(0.055), outline.span(0.15), outline.span(0.25)
    if np.median([outline.filled(share) for share in (0.05, 0.07, 0.09)]) < SOLID_TOP:
        return False
    flat = start > FLAT_TOP * low
    even = outline.span(0.35) - later
    return flat or (start > STRAIGHT_TOP * low and low - start < STRAIGHT_RATIO * max(even, 1.0))


def _legs(outline: _Outline) -> bool:
    """Two legs with ground between them: below the crotch there are two pieces and no body between sleeves."""
    split = find_split(outline.solid)
    if split is None or (split.crotch[1] - outline.top) > CROTCH_MOST * outline.height:
        return False
    middle = float(np.median(split.middle))
    if abs(middle - outline.centre) > 0.16 * outline.width:
        return False
    rows = split.rows[:: max(1, len(split.rows) // 12)]
    pieces = [len(runs_of(outline.solid[int(y)], 0.06 * outline.width)) for y in rows]
    return float(np.mean(np.array(pieces) == 2)) > 0.7


def features(solid: Bool, prediction: PartsPrediction) -> NDArray[np.float64]:
    """What the decision is made from, (N,): widths and gaps of the outline, legs, waistband, how sure the part
    model is of a top's landmarks."""
    outline = _Outline(solid)
    spans = np.array([outline.span(share) for share in _SPANS]) / outline.width
    filled = [outline.filled(share) for share in (0.04, 0.07, 0.10, 0.50, 0.70, 0.85, 0.94)]
    slender = outline.height / outline.width
    marks = prediction.landmarks
    scores = [
        min(marks[f"{name}_left"].score, marks[f"{name}_right"].score)
        for name in ("collar", "shoulder", "armpit", "cuff_outer")
    ]
    sleeves = float(np.isin(prediction.labels, (Part.LEFT_SLEEVE, Part.RIGHT_SLEEVE))[solid].mean())
    legs, waist = float(_legs(outline)), float(_waistband(outline))
    rest = [slender, slender**2, *(spans[:6] * slender), legs, waist, legs * waist]
    return np.array([*spans, *filled, *rest, *scores, marks["neck_front"].score, sleeves])


def kind_of(solid: Bool, prediction: PartsPrediction) -> Category:
    """Category of the garment with outline `solid` (H, W) and parts `prediction`."""
    learned = _learned()
    values = (features(solid, prediction) - learned.mean) / learned.spread
    scores = np.append(values, 1.0) @ learned.weights
    return KINDS[int(scores.argmax())]
