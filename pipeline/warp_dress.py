"""Lay dresses, jumpsuits and dungarees on a body: the bodice as a top, what hangs below it as a skirt or trousers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.garment import Top
from pipeline.garment_bottom import Bottom
from pipeline.legs import CROTCH, Legs
from pipeline.person.body import Body
from pipeline.person.frame import Skeleton
from pipeline.warp import Fit, Fitter
from pipeline.warp_bottom import Above, BottomFit, BottomFitter

HIP_LEAST, HIP_MOST = 0.74, CROTCH - 0.10
"""Torsos below the shoulders between which a bodice cut off at the hips can end."""


@dataclass(frozen=True, slots=True)
class DressFit:
    """Both parts in working pixels; from `blend[0]` to `blend[1]` (torsos) one map passes into the other."""

    bodice: Fit
    lower: BottomFit
    blend: tuple[float, float]


class _BodiceFitter(Fitter):
    """A top that ends where the dress was cut, at the garment's own length."""

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
        rate = (along[-1] - along[0]) * self.torso / max(float(self.top.rows[-1] - self.top.rows[0]), 1.0)
        return Above(waist, (left, right), (left + right) / max(own, 1.0), float(rate)), hem


def lay_dress(
    top: Top, bottom: Bottom, body: Body, legs: Legs, skeleton: Skeleton, shape: tuple[int, int]
) -> DressFit:
    """Lay a dress on a body; maps have `shape` (H, W)."""
    fitter = _BodiceFitter(top, body, skeleton, shape)
    above, hem = fitter.above(float(bottom.rows[0]))
    lower = BottomFitter(bottom, body, legs, skeleton, above).fit()
    gap = max(hem - above.waist, 0.02)
    return DressFit(fitter.fit(), lower, (above.waist + 0.15 * gap, hem - 0.15 * gap))
