"""Small geometry and filters on masks, shared by person, garment and composition.

Everything here is deterministic: no result depends on the number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.types import Alpha, Image

Bool: TypeAlias = NDArray[np.bool_]
"""Shape (H, W)."""
Points: TypeAlias = NDArray[np.float64]
"""Shape (N, 2), x then y, pixels."""
Floats: TypeAlias = NDArray[np.float32]
"""Float image or map of any shape."""


def polygon(shape: tuple[int, ...], points: Points) -> Bool:
    """The inside of a polygon as a mask of `shape` (H, W, ...)."""
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(points).astype(np.int32)], 1)
    return mask > 0


def tube(shape: tuple[int, ...], points: Points, radii: Sequence[float]) -> Bool:
    """A limb: the hull of circles of `radii` strung along the polyline `points`."""
    mask = np.zeros(shape[:2], np.uint8)
    for (a, b), (ra, rb) in zip(pairwise(points), pairwise(radii), strict=True):
        steps = max(2, int(np.hypot(*(b - a)) / max(1.0, 0.3 * min(ra, rb))) + 1)
        for t in np.linspace(0.0, 1.0, steps):
            x, y = a + (b - a) * t
            cv2.circle(mask, (round(x), round(y)), max(1, round(ra + (rb - ra) * t)), 1, -1)
    return mask > 0


def disc(radius: float) -> NDArray[np.uint8]:
    """Round structuring element of at least one pixel radius."""
    r = max(1, round(radius))
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * r + 1, 2 * r + 1)), np.uint8)


def grow(mask: Bool, radius: float) -> Bool:
    """Dilate by about `radius` pixels; nothing happens below half a pixel."""
    if radius < 0.5:
        return mask
    if radius > _WIDE_DISC:
        return np.asarray(distance(mask) < round(radius) + 0.5)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc(radius)) > 0)


def shrink(mask: Bool, radius: float) -> Bool:
    """Erode by about `radius` pixels; nothing happens below half a pixel."""
    if radius < 0.5:
        return mask
    if radius > _WIDE_DISC:
        return np.asarray(depth(mask) > round(radius) + 0.5)
    return np.asarray(cv2.erode(mask.astype(np.uint8), disc(radius), borderValue=0) > 0)


_WIDE_DISC = 8.0  # pixels: from here a distance transform costs less
_WIDE_BLUR = 8.0  # pixels
COLOURS_APART = 20.0  # 8-bit Lab, light halved: black from navy blue is less, black from blue denim is more


def blur(image: NDArray[np.generic], sigma: float) -> Floats:
    """Gaussian blur in float32; a wide one works on a reduced picture, which has all that it leaves."""
    if sigma < 0.2:
        return image.astype(np.float32)
    if sigma >= _WIDE_BLUR and min(image.shape[:2]) > 4 * sigma:
        factor = sigma / (_WIDE_BLUR / 2)
        size = (image.shape[1], image.shape[0])
        small = (max(1, round(size[0] / factor)), max(1, round(size[1] / factor)))
        reduced = cv2.resize(image.astype(np.float32, copy=False), small, interpolation=cv2.INTER_AREA)
        blurred = cv2.GaussianBlur(reduced, (0, 0), _WIDE_BLUR / 2)
        return np.asarray(cv2.resize(blurred, size, interpolation=cv2.INTER_LINEAR), np.float32)
    return np.asarray(cv2.GaussianBlur(image.astype(np.float32, copy=False), (0, 0), sigma), np.float32)


EPS_UNIT = 255.0**2
"""Guides run to 255: of those to 1 OpenCV takes most windows for singular, and only blurs there."""


def guided(guide: Image, values: Floats, radius: float, eps: float = 2e-4) -> Floats:
    """Guided filter (He et al. 2010): `values` in 0..1, (H, W) or several at once (H, W, C), take on the edges of
    `guide`."""
    # Wide windows are averaged on a smaller picture (He and Sun 2015): a fifth of the time, the same edges.
    coarser = max(1, round(radius) // 2)
    filtered = cv2.ximgproc.guidedFilter(
        guide,
        values.astype(np.float32, copy=False),
        max(1, round(radius / coarser)),
        eps * EPS_UNIT,
        scale=1.0 / coarser,
    )
    return np.asarray(np.clip(filtered, 0.0, 1.0), np.float32)


def length(vectors: Floats) -> Floats:
    """Euclidean length (H, W) of the vectors (H, W, 3)."""
    return np.asarray(np.sqrt(cv2.transform(vectors * vectors, np.ones((1, 3), np.float32))), np.float32)


def distance(mask: Bool) -> Floats:
    """Distance in pixels to the nearest pixel of `mask`; a large constant where the mask is empty."""
    if not mask.any():
        return np.full(mask.shape, 1e6, np.float32)
    return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5), np.float32)


def depth(mask: Bool) -> Floats:
    """Distance in pixels of each inside pixel to the outside; the picture's border counts as outside."""
    padded = np.pad(mask.astype(np.uint8), 1)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1], np.float32)


def components(mask: Bool) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(labels with 0 = outside, area of each label with index 0 set to 0)."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.int32)
    areas[0] = 0
    return np.asarray(labels, np.int32), areas


Box: TypeAlias = tuple[slice, slice]
"""Rows and columns of a part of a picture."""


def box_of(mask: Bool, margin: int = 0) -> Box:
    """The smallest box that holds all of `mask`, `margin` pixels wider as far as there are; empty where it is."""
    left, top, width, height = cv2.boundingRect(mask.view(np.uint8))
    rows = slice(max(0, top - margin), min(mask.shape[0], top + height + margin))
    return rows, slice(max(0, left - margin), min(mask.shape[1], left + width + margin))


def pixels_of(mask: Bool) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """ys and xs of `mask`, row by row; only its box is looked through."""
    box = box_of(mask)
    ys, xs = np.nonzero(mask[box])
    return ys + box[0].start, xs + box[1].start


def largest(mask: Bool, share: float = 1.0) -> Bool:
    """Keep the largest component, and those with at least `share` of its area."""
    box = box_of(mask)
    if not mask[box].size:
        return mask
    labels, areas = components(mask[box])
    return _kept(mask, box, labels, areas >= share * areas.max())


def _kept(mask: Bool, box: Box, labels: NDArray[np.int32], keep: Bool) -> Bool:
    """The components of `mask` that `keep` has True for; `labels` are those of its `box`."""
    if keep[1:].all():
        return mask
    keep[0] = False
    numbers = np.flatnonzero(keep)
    kept = np.zeros_like(mask)
    kept[box] = labels == numbers[0] if len(numbers) == 1 else keep[labels]
    return kept


def touching(mask: Bool, seed: Bool) -> Bool:
    """The components of `mask` which share a pixel with `seed`."""
    box = box_of(mask)
    if not mask[box].size:
        return mask
    labels, areas = components(mask[box])
    return _kept(mask, box, labels, np.bincount(labels[seed[box] & mask[box]], minlength=len(areas)) > 0)


NEAREST = 4.0
"""A pixel of a coarser level is sure when a quarter of what it stands for is known: a narrow strip beside a hole
says more of it than a broad field further away."""


def push_pull(image: NDArray[np.generic], known: NDArray[np.generic]) -> Floats:
    """Fill the unknown smoothly from the known: pyramid push-pull (Grossman and Dally 1998).

    `image` (H, W, 3), `known` (H, W) weights 0..1. Known pixels of weight one come back unchanged.
    """
    fine, whole = image.astype(np.float32), known.astype(np.float32)
    # What is filled is smooth: half the size has all of it.
    size = (max(1, whole.shape[1] // 2), max(1, whole.shape[0] // 2))
    level = cv2.resize(fine * whole[..., None], size, interpolation=cv2.INTER_AREA)
    weight = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    pyramid = [(level, weight)]
    while min(weight.shape) > 2:
        level, weight = cv2.pyrDown(level), cv2.pyrDown(weight)
        pyramid.append((level, weight))
    level, weight = pyramid[-1]
    current = level / np.maximum(weight, 1e-6)[..., None]
    for level, weight in pyramid[-2::-1]:
        above = cv2.pyrUp(current, dstsize=(weight.shape[1], weight.shape[0]))
        share = np.minimum(NEAREST * weight, 1.0)[..., None]
        mean = level / np.maximum(weight, 1e-3)[..., None]
        mean[weight <= 1e-3] = 0.0
        mean *= share
        above *= 1.0 - share
        current = cv2.add(above, mean)
    filled = cv2.resize(current, (whole.shape[1], whole.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.copyTo(fine, (whole > 0.99).view(np.uint8), filled), np.float32)


def runs_of(row: Bool, least: float = 0.0) -> NDArray[np.int64]:
    """(start, end) of each run of True at least `least` pixels long, end exclusive."""
    edges = np.diff(np.concatenate([[0], row.astype(np.int8), [0]]))
    found = np.stack([np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)], axis=1)
    return found[found[:, 1] - found[:, 0] > least]


def evenly(start: float, stop: float, count: int) -> NDArray[np.float64]:
    """`count` numbers from `start` to `stop`, both included."""
    return np.asarray(np.linspace(start, stop, count), np.float64)


def mirrored_rows(known: Bool, least: int) -> tuple[Floats, Bool]:
    """For every pixel the column of its own row to copy from: itself where `known`, else mirrored into the nearer
    run of known pixels (to and fro when that is short); and where there was a run of at least `least` pixels."""
    width = known.shape[1]
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), known.shape).copy()
    found = known.copy()
    # All rows as one line, a gap between any two.
    runs = runs_of(np.pad(known, ((0, 0), (0, 1))).ravel(), least)
    ys, xs = np.nonzero(~known)
    if len(runs) == 0:
        return columns, found
    row, start, end = runs[:, 0] // (width + 1), runs[:, 0] % (width + 1), (runs[:, 1] - 1) % (width + 1)
    sizes = end - start + 1
    after = np.searchsorted(runs[:, 0], ys * (width + 1) + xs)
    left, right = np.maximum(after - 1, 0), np.minimum(after, len(runs) - 1)
    on_left, on_right = (after > 0) & (row[left] == ys), (after < len(runs)) & (row[right] == ys)
    to_left = np.where(on_left, xs - end[left], 2 * width)
    to_right = np.where(on_right, start[right] - xs, 2 * width)
    # A sliver of ground repeated many times shows: a longer run a little further away is better.
    price = 1.0 + 12.0 / sizes
    use_left = on_left & (~on_right | (to_left * price[left] <= to_right * price[right]))
    steps = np.where(use_left, to_left, to_right) - 1
    size = np.where(use_left, sizes[left], sizes[right])
    fold = np.mod(steps, 2 * size)
    fold = np.where(fold < size, fold, 2 * size - 1 - fold)
    any_run = on_left | on_right
    source = np.where(use_left, end[left] - fold, start[right] + fold)
    columns[ys[any_run], xs[any_run]] = source[any_run]
    found[ys, xs] = any_run
    return columns, found


def nearest_station(curve: Points, xs: Floats, ys: Floats) -> NDArray[np.intp]:
    """The number of the point of `curve` (N, 2) nearest to each pixel (H, W) of columns `xs` (1, W) and rows `ys`
    (H, 1)."""
    line = curve.astype(np.float32)
    gap = (xs.T - line[:, 0]) ** 2 + ((ys - line[:, 1]) ** 2)[:, None]
    return np.asarray(gap.argmin(axis=2))


def nearest(known: Bool) -> tuple[Floats, Floats]:
    """x and y (H, W) of the nearest pixel of `known`, which must not be empty."""
    _, labels = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    ys, xs = np.nonzero(known)
    of_x, of_y = np.zeros(labels.max() + 1, np.float32), np.zeros(labels.max() + 1, np.float32)
    of_x[labels[ys, xs]], of_y[labels[ys, xs]] = xs, ys
    return of_x[labels], of_y[labels]


def mirrored(image: Floats, known: Bool, calm: float) -> tuple[Floats, Floats]:
    """`image` (H, W, 3) mirrored across the edge of `known` (H, W), so that texture goes on beyond it, and how
    sure it is (H, W) 0..1 that what was mirrored is known; `calm` pixels even the edge out."""
    near_x, near_y = nearest(known)
    grid_y, grid_x = np.mgrid[0 : known.shape[0], 0 : known.shape[1]].astype(np.float32)
    x, y = 2.0 * blur(near_x, calm) - grid_x, 2.0 * blur(near_y, calm) - grid_y
    copied = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    sure = cv2.remap(known.astype(np.float32), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(copied, np.float32), np.asarray(sure, np.float32)


def nearest_colour(image: NDArray[np.generic], known: Bool, calm: float) -> tuple[Floats, Floats]:
    """The colour of the nearest known pixel, blurred by `calm` pixels, and the distance to it."""
    if not known.any():
        return image.astype(np.float32), np.full(known.shape, 1e6, np.float32)
    xs, ys = nearest(known)
    steady = blur(image.astype(np.float32) * known[..., None], 1.5)
    weight = np.maximum(blur(known.astype(np.float32), 1.5), 1e-3)[..., None]
    copied = cv2.remap(steady / weight, xs, ys, cv2.INTER_NEAREST)
    return blur(np.asarray(copied, np.float32), calm), distance(known)


def like_first(image: Image, first: Bool, second: Bool, share: float) -> Bool:
    """Where a colour of `image` is less than `share` times as far from the nearest pixels of `first` as from those
    of `second`, light counting half; nowhere when one is empty. Hems need no more than half the size."""
    size = (max(1, image.shape[1] // 2), max(1, image.shape[0] // 2))
    lab = cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2LAB)
    lab = lab * np.array([0.5, 1.0, 1.0], np.float32)
    colours, gaps = [], []
    for sure in (first, second):
        small = cv2.resize(sure.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
        if small.sum() < 30:
            return np.zeros(image.shape[:2], bool)
        colours.append(nearest_colour(lab, small, 3.0)[0])
        gaps.append(blur(length(lab - colours[-1]), 1.0))
    # Colours too much alike tell nothing.
    apart = length(colours[0] - colours[1]) > COLOURS_APART
    margin = np.where(apart, gaps[0] - share * gaps[1], np.float32(1.0)).astype(np.float32)
    near = cv2.resize(margin, image.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(near < 0.0)


def ramp(values: NDArray[np.floating[Any]], low: float, high: float) -> Floats:
    """Smooth step from 0 at `low` to 1 at `high`."""
    # In place: what whole pictures cost here is memory.
    t = values.astype(np.float32)
    t -= float(low)
    t /= float(high - low)
    np.clip(t, 0.0, 1.0, out=t)
    steep = t * -2.0
    steep += 3.0
    t *= t
    t *= steep
    return t


def resize(image: NDArray[np.generic], size: tuple[int, int]) -> NDArray[np.float32]:
    """To (width, height) in float32: area average when shrinking, linear when growing."""
    smaller = size[0] < image.shape[1]
    mode = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image.astype(np.float32, copy=False), size, interpolation=mode), np.float32)


def smooth_line(values: NDArray[np.floating[Any]], sigma: float) -> NDArray[np.float64]:
    """Gaussian smoothing of (N,) values, the ends held."""
    line = values.astype(np.float32)[None]
    return np.asarray(cv2.GaussianBlur(line, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)[0], np.float64)


def over(base: Floats, colour: NDArray[np.generic], alpha: NDArray[np.generic]) -> Floats:
    """`colour` (H, W, 3) laid over `base` with `alpha` (H, W) 0..1."""
    out = base.copy()
    # Most layers are small.
    box = box_of(alpha != 0)
    below, share = out[box], alpha[box].astype(np.float32, copy=False)[..., None]
    more = colour[box].astype(np.float32, copy=False) - below
    more *= share
    below += more
    return out


def as_alpha(mask: NDArray[np.generic]) -> Alpha:
    """A boolean or 0..1 mask as float32 in 0..1."""
    return np.asarray(np.clip(mask.astype(np.float32), 0.0, 1.0), np.float32)
