"""The line of a round or pointed neck: a symmetric curve along the edge of the front, laid over what was found."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool, Floats, blur, evenly, largest, polygon, smooth_line
from pipeline.types import Alpha, Image

POWERS = (1.2, 1.5, 1.8, 2.1, 2.5, 3.0, 3.6, 4.4)
"""Of superellipses: from nearly a V over an ellipse, 2, to nearly a square."""
DEPTHS, WIDTHS, SHIFTS = (
    (0.85, 0.95, 1.05, 1.15, 1.25, 1.35, 1.45),
    (0.94, 1.0, 1.06, 1.12, 1.18),
    (-0.04, 0.0, 0.04),
)
"""Shares of the found opening that curves are deep, wide and aside."""
FINER = (0.05, 0.025, 0.0125)
"""How near the best one better ones are tried."""
DEEPER, WIDER = 0.10, 0.20
"""Edge that a curve must have more for each share that it is deeper or wider than what was found."""
STRONG, LEAST = 92.0, 0.7
"""The percentile of the slopes around that is an edge for sure, at least so much of 8-bit Lab a pixel."""
SURE, BETTER = 0.5, 0.12
"""How much of a curve must be edge, 0..1, and by how much more than of what was found."""
POINTS, BELOW = 64, 0.12
"""Points of a curve, and the share of the opening's height from its top where none counts: collars end there."""
FEWEST = 200

_Lines = NDArray[np.float64]


def along_front(work: Image, inner: Floats, mask: Alpha) -> Floats:
    """The opening (H, W) 0..1 grown to the curve that follows edges of the cloth best, where one clearly does.

    Networks see a round neck at 128 pixels narrower at its corners than it is; labels and loops hide its edge.
    """
    seen = largest(inner > 0.5)
    if int(seen.sum()) < FEWEST:
        return inner
    look = _Look(work, seen, mask)
    grids = np.meshgrid(POWERS, DEPTHS, WIDTHS, SHIFTS, indexing="ij")
    best, curve = look.best(np.stack(grids, axis=-1).reshape(-1, 4))
    for fine in FINER:
        steps = np.meshgrid((0.0,), *((0.0, -fine, fine),) * 3, indexing="ij")
        best, curve = look.best(curve + np.stack(steps, axis=-1).reshape(-1, 4))
    if best < max(SURE, look.found() + BETTER):
        return inner
    x, y = look.lines(curve[None])
    inside = polygon(inner.shape, np.stack([x[0], y[0]], axis=1)) * np.clip(mask * 2.0 - 1.0, 0.0, 1.0)
    return np.asarray(np.maximum(inner, blur(inside, 0.8)), np.float32)


class _Look:
    """The slopes of the cloth's colours around an opening. Curves are (C, 4): power, depth, width, shift."""

    def __init__(self, work: Image, seen: Bool, mask: Alpha) -> None:
        self.seen = seen
        self.columns, rows = (np.flatnonzero(seen.any(axis=axis)) for axis in (0, 1))
        self.top, self.height = float(rows[0]), float(rows[-1] - rows[0])
        self.half, self.middle = (self.columns[-1] - self.columns[0]) / 2, (self.columns[-1] + self.columns[0]) / 2
        y0, x0 = max(0, int(self.top - 0.1 * self.height)), max(0, int(self.middle - 1.4 * self.half))
        box = (slice(y0, int(self.top + 1.7 * self.height) + 2), slice(x0, int(self.middle + 1.4 * self.half) + 2))
        lab = blur(cv2.cvtColor(np.ascontiguousarray(work[box]), cv2.COLOR_RGB2LAB), 1.2)
        self.origin, self.mask = (x0, y0), mask[box] > 0.5
        self.slopes = np.dstack([cv2.Sobel(lab, cv2.CV_32F, *way) / 8.0 for way in ((1, 0), (0, 1))])
        steep = np.sqrt((self.slopes * self.slopes).sum(axis=2))
        self.strong = max(float(np.percentile(steep, STRONG)), LEAST)

    def lines(self, curves: _Lines) -> tuple[_Lines, _Lines]:
        """Columns and rows (C, POINTS) of curves from the left end over the bottom to the right one."""
        power, depth, width, shift = (curves[:, i, None] for i in range(4))
        turn = evenly(0.0, np.pi, POINTS)
        x, y = -np.cos(turn), np.sin(turn)
        out = np.sign(x) * np.abs(x) ** (2.0 / power) * width + shift
        return self.middle + self.half * out, self.top + self.height * np.abs(y) ** (2.0 / power) * depth

    def best(self, curves: _Lines) -> tuple[float, _Lines]:
        """How much of the best curve is edge, less what being unlike the found opening costs, and the curve."""
        cost = DEEPER * np.abs(curves[:, 1] - 1.0) + WIDER * np.abs(curves[:, 2] - 1.0)
        edges = self._edges(*self.lines(curves)) - cost
        number = int(edges.argmax())
        return float(edges[number]), curves[number]

    def found(self) -> float:
        """How much of the lower border of what was found is edge."""
        low = self.seen.shape[0] - 1 - np.argmax(self.seen[::-1, self.columns], axis=0)
        line = smooth_line(low.astype(np.float64), 2.0)
        return float(self._edges(self.columns[None].astype(np.float64), line[None])[0])

    def _edges(self, x: _Lines, y: _Lines) -> _Lines:
        along = np.gradient(x, axis=1), np.gradient(y, axis=1)
        steps = np.maximum(np.hypot(*along), 1e-6)
        height, width = self.mask.shape
        columns, rows = (np.round(of - first).astype(int) for of, first in zip((x, y), self.origin, strict=True))
        columns, rows = np.clip(columns, 0, width - 1), np.clip(rows, 0, height - 1)
        slopes = self.slopes[rows, columns]
        across = -along[1] / steps, along[0] / steps
        rise = slopes[..., :3] * across[0][..., None] + slopes[..., 3:] * across[1][..., None]
        share = np.minimum(np.sqrt((rise * rise).sum(axis=2)) / self.strong, 1.0)
        # Longer steps count for more; outside of the cloth nothing does.
        counts = steps * ((y > self.top + BELOW * self.height) & self.mask[rows, columns])
        whole = steps.sum(axis=1)
        enough = counts.sum(axis=1) > 0.5 * whole
        return np.where(enough, (share * counts).sum(axis=1) / np.maximum(counts.sum(axis=1), 1e-6), 0.0)
