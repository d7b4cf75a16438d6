"""Pieces of cloth as grids of points: where each lies on the person, and where on the garment it comes from."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool, Floats


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
    height, width = shape
    values = np.dstack([panel.source, panel.around, np.broadcast_to(panel.down[:, None], panel.around.shape)])
    planes = np.zeros((height, width, 4), np.float32)
    stations, columns = panel.around.shape
    for i in range(stations - 1):
        for j in range(columns - 1):
            corners = (points[i, j], points[i, j + 1], points[i + 1, j], points[i + 1, j + 1])
            known = (values[i, j], values[i, j + 1], values[i + 1, j], values[i + 1, j + 1])
            _triangle(planes, (corners[0], corners[1], corners[2]), (known[0], known[1], known[2]))
            _triangle(planes, (corners[3], corners[2], corners[1]), (known[3], known[2], known[1]))
    cover = np.asarray(_outline(points, shape), np.float32)
    return Drawn(planes[..., :2], cover, planes[..., 2], planes[..., 3])


def _triangle(
    planes: Floats,
    corners: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    values: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
) -> None:
    """Write the linear blend of `values` into the triangle, half a pixel over its edges so that none is missed."""
    a, b, c = corners
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    if abs(area) < 1e-3:
        return
    low = np.floor(np.minimum(np.minimum(a, b), c)).astype(int) - 1
    high = np.ceil(np.maximum(np.maximum(a, b), c)).astype(int) + 2
    x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
    x1, y1 = min(int(high[0]), planes.shape[1]), min(int(high[1]), planes.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    ys, xs = np.mgrid[y0:y1, x0:x1].astype(np.float64)
    second = ((xs - a[0]) * (c[1] - a[1]) - (ys - a[1]) * (c[0] - a[0])) / area
    third = ((b[0] - a[0]) * (ys - a[1]) - (b[1] - a[1]) * (xs - a[0])) / area
    first = 1.0 - second - third
    slack = -1.2 * max(np.hypot(*(b - a)), np.hypot(*(c - a)), np.hypot(*(c - b))) / abs(area)
    inside = (first >= slack) & (second >= slack) & (third >= slack)
    blend = first[..., None] * values[0] + second[..., None] * values[1] + third[..., None] * values[2]
    planes[y0:y1, x0:x1][inside] = blend[inside]


def _outline(points: NDArray[np.float64], shape: tuple[int, int]) -> NDArray[np.float64]:
    """Soft-edged union of the grid's cells, (H, W) 0..1."""
    mask = np.zeros(shape, np.uint8)
    fine = np.clip(np.round(points * 16.0), -(2**26), 2**26).astype(np.int32)
    for i in range(len(points) - 1):
        cell = np.concatenate([fine[i], fine[i + 1][::-1]])
        cv2.fillPoly(mask, [cell], 255, lineType=cv2.LINE_8, shift=4)
    edge = np.concatenate([fine[:, 0], fine[-1], fine[::-1, -1], fine[0, ::-1]])
    cv2.polylines(mask, [edge], True, 128, lineType=cv2.LINE_AA, shift=4)
    inside: Bool = mask > 250
    soft = np.asarray(mask, np.float64) / 255.0
    return np.where(inside, 1.0, soft)
