"""Measures of dresses, jumpsuits and dungarees: the upper part read as a top, the rest as a skirt or trousers.

The part model knows tops. Cut off at the hips, a dress looks to it like a long top.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.garment.bottom import Bottom, find_split, read_bottom
from pipeline.garment.parts import GarmentParts, PartsPrediction
from pipeline.masks import Bool, evenly, runs_of
from pipeline.types import Alpha, Category, Image

CHEST_AT = (0.14, 0.42)
"""Heights between which a dress is at its chest or waist."""
BODICE = 1.40  # chest widths from the upper edge to the hips
OVERLAP = 0.18
LEAST_SKIRT = 0.12
STRAP, BIB_STRAP = 0.16, 0.40
"""Straps are at most so wide, in widths of the bodice; those of dungarees."""
BIB_STRAP_WIDE, BIB_EDGE = 0.18, 0.03
"""Width of a strap of dungarees, in widths of the upper edge of their bib; how far below it, of the way from the
straps' ends to the arms, the edge is whole."""
RISE_ABOVE = 0.30
"""Hip widths above the crotch at which the bodice of a jumpsuit ends at the latest."""
BIB = 0.78
"""The bib of dungarees is so much narrower than their hips."""


@dataclass(frozen=True, slots=True)
class Bodice:
    """The upper part of a dress: its outline `alpha`, empty below the hips, and what the part model sees in it.

    From row `seam`, a little above its end, the lower part is measured."""

    seam: float
    alpha: Alpha
    prediction: PartsPrediction


def _chest(solid: Bool, y0: int, y1: int, centre: float) -> float:
    """Width of the trunk near the chest: the run through the middle, sleeves that stand off aside."""
    found = []
    for share in evenly(*CHEST_AT, 24):
        runs = runs_of(solid[int(y0 + share * (y1 - y0))], 4)
        inside = runs[(runs[:, 0] <= centre) & (runs[:, 1] > centre)]
        if len(inside):
            found.append(float(inside[0, 1] - inside[0, 0]))
    return max(float(np.percentile(found, 35)) if found else 0.0, 0.15 * (y1 - y0))


@dataclass(frozen=True, slots=True)
class Straps:
    """A bodice that hangs on straps.

    `left` and `right` (K,) are its outer edges at `rows` (K,), from the straps' upper ends to its lower end;
    `open_to` the row of the neckline between them, `bust` the row under the arms; `bib` says that it is one of
    dungarees.
    """

    rows: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    open_to: float
    bust: float
    bib: bool


def read_straps(solid: Bool, *, bib: bool = False) -> Straps | None:
    """`solid` (H, W) ends where the bodice does. None when broad shoulders or sleeves carry it; `bib` as in
    Straps."""
    ys, xs = np.nonzero(solid)
    y0, y1 = int(ys.min()), int(ys.max()) + 1
    height, width = y1 - y0, float(np.percentile(xs, 99) - np.percentile(xs, 1))
    carried = []
    for share in (0.03, 0.06, 0.09, 0.12):
        runs = runs_of(solid[int(y0 + share * height)], 1)
        carried.append(float((runs[:, 1] - runs[:, 0]).max()) if len(runs) else 0.0)
    if float(np.median(carried)) > (BIB_STRAP if bib else STRAP) * width:
        return None
    rows = evenly(y0 + 1, y1 - 1, 40)
    edges = [runs_of(solid[int(y)], 1) for y in rows]
    left = np.array([float(runs[0, 0]) if len(runs) else np.nan for runs in edges])
    right = np.array([float(runs[-1, 1]) if len(runs) else np.nan for runs in edges])
    filled = np.array([float((runs[:, 1] - runs[:, 0]).sum()) for runs in edges]) / np.maximum(right - left, 1.0)
    span = right - left
    # The upper end of one strap alone is no neckline.
    closed = np.flatnonzero((filled > 0.97) & (span > 2.0 * STRAP * width))
    first = closed[0] if len(closed) else len(rows) // 3
    # Thin straps are cut out in pieces: rows that miss one take their edges from the others.
    whole = span > 0.6 * np.nanpercentile(span[: max(first, 1)], 75)
    whole[first:] = ~np.isnan(span[first:])
    if whole.sum() < 10:
        return None
    left, right = (np.interp(rows, rows[whole], edge[whole]) for edge in (left, right))
    wide = np.flatnonzero(right - left > 0.90 * np.percentile(right - left, 90))
    open_to = float(rows[first])
    bust = max(float(rows[wide[0]]), open_to) if len(wide) else open_to
    return Straps(rows, left, right, open_to, bust, bib)


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
        cut = float(split.crotch[1]) - RISE_ABOVE * hip
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


def without_back(alpha: Alpha, straps: Straps) -> Alpha:
    """`alpha` (H, W) of dungarees without what shows between their straps: the straps of the back, and ground."""
    rows, columns = np.mgrid[: alpha.shape[0], : alpha.shape[1]]
    left, right = (np.interp(rows[:, 0], straps.rows, edge)[:, None] for edge in (straps.left, straps.right))
    wide = BIB_STRAP_WIDE * float(np.interp(straps.open_to, straps.rows, straps.right - straps.left))
    upper = straps.open_to + BIB_EDGE * (straps.bust - straps.rows[0])
    between = (columns > left + wide) & (columns < right - wide) & (rows < upper)
    return np.asarray(np.where(between, np.float32(0.0), alpha), np.float32)
