"""A person's legs under whatever covers them: axis, outline and bare width of each, and the feet."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool, Floats, Points, blur, grow, shrink, smooth_line, touching, tube
from pipeline.person.body import Body
from pipeline.person.frame import Leg, Skeleton, Vector
from pipeline.person.parse import Parse
from pipeline.types import Image

# Half widths of bare legs in torsos, seen from the front; read off the bare-legged people of the public photos.
STATIONS = (0.0, 0.35, 0.80, 1.0, 1.30, 1.60, 2.0, 2.2)
"""0 at the hip joint, 1 at the knee, 2 at the ankle."""
RADII = (0.170, 0.158, 0.118, 0.104, 0.110, 0.094, 0.062, 0.066)
CROTCH = 1.18
"""Torsos below the shoulders: a little under the hip joints."""
HIP_HALF = 0.355
SLACK = 2.1
"""Loose trousers reach so many bare half widths from the axis."""


@dataclass(frozen=True, slots=True)
class LegLine:
    """One leg as a smooth curve, working pixels.

    `curve` (N, 2) from the hip joint past the ankle; `normal` (N, 2) unit vectors away from the other leg; `arc`
    (N,) pixels along it; `outer` and `inner` (N,) pixels to the outline (old clothes included); `bare` (N,) half
    width of the leg itself; `crotch`, `knee` and `ankle` arc lengths, `shoe` where the shoe or
    foot begins; `seen` whether the lower leg is in the photo.
    """

    curve: Points
    normal: Points
    arc: NDArray[np.float64]
    outer: NDArray[np.float64]
    inner: NDArray[np.float64]
    bare: NDArray[np.float64]
    crotch: float
    knee: float
    ankle: float
    shoe: float
    seen: bool


@dataclass(frozen=True, slots=True)
class Legs:
    """Both legs, picture left first, and what the hips show.

    `top` (H, W) 0..1 the top as the waist shows it, without what has the colours of the trousers;
    `hips` half widths of the hips left and right of the trunk's axis, pixels; `bottom_from` where the old lower
    garment begins (torsos below the shoulders), None when it cannot be told; `feet` (H, W) shoes and feet;
    `visible` torsos below the hip joints that the photo shows.
    """

    lines: tuple[LegLine, LegLine]
    hips: tuple[float, float]
    bottom_from: float | None
    feet: Bool
    top: Floats
    visible: float


def arms_mask(skeleton: Skeleton, shape: tuple[int, ...]) -> Bool:
    """Forearms and hands: beside the hips they are no part of the legs' outline."""
    unit = skeleton.shoulder_width
    mask = np.zeros(shape[:2], bool)
    for arm in skeleton.arms:
        if arm.seen:
            chain = np.stack([arm.shoulder * 0.3 + arm.elbow * 0.7, arm.elbow, arm.wrist, arm.hand])
            mask |= tube(shape, chain, (0.13 * unit, 0.13 * unit, 0.12 * unit, 0.16 * unit))
    return mask


def _plausible(leg: Leg, skeleton: Skeleton) -> tuple[Vector, Vector]:
    """Knee and ankle; where they lie out of the photo the pose only guesses, wild guesses hang straight down."""
    torso = skeleton.torso
    knee, ankle = leg.knee, leg.ankle
    if not leg.seen:
        thigh = knee - leg.hip
        if float(np.dot(thigh, skeleton.down)) < 0.5 * torso:
            knee = leg.hip + skeleton.down * 0.82 * torso
        shin = ankle - knee
        if float(np.dot(shin, skeleton.down)) < 0.5 * torso:
            ankle = knee + skeleton.down * 0.80 * torso
    return knee, ankle


def _line(leg: Leg, sign: float, skeleton: Skeleton, solid: Bool, *, feet: Bool, stout: float) -> LegLine:
    torso, count = skeleton.torso, 72
    knee, ankle = _plausible(leg, skeleton)
    beyond = ankle + (ankle - knee) * 0.25
    corners = np.stack([leg.hip, knee, ankle, beyond])
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    places = np.linspace(0.0, lengths[-1], count)
    curve = np.stack([smooth_line(np.interp(places, lengths, corners[:, i]), 2.5) for i in (0, 1)], axis=1)
    share = np.interp(places, lengths, [0.0, 1.0, 2.0, 2.25])
    model = torso * np.interp(share, STATIONS, RADII) * stout
    normal = _normals(curve, sign)
    outer, inner = (_reach(solid, curve, normal * side, SLACK * model) for side in (1.0, -1.0))
    free = (outer < SLACK * model - 1.5) & (inner < SLACK * model - 1.5) & (outer + inner > 1.1 * model)
    # Joints may lie off the leg's middle: where both edges are seen, the middle is theirs.
    shift = np.where(free, np.clip((outer - inner) / 2, -0.5 * model, 0.5 * model), 0.0)
    weight = np.maximum(smooth_line(free.astype(np.float64), 3.0), 1e-3)
    shift = smooth_line(shift, 3.0) / weight * np.clip(weight * 1.5, 0.0, 1.0)
    curve = curve + normal * shift[:, None]
    normal = _normals(curve, sign)
    outer, inner = (_reach(solid, curve, normal * side, SLACK * model) for side in (1.0, -1.0))
    inner = np.where(inner < SLACK * model - 1.5, inner, np.minimum(outer, inner))
    low = 0.6 * model
    outer, inner = smooth_line(np.maximum(outer, low), 1.5), smooth_line(np.maximum(inner, low), 1.5)
    bare = np.clip(0.97 * np.minimum(outer, inner), 0.80 * model, model)
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
    along = skeleton.along(curve[:, 0], curve[:, 1])
    below = np.flatnonzero(along >= CROTCH)
    crotch = float(arc[below[0]]) if len(below) else 0.2 * torso
    knee_arc, ankle_arc = (float(np.interp(lengths[i], places, arc)) for i in (1, 2))
    crotch = min(crotch, 0.45 * knee_arc)
    return LegLine(
        curve=curve,
        normal=normal,
        arc=arc,
        outer=outer,
        inner=inner,
        bare=smooth_line(bare, 2.0),
        crotch=crotch,
        knee=knee_arc,
        ankle=ankle_arc,
        shoe=_shoe(curve, arc, ankle_arc, feet, torso),
        seen=leg.seen,
    )


def _shoe(curve: Points, arc: NDArray[np.float64], ankle: float, feet: Bool, torso: float) -> float:
    """Arc length at which the foot's map begins on the leg's line; a little below the ankle when it does not."""
    xs = np.clip(np.round(curve[:, 0]).astype(int), 0, feet.shape[1] - 1)
    ys = np.clip(np.round(curve[:, 1]).astype(int), 0, feet.shape[0] - 1)
    on_foot = np.flatnonzero(feet[ys, xs] & (arc > ankle - 0.08 * torso))
    return float(arc[on_foot[0]]) if len(on_foot) else ankle + 0.05 * torso


def _normals(curve: Points, sign: float) -> Points:
    tangent = np.gradient(curve, axis=0)
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-6)[:, None]
    return np.stack([tangent[:, 1], -tangent[:, 0]], axis=1) * sign


def _reach(mask: Bool, points: Points, directions: Points, most: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pixels from each of `points` (N, 2) along `directions` (N, 2) inside `mask`, at most `most` (N,)."""
    steps = np.arange(0.0, float(most.max()) + 1.0)
    rays = points[:, None] + directions[:, None] * steps[None, :, None]
    xs, ys = np.round(rays[..., 0]).astype(int), np.round(rays[..., 1]).astype(int)
    inside = (xs >= 0) & (ys >= 0) & (xs < mask.shape[1]) & (ys < mask.shape[0])
    held = inside & mask[np.clip(ys, 0, mask.shape[0] - 1), np.clip(xs, 0, mask.shape[1] - 1)]
    # Below the photo's edge nothing is known: there the leg is as wide as it may be.
    held |= ys >= mask.shape[0]
    broken = ~held
    first = np.where(broken.any(axis=1), np.argmax(broken, axis=1), len(steps) - 1)
    return np.minimum(first.astype(np.float64), most)


def _feet(skeleton: Skeleton, parse: Parse, image: Image) -> Bool:
    """Shoes and feet: beyond the ankles, without the hems that hang over them. The one place that says so."""
    torso, shape = skeleton.torso, parse.alpha.shape
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32)
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    feet = np.zeros(shape, bool)
    for leg, other in (skeleton.legs, skeleton.legs[::-1]):
        if not leg.seen:
            continue
        down = leg.ankle - leg.knee
        down = down / max(float(np.hypot(*down)), 1.0)
        tip = leg.toe + (leg.toe - leg.ankle) * 0.35
        ahead = (xs - leg.ankle[0]) * down[0] + (ys - leg.ankle[1]) * down[1]
        heel = leg.ankle + down * 0.10 * torso
        zone = tube(shape, np.stack([leg.ankle, heel, tip]), (0.11 * torso, 0.13 * torso, 0.13 * torso))
        zone &= (ahead > -0.06 * torso) & (parse.alpha > 0.35)
        if other.seen and other.ankle[1] > leg.ankle[1] + 0.06 * torso:
            # Somebody walking: the leg in front hides part of the foot behind.
            zone &= ~tube(shape, np.stack([other.knee, other.ankle]), (0.10 * torso, 0.09 * torso))
        shin = tube(shape, np.stack([leg.knee * 0.4 + leg.ankle * 0.6, leg.ankle]), (0.05 * torso, 0.04 * torso))
        shin &= (parse.bottom > 0.6) & (ahead < -0.08 * torso)
        shoe = zone & (ahead > 0.08 * torso)
        if shin.sum() > 40 and shoe.sum() > 40:
            cloth, leather = np.median(lab[shin], axis=0), np.median(lab[shoe], axis=0)
            weights = np.array([0.6, 1.0, 1.0], np.float32)
            to_cloth = np.hypot.reduce((lab - cloth) * weights, axis=2)
            to_shoe = np.hypot.reduce((lab - leather) * weights, axis=2)
            told_apart = float(np.hypot.reduce((cloth - leather) * weights)) > 22.0
            hem = zone & (to_cloth < 0.8 * to_shoe) & (ahead < 0.16 * torso)
            cut = touching(hem, grow(shin, 0.05 * torso)) if told_apart else ahead < 0.045 * torso
            zone &= ~cut
        feet |= zone
    return grow(shrink(feet, 1.5), 1.5) & (parse.alpha > 0.2)


def settle_waist(skeleton: Skeleton, parse: Parse, image: Image) -> tuple[Floats, Floats]:
    """Top and bottom maps, near their border decided once more by colour.

    The top's colours are learned well above the waist and those of the trousers well below: a waistband which the
    parse took for the top's hem has the trousers' colours and hangs together with them.
    """
    lab = blur(cv2.cvtColor(image, cv2.COLOR_RGB2LAB), 1.0)
    ys, xs = np.mgrid[0 : lab.shape[0], 0 : lab.shape[1]].astype(np.float32)
    along = skeleton.along(xs, ys)
    upper = (parse.top > 0.8) & (along > 0.15) & (along < 0.66)
    lower = (parse.bottom > 0.8) & (along > 1.05) & (along < 1.7)
    if upper.sum() < 300 or lower.sum() < 300:
        return parse.top, parse.bottom
    to_top, to_bottom = _to_colours(lab, upper, 5), _to_colours(lab, lower, 3)
    doubt = (parse.top > 0.4) & (along > 0.62) & (along < 1.3) & ~parse.hands
    sure = shrink(doubt & (to_bottom < 0.55 * to_top) & (to_bottom < 28.0), 1.0)
    # Only what hangs together with the trousers, in pieces as large as a waistband; with its shaded rim.
    sure = touching(grow(sure, 2.5) & doubt, grow(parse.bottom > 0.6, 3.0))
    near = grow(sure | (parse.bottom > 0.6), 0.05 * skeleton.shoulder_width)
    wrong = sure | (doubt & near & (to_bottom < 0.9 * to_top))
    moved = blur(wrong.astype(np.float32), 0.8)
    return (
        np.asarray(parse.top * (1.0 - moved), np.float32),
        np.asarray(np.maximum(parse.bottom, parse.top * moved), np.float32),
    )


def _to_colours(lab: Floats, where: Bool, clusters: int) -> Floats:
    """Distance of every pixel to the nearest of a few colours found in `where`; light counts less than hue."""
    weights = np.array([0.6, 1.0, 1.0], np.float32)
    samples = np.ascontiguousarray(lab[where][:: max(1, int(where.sum()) // 3000)] * weights)
    cv2.setRNGSeed(3)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 15, 0.5)
    _, _, centres = cv2.kmeans(samples, clusters, None, stop, 1, cv2.KMEANS_PP_CENTERS)
    best = np.full(lab.shape[:2], np.inf, np.float32)
    for centre in centres:
        best = np.minimum(best, np.sqrt((((lab * weights) - centre) ** 2).sum(axis=2)))
    return best


def _bottom_from(skeleton: Skeleton, bottom: Floats) -> float | None:
    """Upper edge of the old lower garment on the trunk's middle."""
    unit = skeleton.shoulder_width
    steps = np.arange(0.55, 1.35, 0.01)
    share = np.zeros(len(steps))
    for i, along in enumerate(steps):
        x, y = skeleton.at(float(along), 0.0)
        r = max(2, int(0.14 * unit))
        if 0 <= int(y) < bottom.shape[0]:
            row = bottom[int(y), max(0, int(x) - r) : int(x) + r]
            share[i] = float(row.mean()) if row.size else 0.0
    covered = share > 0.5
    # It must go on downwards: a belt's reflection or a shadow does not.
    for i in range(len(steps) - 12):
        if covered[i : i + 12].mean() > 0.9:
            return float(steps[i])
    return None


def measure_legs(skeleton: Skeleton, parse: Parse, body: Body, image: Image) -> Legs:
    """Everything a lower garment is fitted to; `image` is the working frame's picture."""
    torso = skeleton.torso
    shape = parse.alpha.shape
    top, bottom = settle_waist(skeleton, parse, image)
    solid = (parse.alpha > 0.5) & ~arms_mask(skeleton, shape) & ~parse.hands
    from_row = float(np.clip(body.old_hem + 0.03, 1.0, 1.25))
    rows = (body.rows >= from_row - 0.02) & (body.rows <= from_row + 0.16)
    hips = [
        float(np.clip(np.median(edge[rows]), 0.80 * HIP_HALF * torso, 1.45 * HIP_HALF * torso))
        for edge in (body.edge_left, body.edge_right)
    ]
    stout = float(np.clip((hips[0] + hips[1]) / (2 * HIP_HALF * torso), 0.85, 1.25))
    feet = _feet(skeleton, parse, image)
    lines = tuple(
        _line(leg, sign, skeleton, solid, feet=feet, stout=stout)
        for leg, sign in zip(skeleton.legs, (-1.0, 1.0), strict=True)
    )
    low = np.flatnonzero((parse.alpha > 0.5).any(axis=1))
    corner = skeleton.along(np.array(skeleton.pelvis[0]), np.array(float(low[-1]) if len(low) else 0.0))
    return Legs(
        lines=(lines[0], lines[1]),
        hips=(hips[0], hips[1]),
        bottom_from=_bottom_from(skeleton, bottom),
        feet=feet,
        top=top,
        visible=float(corner) - 1.0,
    )
