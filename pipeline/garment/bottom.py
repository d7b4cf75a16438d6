"""Measures of trousers, shorts and skirts, read off the outline of a product photo.

The part model knows tops only, so a bottom is read from its silhouette: the waist line, the crotch (where the
ground between the legs ends), each leg's axis with its two edges, a skirt's sides, the hems.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import (
    Bool,
    Points,
    blur,
    components,
    evenly,
    grow,
    largest,
    length,
    nearest_colour,
    runs_of,
    shrink,
    smooth_line,
    touching,
)
from pipeline.types import Alpha, Image

# Shares of the garment's hip width or height; from the public product photos.
RISE = 0.62
"""Waist to crotch in hip widths, where legs pressed together hide the crotch."""
LEAST_RISE, MOST_RISE = 0.38, 0.80
"""Beyond, the gap is a slit, or it ends where the thighs begin to touch."""
MIN_SPLIT = 0.045
"""A gap shallower than this share of the height is a slit or a curved hem, not two legs."""
SHORT_SPLIT = 0.10
"""So shallow a gap is believed on something at most MAX_SHORT hip widths long."""
MAX_SHORT = 1.0
SLIT_RISE, SLIT_DEPTH = 1.15, 0.25
"""A gap that begins so far down and is no deeper is the slit of a skirt."""
PRESSED_SLENDER = 2.1
"""Legs pressed together make something so much longer than it is wide; skirts that long flare."""
GROUND_APART, CLEAR, LEAST_ODD, GROUND_SHARE = 24.0, 90.0, 18.0, 0.05
"""How far ground and cloth differ in colour (8-bit Lab) at least and where there is no doubt, from where a colour
is not the cloth's, and the most of the outline that can be ground."""
HUE_SEEN = 45.0
"""8-bit lightness below which anything looks grey."""
HOLLOW, HOLLOW_WIDE, HOLLOW_HIGH = 0.55, 0.07, 0.14
"""So much darker than the cloth to its left and right is the hollow at the top of the gap between the legs, which
reaches less far to a side and up, in hip widths."""
STRIPE, STRIPES = 0.5, 0.03
"""Of the garment's width that a gap between cloth above and cloth below it spans which is a stripe of the ground's
colour, and of the outline that such stripes must be."""
RIM, HUES_APART = 0.012, 8.0
"""Of the picture's longer side: the broadest rim of shaded ground on a cut-out; and 8-bit Lab by which the hues of
ground and cloth must differ to tell it."""
STATIONS = 28
DIPS = 21


@dataclass(frozen=True, slots=True)
class LegTube:
    """One trouser leg: `outer` and `inner` (N, 2) edge points at the same stations, from the crotch to the hem.

    `length` in garment pixels along its axis.
    """

    outer: Points
    inner: Points
    length: float


@dataclass(frozen=True, slots=True)
class Bottom:
    """A lower garment, measured; points in garment pixels, picture left first in each pair.

    `rows` (K,) from the waist down to the crotch (trousers) or the hem (skirts), `left` and `right` (K,) the
    outline there; `waist` and `hip` widths in pixels; `crotch` and `legs` only for trousers and shorts.
    """

    rows: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    waist: float
    hip: float
    dip: NDArray[np.float64]
    crotch: NDArray[np.float64] | None
    legs: tuple[LegTube, LegTube] | None

    @property
    def length(self) -> float:
        """Waist to hem in pixels."""
        below = 0.0 if self.legs is None else (self.legs[0].length + self.legs[1].length) / 2
        return float(self.rows[-1] - self.rows[0]) + below


@dataclass(frozen=True, slots=True)
class Split:
    """Two legs in an outline: the crotch, the middle of the gap `middle` (M,) at `rows` (M,) below it, and
    whether ground was seen between the legs."""

    crotch: NDArray[np.float64]
    rows: NDArray[np.float64]
    middle: NDArray[np.float64]
    seen: bool


def without_ground(image: Image, alpha: Alpha) -> Alpha:
    """`alpha` (H, W) without the ground at the top of the gap between the legs: cut-outs are coarse there."""
    solid = alpha > 0.5
    flanked = np.logical_or.accumulate(solid, axis=1) & np.logical_or.accumulate(solid[:, ::-1], axis=1)[:, ::-1]
    gap = largest(flanked & ~solid)
    # The picture has soft edges: its middle shows the ground's own colour.
    inner = shrink(gap, 4.0) & (alpha < 0.02)
    if inner.sum() < 50:
        return alpha
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32)
    ground, cloth = np.median(lab[inner], axis=0), np.median(lab[alpha > 0.95], axis=0)
    apart = float(np.linalg.norm(ground - cloth))
    if apart < GROUND_APART:
        return alpha
    to_ground, to_cloth = (np.linalg.norm(lab - colour, axis=2) for colour in (ground, cloth))
    if float((to_ground[alpha > 0.95] < 0.5 * apart).mean()) > 2 * GROUND_SHARE:
        return alpha  # a pattern in the ground's colour
    reach = 0.02 * float(np.ptp(np.flatnonzero(solid.any(axis=0))))
    usual = float(np.percentile(to_cloth[alpha > 0.95], 90))
    # Lit ground next to the gap, not the soft rim of the legs; and from there up the shaded ground.
    lit = solid & (to_ground < to_cloth)
    lit = touching(grow(shrink(lit, 3.0), 3.0) | grow(gap, reach), gap) & shrink(lit, 3.0)
    # What is darker than cloth on lighter ground is cloth in shade.
    toward = (lab[..., 0] - cloth[0]) * (ground[0] - cloth[0]) > 0.0
    odd = solid & toward & (to_cloth > max(LEAST_ODD, 1.5 * usual))
    if float(np.linalg.norm((ground - cloth)[1:])) > HUES_APART:
        # Shade lies on ground, too: it keeps its hue.
        hue = lab * np.array([0.0, 1.0, 1.0], np.float32)
        to_white, to_own = (length(hue - colour * [0, 1, 1]) for colour in (ground, cloth))
        odd |= solid & (to_white < 0.6 * to_own) & (lab[..., 0] > HUE_SEEN)
    notch = touching(grow(shrink(odd, 2.0), 2.0) | lit, lit)
    below = np.flatnonzero(gap.any(axis=1))[0] + round(reach)
    notch[below:] = False
    if apart > CLEAR:
        clear = solid & (to_ground < 0.5 * apart)
        notch[below:] |= (touching(clear | gap, gap) & clear)[below:]
    if notch.sum() > GROUND_SHARE * solid.sum():
        return alpha
    smooth = blur(grow(notch, 2.0).astype(np.float32), 3.0)
    return np.asarray(alpha * (1.0 - np.clip(2.0 * smooth - 0.5, 0.0, 1.0)), np.float32)


def without_hollow(image: Image, alpha: Alpha) -> Alpha:
    """`alpha` (H, W) without the hollow at the top of the gap between the legs: the inside of the back, in shade.

    On a body whose thighs touch, it would be a black blot between them.
    """
    solid = alpha > 0.5
    split = find_split(solid)
    if split is None:
        return alpha
    x, y = (int(value) for value in split.crotch)
    hip = int(solid[y].sum())
    wide, high = round(HOLLOW_WIDE * hip), round(HOLLOW_HIGH * hip)
    rows = slice(max(0, y - high), y + 5)  # the outline is soft
    light = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)[rows, :, 0].astype(np.float32)
    own = solid[rows]
    beside = [np.median(light[:, cut][own[:, cut]]) for cut in _beside(x, wide) if own[:, cut].any()]
    if len(beside) < 2:
        return alpha
    dark = np.zeros_like(own)
    near = slice(max(0, x - wide), x + wide)
    dark[:, near] = own[:, near] & (blur(light, 1.0)[:, near] < HOLLOW * min(beside))
    gap = ~own
    gap[:, : near.start] = gap[:, near.stop :] = False
    dark = touching(grow(shrink(dark, 1.5), 1.5) | grow(gap, 4.0), gap) & own
    if dark[0].any() or dark[:, near.start : near.start + 3].any() or dark[:, near.stop - 3 : near.stop].any():
        return alpha  # cloth in shade
    hollow = np.zeros_like(solid)
    hollow[rows] = dark
    smooth = blur(grow(hollow, 2.0).astype(np.float32), 1.0)
    return np.asarray(alpha * (1.0 - smooth), np.float32)


def _beside(x: int, wide: int) -> tuple[slice, slice]:
    """The columns left and right of those `wide` around `x`, twice as many."""
    return slice(max(0, x - 3 * wide), max(0, x - wide)), slice(x + wide, x + 3 * wide)


def without_rim(image: Image, alpha: Alpha) -> Alpha:
    """`alpha` (H, W) without a rim of shaded ground: what has the ground's hue next to cloth of another."""
    # Every second pixel tells it.
    size = (max(1, alpha.shape[1] // 2), max(1, alpha.shape[0] // 2))
    solid = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > 0.5
    inside, outside = shrink(solid, RIM * max(size)), ~grow(solid, 2.0)
    if inside.sum() < 25 or outside.sum() < 25:
        return alpha
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    hue = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    hue[..., 0] = 0.0
    ground = np.median(hue[outside], axis=0)
    to_ground = length(hue - ground)
    if float((to_ground[inside] < HUES_APART / 2).mean()) > 2 * GROUND_SHARE:
        return alpha
    cloth, _ = nearest_colour(hue, inside, 0.8)
    rim = solid & ~inside & (to_ground < 0.6 * length(hue - cloth)) & (length(cloth - ground) > HUES_APART)
    rim = touching(rim | ~solid, ~solid) & rim
    if not rim.any():
        return alpha
    # What is left is as smooth as cloth.
    calm = 0.5 * RIM * max(size)
    left = blur((solid & ~rim).astype(np.float32), calm)
    near = blur(grow(rim, calm).astype(np.float32), calm)
    lost = near * (1.0 - np.clip((left - 0.5) * 4.0 + 0.5, 0.0, 1.0))
    whole = cv2.resize(lost, alpha.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.minimum(alpha, 1.0 - whole), np.float32)


def with_stripes(alpha: Alpha) -> Alpha:
    """`alpha` (H, W) with broad stripes that were taken for ground: whatever its colour, cloth hangs on cloth."""
    solid = alpha > 0.5
    points = cv2.findNonZero(solid.astype(np.uint8))
    hull = np.zeros(solid.shape, np.uint8)
    cv2.fillConvexPoly(hull, cv2.convexHull(points), 1)
    flanked = np.logical_or.accumulate(solid, axis=0) & np.logical_or.accumulate(solid[::-1], axis=0)[::-1]
    labels, areas = components(flanked & ~solid)
    stripes = 0
    for number in np.flatnonzero(areas > 0.002 * int(hull.sum())):
        if number:
            rows, columns = np.nonzero(labels == number)
            across = hull[int(np.median(rows))].sum()
            stripes += int(areas[number]) if np.ptp(columns) > STRIPE * across else 0
    if stripes < STRIPES * int(hull.sum()):
        return alpha
    return np.asarray(np.maximum(alpha, blur(shrink(hull > 0, 2.0).astype(np.float32), 1.0)), np.float32)


def _span(solid: Bool) -> tuple[int, int, int, int]:
    ys, xs = np.nonzero(solid)
    return int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1


def _gap(row: Bool, width: float, centre: float) -> tuple[float, float] | None:
    """The ground between two legs in one row: the widest inner gap near the middle, between solid runs."""
    runs = runs_of(row, 0.05 * width)
    best: tuple[float, float] | None = None
    for before, after in pairwise(runs):
        middle = (before[1] + after[0]) / 2
        if abs(middle - centre) > 0.30 * width or after[0] - before[1] < 2:
            continue
        left, right = float(before[1] - runs[0, 0]), float(runs[-1, 1] - after[0])
        if min(left, right) < 0.35 * max(left, right):
            continue
        if best is None or after[0] - before[1] > best[1] - best[0]:
            best = (float(before[1]), float(after[0]))
    return best


def find_split(solid: Bool) -> Split | None:
    """Two legs with ground between them, or None. The gap must run from near the hem upwards without a break."""
    x0, y0, x1, y1 = _span(solid)
    height, width = y1 - y0, x1 - x0
    centre = (x0 + x1) / 2
    rows: list[float] = []
    middles: list[float] = []
    missed = 0
    for y in range(y1 - 1 - int(0.02 * height), y0, -1):
        gap = _gap(solid[y], width, centre if not middles else middles[-1])
        if gap is None:
            missed += 1
            started = len(rows) > 0.03 * height
            if (started and missed > 0.015 * height) or missed > 0.14 * height:
                break
            continue
        missed = 0
        rows.append(float(y))
        middles.append((gap[0] + gap[1]) / 2)
    if len(rows) < MIN_SPLIT * height:
        return None
    crotch_y = min(rows)
    if crotch_y < y0 + 0.12 * height:
        return None
    order = np.argsort(rows)
    ys, xs = np.array(rows)[order], smooth_line(np.array(middles)[order], 3.0)
    return Split(np.array([float(np.median(xs[: max(3, len(xs) // 12)])), crotch_y]), ys, xs, True)


def _pressed(solid: Bool, waist_y: float, hip: float) -> Split | None:
    """Legs with no ground between them: slender, hardly flaring, split down the middle."""
    x0, _, x1, y1 = _span(solid)
    height, width = y1 - waist_y, x1 - x0
    if height < PRESSED_SLENDER * hip or width > 1.45 * hip:
        return None
    crotch_y = waist_y + RISE * hip
    rows = evenly(crotch_y, y1 - 1.0, 40)
    middles = []
    for y in rows:
        runs = runs_of(solid[int(y)], 2)
        middles.append((float(runs[0, 0]) + float(runs[-1, 1])) / 2 if len(runs) else (x0 + x1) / 2)
    xs = smooth_line(np.array(middles), 3.0)
    return Split(np.array([float(xs[0]), crotch_y]), rows, xs, False)


def _edges(solid: Bool, rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    left, right = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for i, y in enumerate(rows):
        runs = runs_of(solid[int(np.clip(y, 0, solid.shape[0] - 1))], 3)
        if len(runs):
            left[i], right[i] = runs[0, 0], runs[-1, 1]
    known = ~np.isnan(left)
    every = np.arange(len(rows))
    return np.interp(every, every[known], left[known]), np.interp(every, every[known], right[known])


def waist_row(solid: Bool) -> float:
    """Where the waistband is at its full width: above are belt loops, hanger hooks and drawstrings."""
    _, y0, _, y1 = _span(solid)
    reach = max(4, int(0.10 * (y1 - y0)))
    left, right = _edges(solid, np.arange(y0, y0 + reach, dtype=np.float64))
    widths = right - left
    level = float(np.median(widths[reach // 2 :]))
    full = np.flatnonzero(widths > 0.86 * level)
    return float(y0 + (full[0] if len(full) else 0))


def _dip(solid: Bool, y: float, left: float, right: float) -> NDArray[np.float64]:
    """How far the upper edge lies below row `y` at even steps between its ends: waistbands hang through."""
    start = max(0, int(y))
    depths = []
    for x in evenly(left + 3, right - 3, DIPS):
        column = solid[start:, int(np.clip(x, 0, solid.shape[1] - 1))]
        depths.append(float(np.argmax(column)) if column.any() else 0.0)
    line = np.clip(np.array(depths), 0.0, 0.12 * (right - left))
    calm = np.array([np.median(line[max(0, i - 2) : i + 3]) for i in range(DIPS)])
    return np.where(calm > 1.0, calm + 1.5, calm)


def _straight_on(edge: NDArray[np.float64], sign: float, least: float) -> NDArray[np.float64]:
    """Round hems and tails turn in at the lowest rows: there the side keeps its direction instead."""
    line = edge.copy()
    for i in range(int(0.72 * len(line)), len(line)):
        slope = (line[i - 1] - line[i - 6]) / 5.0
        if sign * (line[i] - (line[i - 1] + slope)) < -least:
            line[i] = line[i - 1] + slope
    return line


def _reach(mask: Bool, points: Points, direction: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """Pixels from each of `points` (N, 2) along its `direction` (N, 2) to the last pixel of `mask` on that ray."""
    steps = np.arange(0.0, max(most, 2.0), 1.0)
    rays = points[:, None] + direction[:, None] * steps[None, :, None]
    xs = np.clip(np.round(rays[..., 0]).astype(int), 0, mask.shape[1] - 1)
    ys = np.clip(np.round(rays[..., 1]).astype(int), 0, mask.shape[0] - 1)
    held = mask[ys, xs]
    last = held.shape[1] - 1 - np.argmax(held[:, ::-1], axis=1)
    return np.where(held.any(axis=1), last + 0.5, np.nan)


def _known(values: NDArray[np.float64], fallback: float) -> NDArray[np.float64]:
    known = ~np.isnan(values)
    every = np.arange(len(values))
    return np.interp(every, every[known], values[known]) if known.any() else np.full(len(values), fallback)


def _leg(mask: Bool, root: tuple[Points, Points], sign: float) -> LegTube | None:
    """Edges of one leg in `mask`, its side of the garment.

    `root` is its outer and inner point at the crotch, `sign` -1 for picture left.
    """
    outer_root, inner_root = root
    below = largest(mask & (np.arange(mask.shape[0])[:, None] >= inner_root[1]))
    ys, xs = np.nonzero(below)
    if len(ys) < 60:
        return None
    start = (outer_root + inner_root) / 2
    direction = _direction(below, 2.0 * float(np.hypot(*(outer_root - inner_root))))
    along = (np.stack([xs, ys], axis=1) - start) @ direction
    length = float(np.percentile(along, 99.3))
    if length < 6.0:
        return None
    share = evenly(0.0, 1.0, STATIONS)
    axis = start + np.outer(share * length, direction)
    # Square to the leg further down, level at the crotch where both legs meet.
    turn = np.clip(share / 0.45, 0.0, 1.0)[:, None]
    out = np.array([-direction[1], direction[0]]) if sign < 0 else np.array([direction[1], -direction[0]])
    normal = np.array([sign, 0.0]) * (1.0 - turn) + out * turn
    normal /= np.hypot(*normal.T)[:, None]
    half = float(np.hypot(*(outer_root - inner_root))) / 2
    to_outer = _known(_reach(mask, axis, normal, 2.2 * half), half)
    to_inner = _known(_reach(mask, axis, -normal, 2.2 * half), half)
    to_outer[0] = to_inner[0] = half
    # The hem's corners are slanting, round or frayed: there the edges go straight on.
    to_outer, to_inner = (_straight_on(edge, 1.0, 0.01 * half) for edge in (to_outer, to_inner))
    for edge in (to_outer, to_inner):
        edge[1:] = smooth_line(edge, 1.0)[1:]
    return LegTube(axis + normal * to_outer[:, None], axis - normal * to_inner[:, None], length)


def _direction(leg: Bool, hip: float) -> NDArray[np.float64]:
    """Unit vector down the leg, from the middles of its rows; slanting hems of short legs do not count."""
    _, y0, _, y1 = _span(leg)
    last = 0.92 if y1 - y0 > 0.9 * hip else 0.60
    rows = evenly(y0 + 0.08 * (y1 - y0), y0 + last * (y1 - y0), 30)
    left, right = _edges(leg, rows)
    slope = float(np.polyfit(rows, (left + right) / 2, 1)[0])
    return np.asarray(np.array([slope, 1.0]) / np.hypot(slope, 1.0), np.float64)


def _legs(solid: Bool, split: Split, left: float, right: float) -> tuple[LegTube, LegTube] | None:
    ys, xs = np.mgrid[0 : solid.shape[0], 0 : solid.shape[1]]
    border = np.interp(ys[:, 0].astype(np.float64), split.rows, split.middle)[:, None]
    found = []
    for sign, edge in ((-1.0, left), (1.0, right)):
        mask = solid & (sign * (xs - border) > 0)
        root = (np.array([edge, split.crotch[1]]), split.crotch)
        found.append(_leg(mask, root, sign))
    first, second = found
    return None if first is None or second is None else (first, second)


def read_bottom(solid: Bool, legs: bool | None = None, top: float | None = None) -> Bottom | None:
    """Measure the bottom in the outline `solid` (H, W); None when it cannot be one.

    `legs` forces trousers (True) or a skirt (False); `top` is the waist's row, where something is above it.
    """
    y = waist_row(solid) if top is None else top
    _, _, _, y1 = _span(solid)
    lower = solid & (np.arange(solid.shape[0])[:, None] >= y)
    if lower.sum() < 400 or y1 - y < 20:
        return None
    height = y1 - y
    probe = evenly(y + 2, y1 - 2, 60)
    left, right = _edges(lower, probe)
    waist = float(np.median((right - left)[:3]))
    dip = _dip(solid, y, float(left[0]), float(right[0])) if top is None else np.zeros(DIPS)
    split = None
    if legs is not False:
        split = find_split(lower)
        level = None if split is None else min(float(split.crotch[1]) - y, MOST_RISE * waist)
        hip = _hip(right - left, probe - y, waist, level)
        if split is not None:
            split = _believable(split, y, hip, height, legs is not None)
        if split is None and (legs or (legs is None and top is None)):
            split = _pressed(lower, y, hip)
    else:
        hip = _hip(right - left, probe - y, waist, None)
    if split is None:
        rows = evenly(y, y1 - 1.0, 40)
        left, right = _edges(lower, rows)
        least = 0.004 * height
        left, right = _straight_on(left, -1.0, least), _straight_on(right, 1.0, least)
        return Bottom(rows, smooth_line(left, 1.0), smooth_line(right, 1.0), waist, hip, dip, None, None)
    rows = evenly(y, float(split.crotch[1]), 14)
    left, right = _edges(lower, rows)
    tubes = _legs(lower, split, float(left[-1]), float(right[-1]))
    if tubes is None:
        return None
    return Bottom(rows, smooth_line(left, 0.8), smooth_line(right, 0.8), waist, hip, dip, split.crotch, tubes)


def _believable(split: Split, waist_y: float, hip: float, height: float, sure: bool) -> Split | None:
    """The split with its crotch where a crotch can be; None for a slit, unless legs are `sure`."""
    rise = (split.crotch[1] - waist_y) / hip
    deep = (split.rows[-1] - split.rows[0]) / height
    slit = rise < LEAST_RISE or (deep < SHORT_SPLIT and height > MAX_SHORT * hip)
    slit |= rise > SLIT_RISE and deep < SLIT_DEPTH
    if slit and not sure:
        return None
    if rise <= MOST_RISE:
        return split
    # Thighs that touch hide the crotch: it lies further up, between them.
    return Split(np.array([split.crotch[0], waist_y + RISE * 1.1 * hip]), split.rows, split.middle, split.seen)


def _hip(widths: NDArray[np.float64], below: NDArray[np.float64], waist: float, crotch: float | None) -> float:
    """Width at the hips: just above the crotch, or some half a waist's width below the waist."""
    level = 0.55 * waist if crotch is None else 0.82 * crotch
    return float(max(np.interp(level, below, widths), 0.8 * waist))
