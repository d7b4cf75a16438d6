"""Measures of dresses, jumpsuits and dungarees: the upper part read as a top, the rest as a skirt or trousers.

The part model knows tops. Cut off at the hips, a dress looks to it like a long top.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.garment_bottom import Bottom, find_split, read_bottom, runs_of
from pipeline.garment_parts import GarmentParts, PartsPrediction
from pipeline.masks import Bool
from pipeline.types import Alpha, Category, Image

# In chest widths below the upper edge, from the public product photos.
CHEST_AT = (0.35, 0.75)
BODICE = 1.40
OVERLAP = 0.18
LEAST_SKIRT = 0.12
RISE_ABOVE = 0.30
"""Hip widths above the crotch at which the bodice of a jumpsuit ends at the latest."""
BIB = 0.78
"""The bib of dungarees is so much narrower than their hips."""


@dataclass(frozen=True, slots=True)
class Bodice:
    """The upper part of a dress: its outline `alpha`, empty below the hips, and what the part model sees in it; from
    row `seam`, a little above its end, the lower part is measured."""

    seam: float
    alpha: Alpha
    prediction: PartsPrediction


def _chest(solid: Bool, y0: int, y1: int, centre: float) -> float:
    """Width of the trunk near the chest: the run through the middle, sleeves that stand off aside."""
    width = 0.0
    for _ in range(3):
        reach = width or 0.30 * (y1 - y0)
        rows = np.linspace(y0 + CHEST_AT[0] * reach, min(y0 + CHEST_AT[1] * reach, y1 - 1), 16)
        found = []
        for y in rows:
            runs = runs_of(solid[int(y)], 4)
            inside = runs[(runs[:, 0] <= centre) & (runs[:, 1] > centre)]
            if len(inside):
                found.append(float(inside[0, 1] - inside[0, 0]))
            elif len(runs):
                found.append(float(runs[-1, 1] - runs[0, 0]))
        if not found:
            break
        width = float(np.percentile(found, 35))
    return max(width, 0.12 * (y1 - y0))


def cut_bodice(image: Image, alpha: Alpha, parts: GarmentParts) -> Bodice:
    """Where the bodice ends, and its parts as those of a top; `image` and `alpha` of one size."""
    solid = alpha > 0.5
    ys, xs = np.nonzero(solid)
    y0, y1 = int(ys.min()), int(ys.max()) + 1
    chest = _chest(solid, y0, y1, float(np.median(xs)))
    cut = y0 + BODICE * chest
    split = find_split(solid)
    if split is not None:
        row = runs_of(solid[int(split.crotch[1]) - 2], 4)
        hip = float(row[-1, 1] - row[0, 0]) if len(row) else chest
        cut = min(cut, split.crotch[1] - RISE_ABOVE * hip)
    end = int(np.clip(cut, y0 + 0.15 * (y1 - y0), y1 - LEAST_SKIRT * chest))
    upper = alpha.copy()
    upper[end:] = 0.0
    return Bodice(end - OVERLAP * (end - y0), upper, parts.predict(image, upper, Category.UPPER))


def read_skirt(solid: Bool, start: float) -> Bottom | None:
    """The part of a dress below row `start`."""
    return read_bottom(solid, find_split(solid) is not None, start)


def is_dungarees(solid: Bool, bottom: Bottom) -> bool:
    """A bib with straps, to be worn over a top."""
    if bottom.legs is None or bottom.crotch is None:
        return False
    y0 = int(np.flatnonzero(solid.any(axis=1))[0])
    reach = float(bottom.crotch[1]) - y0

    def widest(share: float) -> NDArray[np.int64]:
        return runs_of(solid[int(y0 + share * reach)], 3)

    straps = widest(0.06)
    bib = [float(runs[-1, 1] - runs[0, 0]) for runs in map(widest, (0.25, 0.32, 0.40)) if len(runs)]
    open_above = len(straps) >= 2 or (len(straps) == 1 and straps[0, 1] - straps[0, 0] < 0.4 * bottom.hip)
    return bool(bib) and open_above and float(np.median(bib)) < BIB * bottom.hip


