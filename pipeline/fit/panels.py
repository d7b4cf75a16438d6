"""Pieces of cloth as grids of points: where each lies on the person, and where on the garment it comes from."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Floats, blur

EDGE_PX = 0.7  # how soft a panel's outline is drawn
SLIVER = 1e-3  # square pixels: a triangle folded to a line has no inside


@dataclass(frozen=True, slots=True)
class Panel:
    """One piece of cloth on a grid of N stations by M columns.

    `target` (N, M, 2) pixels on the person, `source` (N, M, 2) pixels on the garment; `around` (N, M) -1 and 1 at
    the edges, 0 in the middle; `down` (N,) 0 at the waist, 1 at the crotch or hip line, 2 at the hem.
    """

    target: NDArray[np.float64]
    source: NDArray[np.float64]
    around: NDArray[np.float64]
    down: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel painted on (H, W): garment pixels `source` (H, W, 2), `cover` 0..1, `around` and `down` maps."""

    source: Floats
    cover: Floats
    around: Floats
    down: Floats


def strip(
    edges: tuple[NDArray[np.float64], NDArray[np.float64]],
    own: tuple[NDArray[np.float64], NDArray[np.float64]],
    down: NDArray[np.float64],
    margin: tuple[NDArray[np.float64], NDArray[np.float64]],
    inner: NDArray[np.float64] | float = 1.0,
) -> Panel:
    """Cloth between two edges: `edges` (N, 2) points on the person, `own` the same on the garment.

    `margin` (N,) shares of the width beyond either edge that are drawn too (the garment's own outline ends them);
    `inner` is the value of `around` at the second edge, a number or (N,): 0 where another panel goes on.
    """
    count = 7
    shares = np.concatenate(
        [
            -margin[0][:, None],
            np.broadcast_to(np.linspace(0.0, 1.0, count), (len(down), count)),
            1.0 + margin[1][:, None],
        ],
        axis=1,
    )
    target = edges[0][:, None] + (edges[1] - edges[0])[:, None] * shares[..., None]
    source = own[0][:, None] + (own[1] - own[0])[:, None] * shares[..., None]
    last = np.broadcast_to(np.asarray(inner, np.float64), len(down))[:, None]
    around = -1.0 + (last + 1.0) * shares
    return Panel(target, source, around, down)


def draw_panel(panel: Panel, ratio: float, origin: NDArray[np.float64], shape: tuple[int, int]) -> Drawn:
    """Paint a panel at photo resolution: `target * ratio + origin` are pixels of a (H, W) picture."""
    points = panel.target * ratio + origin
    values = np.dstack([panel.source, panel.around, np.broadcast_to(panel.down[:, None], panel.around.shape)])
    planes = np.zeros((*shape, 4), np.float32)
    low = np.clip(np.floor(points.min(axis=(0, 1))).astype(int) - 3, 0, shape[::-1])
    high = np.clip(np.ceil(points.max(axis=(0, 1))).astype(int) + 4, 0, shape[::-1])
    if (high > low).all():
        box = planes[low[1] : high[1], low[0] : high[0]]
        _fill(box, _triangles(points - low), _triangles(values))
    return Drawn(planes[..., :2], _outline(points, shape), planes[..., 2], planes[..., 3])


def _triangles(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Two triangles a cell of a (N, M, C) grid, as (T, 3, C), row by row: later ones are drawn over earlier."""
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, :-1], grid[1:, 1:]
    return np.stack([np.stack([a, b, c], axis=2), np.stack([d, c, b], axis=2)], axis=2).reshape(
        -1, 3, grid.shape[2]
    )


def _fill(planes: Floats, corners: NDArray[np.float64], values: NDArray[np.float64]) -> None:
    """Write the linear blend of `values` (T, 3, C) into each triangle `corners` (T, 3, 2) of `planes` (H, W, C),
    a pixel over the outer edges so that the soft outline finds values, too."""
    (ax, ay), (bx, by), (cx, cy) = (
        corners[:, 0].T,
        (corners[:, 1] - corners[:, 0]).T,
        (corners[:, 2] - corners[:, 0]).T,
    )
    area = bx * cy - by * cx
    usable = np.flatnonzero(np.abs(area) >= SLIVER)
    # Which triangle each pixel is in, counted from one; float32 since that can be dilated.
    number = np.zeros(planes.shape[:2], np.float32)
    fine = np.clip(np.round(corners * 16.0), -(2**26), 2**26).astype(np.int32)
    for i in usable:
        cv2.fillConvexPoly(number, fine[i], float(i + 1), lineType=cv2.LINE_8, shift=4)
    near = cv2.dilate(number, np.ones((3, 3), np.uint8))
    ys, xs = np.nonzero(near)
    which = np.where(number[ys, xs] > 0, number[ys, xs], near[ys, xs]).astype(np.intp) - 1
    safe = np.where(np.abs(area) < SLIVER, 1.0, area)[:, None]
    first, second, third = values[:, 0], values[:, 1] - values[:, 0], values[:, 2] - values[:, 0]
    slope_x = ((second * cy[:, None] - third * by[:, None]) / safe).astype(np.float32)
    slope_y = ((third * bx[:, None] - second * cx[:, None]) / safe).astype(np.float32)
    dx = (xs - ax[which]).astype(np.float32)[:, None]
    dy = (ys - ay[which]).astype(np.float32)[:, None]
    planes[ys, xs] = first.astype(np.float32)[which] + slope_x[which] * dx + slope_y[which] * dy


def _outline(points: NDArray[np.float64], shape: tuple[int, int]) -> Floats:
    """Soft-edged union of the grid's cells, (H, W) 0..1."""
    mask = np.zeros(shape, np.uint8)
    fine = np.clip(np.round(points * 16.0), -(2**26), 2**26).astype(np.int32)
    for i in range(len(points) - 1):
        cell = np.concatenate([fine[i], fine[i + 1][::-1]])
        cv2.fillPoly(mask, [cell], 255, lineType=cv2.LINE_8, shift=4)
    return blur(mask.astype(np.float32) / np.float32(255.0), EDGE_PX)
