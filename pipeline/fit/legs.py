"""A person's legs under whatever covers them: axis, outline and bare width of each, and the feet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool, Floats, Points, grow, shrink, smooth_line, tube
from pipeline.person.body import Body
from pipeline.person.frame import Leg, Skeleton, Vector
from pipeline.person.parse import Parse

# Half widths of bare legs in torsos, seen from the front; read off the bare-legged people of the public photos.
STATIONS = (0.0, 0.35, 0.80, 1.0, 1.30, 1.60, 2.0, 2.2)
"""0 at the hip joint, 1 at the knee, 2 at the ankle."""
RADII = (0.170, 0.158, 0.118, 0.104, 0.110, 0.094, 0.062, 0.066)
CROTCH = 1.18
"""Torsos below the shoulders: a little under the hip joints."""
HIP_HALF = 0.355
SHOE_FROM = -0.04
"""Torsos beyond the ankle where a shoe can begin; higher ones go under trousers."""
FOOT = 0.13
"""Torsos below the ankle that a photo shows which shows the foot; of less of it a hem leaves nothing to see."""
BACK = 18.0
"""Stations of a leg's line, of 72, within which its middle comes back to the joints' line."""
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

    `hips` half widths of the hips left and right of the trunk's axis, pixels; `bottom_from` where the old lower
    garment begins (torsos below the shoulders), None when it cannot be told; `feet` (H, W) shoes and feet;
    `visible` torsos below the hip joints that the photo shows.
    """

    lines: tuple[LegLine, LegLine]
    hips: tuple[float, float]
    bottom_from: float | None
    feet: Bool
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
    curve = curve + normal * _shift(np.clip((outer - inner) / 2, -0.5 * model, 0.5 * model), free)[:, None]
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
    """Arc length at which the foot's map begins on the leg's line; a little below the ankle when it does not, and
    the line's end when the photo ends before the foot."""
    xs = np.clip(np.round(curve[:, 0]).astype(int), 0, feet.shape[1] - 1)
    ys = np.clip(np.round(curve[:, 1]).astype(int), 0, feet.shape[0] - 1)
    on_foot = np.flatnonzero(feet[ys, xs] & (arc > ankle - 0.08 * torso))
    if float(np.interp(ankle + FOOT * torso, arc, curve[:, 1])) > feet.shape[0]:
        return float(arc[-1])
    return float(arc[on_foot[0]]) if len(on_foot) else ankle + 0.05 * torso


def _shift(off: NDArray[np.float64], free: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How far off the joints' line the leg's middle is (N,), from `off` where it is `free` to be seen; beside that
    it comes back slowly, or the leg would have a bend."""
    stations = np.arange(len(off), dtype=np.float64)
    seen = stations[free]
    if len(seen) == 0:
        return np.zeros(len(off))
    away = np.abs(stations[:, None] - seen[None]).min(axis=1)
    return smooth_line(np.interp(stations, seen, off[free]) * np.clip(1.0 - away / BACK, 0.0, 1.0), 3.0)


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


def _feet(skeleton: Skeleton, parse: Parse) -> Bool:
    """Shoes as the network sees them, without what it takes for them at the hems of trousers."""
    torso = skeleton.torso
    ys, xs = (axis.astype(np.float32) for axis in np.ogrid[0 : parse.alpha.shape[0], 0 : parse.alpha.shape[1]])
    low = np.zeros(parse.alpha.shape, bool)
    for leg in skeleton.legs:
        if leg.seen:
            down = (leg.ankle - leg.knee) / max(float(np.hypot(*(leg.ankle - leg.knee))), 1.0)
            near = np.hypot(xs - leg.ankle[0], ys - leg.ankle[1]) < 0.45 * torso
            low |= near & ((xs - leg.ankle[0]) * down[0] + (ys - leg.ankle[1]) * down[1] > SHOE_FROM * torso)
    shoes = (parse.shoes > 0.5) & low
    return np.asarray(grow(shrink(shoes, 0.02 * torso), 0.035 * torso) & shoes)


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


def measure_legs(skeleton: Skeleton, parse: Parse, body: Body) -> Legs:
    """Everything a lower garment is fitted to."""
    torso = skeleton.torso
    shape = parse.alpha.shape
    solid = (parse.alpha > 0.5) & ~arms_mask(skeleton, shape) & ~parse.hands
    from_row = float(np.clip(body.old_hem + 0.03, 1.0, 1.25))
    rows = (body.rows >= from_row - 0.02) & (body.rows <= from_row + 0.16)
    hips = [
        float(np.clip(np.median(edge[rows]), 0.80 * HIP_HALF * torso, 1.45 * HIP_HALF * torso))
        for edge in (body.edge_left, body.edge_right)
    ]
    stout = float(np.clip((hips[0] + hips[1]) / (2 * HIP_HALF * torso), 0.85, 1.25))
    feet = _feet(skeleton, parse)
    lines = tuple(
        _line(leg, sign, skeleton, solid, feet=feet, stout=stout)
        for leg, sign in zip(skeleton.legs, (-1.0, 1.0), strict=True)
    )
    low = np.flatnonzero((parse.alpha > 0.5).any(axis=1))
    corner = skeleton.along(np.array(skeleton.pelvis[0]), np.array(float(low[-1]) if len(low) else 0.0))
    return Legs(
        lines=(lines[0], lines[1]),
        hips=(hips[0], hips[1]),
        bottom_from=_bottom_from(skeleton, parse.bottom),
        feet=feet,
        visible=float(corner) - 1.0,
    )
