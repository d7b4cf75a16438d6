"""Lay dresses, jumpsuits and dungarees on a body: the bodice as a top, the rest as a skirt or trousers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.fit.bottom import Above, BottomFit, BottomFitter
from pipeline.fit.legs import CROTCH, Legs
from pipeline.fit.panels import draw_panel, strip
from pipeline.fit.top import Fit, Fitter
from pipeline.garment.bottom import Bottom
from pipeline.garment.dress import Straps
from pipeline.garment.top import Top
from pipeline.masks import smooth_line
from pipeline.person.body import Body
from pipeline.person.frame import Skeleton

HIP_LEAST, HIP_MOST = 0.74, CROTCH - 0.10
"""Torsos below the shoulders between which a bodice cut off at the hips can end."""
WAIST = 0.56
"""Width of a waist in torsos."""
DRAPE = 1.12
"""How much narrower than it is long a worn dress looks: it hangs from the shoulders."""
STRAP_TOP = -0.06
SPREAD = 0.6  # how fast the edges of a bodice may part below the shoulders
BUST_LEAST, BUST_MOST = 0.22, 0.42
"""Where the ends of straps lie, and between what heights the cloth under the arms."""


@dataclass(frozen=True, slots=True)
class DressFit:
    """Both parts in working pixels; from `blend[0]` to `blend[1]` (torsos) one map passes into the other."""

    bodice: Fit
    lower: BottomFit
    blend: tuple[float, float]


class _BodiceFitter(Fitter):
    """A top that ends where the dress was cut, at the garment's own length."""

    boxiest = 1.0  # a bodice says nothing of the height
    drape = DRAPE

    def _hem(self) -> float:
        tips = float(np.mean([self._along(tip) for tip in self.body.tip]))
        shoulder = (self.top.shoulder[0][1] + self.top.shoulder[1][1]) / 2
        natural = tips + (self.top.rows[-1] - shoulder) * self.scale_y / self.torso
        return float(np.clip(natural, HIP_LEAST, HIP_MOST))

    def above(self, row: float) -> tuple[Above, float]:
        """What a skirt beginning at garment row `row` hangs on, and where the bodice ends (torsos)."""
        hem = self._hem()
        plans = [self._plan(0), self._plan(1)]
        along, halves = self._sides([self._pit(0, plans[0]), self._pit(1, plans[1])], hem)
        waist = float(np.interp(row, self.top.rows, along))
        left, right = (float(np.interp(row, self.top.rows, half)) for half in halves)
        own = float(np.interp(row, self.top.rows, self.top.side_right - self.top.side_left))
        width = self.top.side_right - self.top.side_left
        rate = (along[-1] - along[0]) * self.torso / max(float(self.top.rows[-1] - self.top.rows[0]), 1.0)
        # Puffed sleeves make the chest look wide and the dress short: the waist knows better.
        by_waist = WAIST * self.torso / max(float(width.min()), 1.0) * DRAPE
        rate = max(float(rate), min(by_waist, 1.5 * float(rate)))
        return Above(waist, (left, right), (left + right) / max(own, 1.0), rate), hem


class _StrapFitter:
    """Lays a bodice on straps: row by row between its own edges, the straps' ends behind the shoulders."""

    def __init__(self, straps: Straps, bottom: Bottom, body: Body, legs: Legs, skeleton: Skeleton) -> None:
        self.straps, self.body, self.skeleton = straps, body, skeleton
        at_seam = float(np.interp(bottom.rows[0], straps.rows, straps.right - straps.left))
        hips, unit = float(sum(legs.hips)), skeleton.shoulder_width
        waist = float(np.min((straps.right - straps.left)[straps.rows >= straps.bust]))
        # Loose bodices are as wide as they are; close ones touch the waist.
        by_seam = hips * 1.02 / max(at_seam, bottom.hip)
        self.scale = float(max(by_seam, min(0.80 * hips / max(waist, 1.0), 1.25 * by_seam)))
        self.unit = unit

    def _top(self) -> float:
        """Height of the straps' ends: a dress's lie on bare shoulders, those of a bib go over them."""
        if not self.straps.bib:
            return STRAP_TOP
        half = float(self.straps.right[0] - self.straps.left[0]) / 2 * self.scale
        heights = []
        for k, sign in ((0, -1.0), (1, 1.0)):
            outline = self.body.shoulder_outline(k)
            across = sign * self.skeleton.across(outline[:, 0], outline[:, 1])
            heights.append(np.interp(half, across, self.skeleton.along(outline[:, 0], outline[:, 1])))
        return float(np.mean(heights))

    def along(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Heights of garment rows: the straps' ends lie on the shoulders, what is under the arms under them."""
        straps, torso, top = self.straps, self.skeleton.torso, self._top()
        rate = self.scale * DRAPE / torso
        bust = float(np.clip(STRAP_TOP + (straps.bust - straps.rows[0]) * rate, BUST_LEAST, BUST_MOST))
        hem = float(np.clip(bust + (straps.rows[-1] - straps.bust) * rate, bust + 0.15, HIP_MOST))
        return np.interp(rows, [straps.rows[0], straps.bust, straps.rows[-1]], [top, bust, hem])

    def halves(self, rows: NDArray[np.float64], wide: bool) -> list[NDArray[np.float64]]:
        """Half widths left and right; `wide` says that the cloth must cover the trunk from the bust down."""
        straps, along = self.straps, self.along(rows)
        middle = (straps.left + straps.right) / 2
        centre = float(np.median(middle[straps.rows >= straps.bust]))
        found = []
        for k, (edge, sign) in enumerate(((straps.left, -1.0), (straps.right, 1.0))):
            own = np.interp(rows, straps.rows, sign * (edge - centre)) * self.scale
            own = np.maximum(own, 0.24 * self.unit)
            if wide:
                trunk = np.interp(along, self.body.rows, (self.body.edge_left, self.body.edge_right)[k])
                low = np.clip((rows - straps.bust) / max(0.1 * (straps.rows[-1] - straps.bust), 1.0) + 1.0, 0, 1)
                own = np.maximum(own, trunk * low)
            # On the shoulders straps stay off the arms; from there down they run straight.
            most = 0.44 * self.unit + SPREAD * np.clip(along - 0.05, 0.0, None) * self.skeleton.torso
            found.append(np.asarray(np.minimum(smooth_line(own, 1.5), most), np.float64))
        return found

    def above(self, row: float, wide: bool) -> tuple[Above, float]:
        """As for bodices with shoulders."""
        place = np.array([row])
        left, right = (float(half[0]) for half in self.halves(place, wide))
        own = float(np.interp(row, self.straps.rows, self.straps.right - self.straps.left))
        scale = (left + right) / max(own, 1.0)
        along = self.along(np.array([row, self.straps.rows[-1]]))
        return Above(float(along[0]), (left, right), scale, self.scale * DRAPE), float(along[1])

    def fit(self, shape: tuple[int, int], wide: bool) -> Fit:
        """The bodice as one piece between its edges."""
        straps, skeleton = self.straps, self.skeleton
        step = straps.rows[-1] - straps.rows[-2]
        rows = np.concatenate([straps.rows, straps.rows[-1:] + step])
        along = self.along(rows)
        along[-1] = 2 * along[-2] - along[-3]
        edges, own = [], []
        for half, edge, sign in zip(
            self.halves(rows, wide), (straps.left, straps.right), (-1.0, 1.0), strict=True
        ):
            points = [skeleton.at(float(a), sign * float(h)) for a, h in zip(along, half, strict=True)]
            edges.append(np.array(points))
            own.append(np.stack([np.interp(rows, straps.rows, edge), rows], axis=1))
        margin = np.full(len(rows), 0.05)
        panel = strip((edges[0], edges[1]), (own[0], own[1]), np.zeros(len(rows)), (margin, margin))
        drawn = draw_panel(panel, 1.0, np.zeros(2), shape)
        top = float(along[0])
        width = 0.8 * float(min(half[0] for half in self.halves(rows[:1], wide)))
        neck = self.along(np.array([straps.open_to]))
        return Fit(
            trunk=drawn.source,
            cover=drawn.cover,
            sleeves=(None, None),
            scale=self.scale,
            hem=float(along[-1]),
            pits=(skeleton.at(BUST_LEAST, edges[0][0, 0]), skeleton.at(BUST_LEAST, edges[1][0, 0])),
            collars=(skeleton.at(top + 0.04, -width), skeleton.at(top + 0.04, width)),
            neck_front=skeleton.at(float(neck[0]), 0.0),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """The lower part of a dress, and whom it is laid on; maps have `shape` (H, W)."""

    bottom: Bottom
    body: Body
    legs: Legs
    skeleton: Skeleton
    shape: tuple[int, int]


def lay_straps(straps: Straps, place: Place, *, wide: bool) -> DressFit:
    """Lay a dress or dungarees on straps; `wide` as in a dress, where no top covers what the cloth leaves free."""
    fitter = _StrapFitter(straps, place.bottom, place.body, place.legs, place.skeleton)
    above, hem = fitter.above(float(place.bottom.rows[0]), wide)
    lower = BottomFitter(place.bottom, place.body, place.legs, place.skeleton, above).fit()
    return DressFit(fitter.fit(place.shape, wide), lower, _blend(above.waist, hem))


def _blend(start: float, end: float) -> tuple[float, float]:
    gap = max(end - start, 0.02)
    return start + 0.15 * gap, end - 0.15 * gap


def lay_dress(top: Top, place: Place) -> DressFit:
    """Lay a dress on a body."""
    fitter = _BodiceFitter(top, place.body, place.skeleton, place.shape)
    above, hem = fitter.above(float(place.bottom.rows[0]))
    lower = BottomFitter(place.bottom, place.body, place.legs, place.skeleton, above).fit()
    return DressFit(fitter.fit(), lower, _blend(above.waist, hem))
