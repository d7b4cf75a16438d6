"""The body under the clothes, as far as outline and joints tell: what a garment is fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool, Floats, Points, runs_of, smooth_line, tube
from pipeline.person.frame import Arm, Skeleton, Vector
from pipeline.person.parse import Parse

# Half widths in shoulder widths, from the public try-on photos: bare limbs, and what clothes add at most.
ARM_RADII = (0.155, 0.130, 0.110, 0.082)
"""At the shoulder, the middle of the upper arm, the elbow and the wrist."""
SLEEVE_SLACK = 1.75
NECK_FOOT = 0.57
"""Where the neck widens into the shoulders, as a share of the way from the shoulder joints to the chin."""
MOSTLY_BARE = 0.75
BARE_STRETCH = 0.11
"""Of the arm's length: skin on so much of it ends a sleeve, whatever hides the arm further down."""
BARE_SHOULDER = 0.35
"""Of the arm's length: skin from the shoulder on that goes no further is a bare shoulder, and no bare arm."""
BESIDE_ARM = 0.6
"""How surely what lies on a bare arm's axis or beside it must be cloth to be the trunk's, skin to be its own."""
SHOULDER_ARC = 0.4
"""Of the upper arm: so much of it is the trunk's outline, too."""
SHOULDER_SHARES = (0.3, 0.55, 0.8)
MOST_RISE, STEEPEST_RISE = 0.07, 0.03
"""Shoulder widths that a shoulder's outline rises over the straight way from its tip to the neck, and from one
share to the next: more is a hood's."""
HAND_BESIDE, HAND_ABOUT, FEWEST_OF_HAND = 1.8, (0.85, 1.25), 8
"""Bare radii from an arm's axis and shares of the way to its wrist where its hand is; least of its pixels, a
seventh of them."""
TRUNK_ALONG = (0.0, 0.25, 0.45, 0.70, 1.0, 1.25)
TRUNK_HALF = (0.50, 0.50, 0.47, 0.45, 0.52, 0.55)
"""Half width of a trunk at heights along it."""


@dataclass(frozen=True, slots=True)
class ArmShape:
    """One arm as a smooth curve with the distance to the outline on both sides.

    `curve` (N, 2) from the shoulder joint past the wrist; `normal` (N, 2) unit vectors away from the trunk;
    `arc` (N,) pixels along it; `outer` and `inner` (N,) pixels to the outline; `elbow` and `wrist` arc lengths;
    `bare_from` the arc length where skin begins; `hand_from` the one where the hand does, the wrist's when none is
    seen, on the axis, and `hand_slant` later by so much a bare radius outwards.
    """

    curve: Points
    normal: Points
    tangent: Points
    arc: NDArray[np.float64]
    outer: NDArray[np.float64]
    inner: NDArray[np.float64]
    bare: NDArray[np.float64]
    elbow: float
    wrist: float
    bare_from: float
    hand_from: float
    hand_slant: float
    abduction: float


@dataclass(frozen=True, slots=True)
class Body:
    """`tip` the ends of the shoulders on the outline; `neck_side` where the neck meets the shoulders;
    `shoulder` (3, 2) the outline from there to the tip, at the shares SHOULDER_SHARES of the way;
    `edge_left` and `edge_right` (K,) pixels from the trunk's axis to its sides at `rows` (K,), torsos below the
    shoulders; all picture left first."""

    tip: tuple[Vector, Vector]
    neck_side: tuple[Vector, Vector]
    shoulder: tuple[Points, Points]
    rows: NDArray[np.float64]
    edge_left: NDArray[np.float64]
    edge_right: NDArray[np.float64]
    arms: tuple[ArmShape, ArmShape]
    neck_half: float
    old_hem: float

    def shoulder_outline(self, k: int) -> Points:
        """The outline (5, 2) from the neck to the tip of one shoulder."""
        return np.concatenate([self.neck_side[k][None], self.shoulder[k], self.tip[k][None]])


def _reach(mask: Bool, start: Vector, direction: Vector, most: float) -> float:
    """Pixels from `start` along `direction` for which `mask` holds without a break."""
    steps = np.arange(0.0, max(most, 1.0), 1.0)
    xs = np.round(start[0] + direction[0] * steps).astype(int)
    ys = np.round(start[1] + direction[1] * steps).astype(int)
    inside = (xs >= 0) & (ys >= 0) & (xs < mask.shape[1]) & (ys < mask.shape[0])
    held = np.zeros(len(steps), bool)
    held[inside] = mask[ys[inside], xs[inside]]
    stop = np.flatnonzero(~held)
    return float(steps[stop[0]]) if len(stop) else float(steps[-1])


def _curve(arm: Arm, count: int = 64) -> tuple[Points, NDArray[np.float64], float, float]:
    """A smooth line shoulder, elbow, wrist and a little further; with arc lengths."""
    beyond = arm.wrist + (arm.wrist - arm.elbow) * 0.35
    corners = np.stack([arm.shoulder, arm.elbow, arm.wrist, beyond])
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    places = np.linspace(0.0, lengths[-1], count)
    xs, ys = np.interp(places, lengths, corners[:, 0]), np.interp(places, lengths, corners[:, 1])
    rounded = np.stack([smooth_line(xs, 2.5), smooth_line(ys, 2.5)], axis=1)
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(rounded, axis=0).T))])
    return rounded, arc, float(lengths[1]), float(lengths[2])


def _arm_shape(arm: Arm, sign: float, skeleton: Skeleton, parse: Parse) -> ArmShape:
    unit = skeleton.shoulder_width
    curve, arc, elbow, wrist = _curve(arm)
    tangent = np.gradient(curve, axis=0)
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-6)[:, None]
    # Away from the trunk: left of the walking direction on one side, right on the other.
    normal = np.stack([tangent[:, 1], -tangent[:, 0]], axis=1) * sign
    model = unit * np.interp(arc, [0.0, 0.5 * elbow, elbow, wrist], ARM_RADII)
    solid = (parse.alpha > 0.5) & (parse.hair < 0.5)
    outer, inner = np.empty(len(arc)), np.empty(len(arc))
    for i in range(len(arc)):
        most = SLEEVE_SLACK * model[i]
        outer[i] = _reach(solid, curve[i], normal[i], most)
        inner[i] = _reach(solid, curve[i], -normal[i], most)
    free = inner < SLEEVE_SLACK * model - 1.5
    outer_edge = np.clip(outer, 0.75 * model, SLEEVE_SLACK * model)
    # Where trunk and arm touch, no outline shows the inner side: it mirrors the outer one.
    inner_edge = np.where(
        free, np.clip(inner, 0.75 * model, SLEEVE_SLACK * model), np.minimum(outer_edge, 1.15 * model)
    )
    along_upper = arm.elbow - arm.shoulder
    angle = np.degrees(
        np.arctan2(abs(float(np.dot(along_upper, skeleton.right))), float(np.dot(along_upper, skeleton.down)))
    )
    bare_from = _bare_from(curve, arc, model, wrist, parse)
    # What is bare of the arm tells how stout the rest is.
    shown = free & (arc > bare_from + 0.1 * unit) & (arc < wrist)
    if shown.sum() >= 4:
        model *= float(np.clip(np.median((outer + inner)[shown] / (2.0 * model[shown])), 0.75, 1.25))
    else:
        # Arms against the trunk show their outer side.
        shown = (arc > bare_from + 0.1 * unit) & (arc < wrist)
        if shown.sum() >= 4:
            model *= float(np.clip(np.median(outer[shown] / model[shown]), 0.85, 1.0))
    return ArmShape(
        curve=curve,
        normal=normal,
        tangent=tangent,
        arc=arc,
        outer=smooth_line(outer_edge, 2.0),
        inner=smooth_line(inner_edge, 2.0),
        bare=model,
        elbow=elbow,
        wrist=wrist,
        bare_from=bare_from,
        hand_from=_hand_from(curve, arc, model, wrist, parse),
        hand_slant=0.0,
        abduction=float(angle),
    )


def _hand_from(
    curve: Points, arc: NDArray[np.float64], model: NDArray[np.float64], wrist: float, parse: Parse
) -> float:
    """Where on the arm its hand begins."""
    places = np.argwhere(parse.hands)[::7, ::-1].astype(np.float64)
    if len(places) == 0:
        return wrist
    gap = np.hypot(places[:, None, 0] - curve[None, :, 0], places[:, None, 1] - curve[None, :, 1])
    near = gap.argmin(axis=1)
    own = gap[np.arange(len(near)), near] < HAND_BESIDE * model[near]
    arcs = arc[near[own]]
    arcs = arcs[(arcs > HAND_ABOUT[0] * wrist) & (arcs < HAND_ABOUT[1] * wrist)]
    return float(np.percentile(arcs, 5)) if len(arcs) >= FEWEST_OF_HAND else wrist


def _bare_from(
    curve: Points, arc: NDArray[np.float64], model: NDArray[np.float64], wrist: float, parse: Parse
) -> float:
    """Where on the arm skin begins and stays: the old sleeve's end."""
    share = np.zeros(len(arc))
    for i, (x, y) in enumerate(curve):
        r = max(2, round(0.5 * model[i]))
        x0, y0 = max(0, int(x) - r), max(0, int(y) - r)
        skin = parse.skin[y0 : int(y) + r + 1, x0 : int(x) + r + 1]
        cloth = parse.top[y0 : int(y) + r + 1, x0 : int(x) + r + 1]
        share[i] = float(skin.mean() / max(float(skin.mean() + cloth.mean()), 1e-3)) if skin.size else 0.0
    bare = (share >= 0.5)[arc < wrist]
    if len(bare) == 0:
        return 0.0
    # A bracelet, or a trouser leg beside the hand, is no sleeve: bare is where most of the rest is. Nor is a trunk
    # behind which the arm goes on.
    rest = np.cumsum(bare[::-1])[::-1] / np.arange(len(bare), 0, -1)
    ends = rest >= MOSTLY_BARE
    for start, stop in runs_of(bare, BARE_STRETCH * len(bare)):
        # Sleeves that slipped off, or begin below a bare shoulder, go on further down.
        ends[start:stop] |= start > 0 or stop > BARE_SHOULDER * len(bare)
    begins = np.flatnonzero(bare & ends)
    return float(arc[begins[0]]) if len(begins) else wrist


def _tips(skeleton: Skeleton, parse: Parse) -> list[Vector]:
    unit = skeleton.shoulder_width
    solid = parse.alpha > 0.5
    tips = []
    rises = []
    for arm, sign in zip(skeleton.arms, (-1.0, 1.0), strict=True):
        foot = arm.shoulder + skeleton.right * sign * 0.06 * unit
        hidden = parse.hair[
            int(np.clip(foot[1], 0, solid.shape[0] - 1)), int(np.clip(foot[0], 0, solid.shape[1] - 1))
        ]
        rise = _reach(solid, foot, -skeleton.down, 0.30 * unit)
        over_hair = rise > 0.27 * unit or hidden > 0.5
        rises.append(0.13 * unit if over_hair else float(np.clip(rise, 0.07 * unit, 0.20 * unit)))
        tips.append(foot)
    # A wild difference between the sides is hair or a bag, not a shoulder.
    calm = min(rises) + 0.06 * unit
    return [tip - skeleton.down * min(rise, calm) for tip, rise in zip(tips, rises, strict=True)]


def _neck(skeleton: Skeleton, parse: Parse) -> tuple[list[Vector], float]:
    unit = skeleton.shoulder_width
    chin = parse.head.chin
    gap = max(float(np.dot(skeleton.neck - chin, skeleton.down)), 0.12 * unit)
    axis = skeleton.neck * 0.5 + (chin + skeleton.down * gap) * 0.5
    foot = axis - skeleton.down * NECK_FOOT * gap
    # The narrowest row between chin and shoulders, hair aside.
    solid = (parse.alpha > 0.5) & (parse.hair < 0.5)
    halves = []
    for share in (0.45, 0.55, 0.65, 0.75):
        middle = axis - skeleton.down * share * gap
        left = _reach(solid, middle, -skeleton.right, 0.4 * unit)
        right = _reach(solid, middle, skeleton.right, 0.4 * unit)
        halves.append((left + right) / 2)
    half = float(np.clip(min(halves), 0.155 * unit, 0.215 * unit))
    if parse.head.measured:
        half = float(np.clip(half, 0.27 * parse.head.height, 0.40 * parse.head.height))
    return [foot - skeleton.right * half * 1.04, foot + skeleton.right * half * 1.04], half


def _shoulder_line(skeleton: Skeleton, parse: Parse, neck: Vector, tip: Vector) -> Points:
    """The outline between neck and tip; as high over the straight way as further out where hair or a hood hides
    it."""
    unit = skeleton.shoulder_width
    solid = (parse.alpha > 0.5) & (parse.hair < 0.5)
    points, before = [], 0.0
    for share in SHOULDER_SHARES[::-1]:
        straight = neck + (tip - neck) * share
        below = straight + skeleton.down * 0.10 * unit
        rise = _reach(solid, below, -skeleton.down, 0.22 * unit) / unit - 0.10
        # Towards the neck shoulders rise slowly.
        before = min(rise, before + STEEPEST_RISE) if abs(rise) < MOST_RISE else before
        points.append(straight - skeleton.down * before * unit)
    return np.array(points[::-1])


def _edges(
    skeleton: Skeleton, parse: Parse, shapes: Sequence[ArmShape]
) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    unit, shape = skeleton.shoulder_width, parse.alpha.shape
    rows = np.linspace(0.15, 1.45, 27)
    cloth = np.maximum(parse.top, parse.dress) > BESIDE_ARM
    arms = np.zeros(shape, bool)
    for arm, form in zip(skeleton.arms, shapes, strict=True):
        if arm.seen:
            chain = np.stack([arm.shoulder * 0.4 + arm.elbow * 0.6, arm.elbow, arm.wrist, arm.hand])
            limb = tube(shape, chain, (0.11 * unit, 0.11 * unit, 0.09 * unit, 0.13 * unit))
            bare = form.curve[form.arc > max(form.bare_from, SHOULDER_ARC * form.elbow)]
            if len(bare) > 1:
                # Cloth beside a bare arm is the trunk's, skin is the arm's.
                beside = tube(shape, bare, [0.18 * unit] * len(bare))
                limb = (limb & ~(beside & cloth)) | (beside & (parse.skin > BESIDE_ARM))
            arms |= limb
    solid = (parse.alpha > 0.5) & ~arms & ~parse.hands
    model = unit * np.interp(rows, TRUNK_ALONG, TRUNK_HALF)
    found = []
    for sign in (-1.0, 1.0):
        edge = np.empty(len(rows))
        for i, along in enumerate(rows):
            # Joints of a leaning or turned body lie off the axis: never closer than the hip joint.
            start = skeleton.at(float(along), 0.0)
            edge[i] = _reach(solid, start, skeleton.right * sign, 1.45 * model[i])
        found.append(smooth_line(np.clip(edge, 0.80 * model, 1.40 * model), 1.5))
    return np.asarray(rows, np.float64), found


def _old_hem(skeleton: Skeleton, parse: Parse) -> float:
    """How far down the trunk's middle the old top reaches, torsos; 1.0 when it cannot be told."""
    last = 1.0
    ys = np.linspace(0.5, 1.5, 60)
    seen = []
    for along in ys:
        x, y = skeleton.at(float(along), 0.0)
        if not (0 <= int(x) < parse.top.shape[1] and 0 <= int(y) < parse.top.shape[0]):
            break
        r = max(2, int(0.12 * skeleton.shoulder_width))
        row = parse.top[int(y), max(0, int(x) - r) : int(x) + r]
        if float(row.mean()) > 0.5:
            seen.append(float(along))
    if seen:
        last = seen[-1]
    return last


def measure_body(skeleton: Skeleton, parse: Parse) -> Body:
    """Everything a garment is fitted to, in working pixels."""
    tips = _tips(skeleton, parse)
    sides, half = _neck(skeleton, parse)
    arms = tuple(
        _arm_shape(arm, sign, skeleton, parse) for arm, sign in zip(skeleton.arms, (-1.0, 1.0), strict=True)
    )
    rows, edges = _edges(skeleton, parse, arms)
    return Body(
        tip=(tips[0], tips[1]),
        neck_side=(sides[0], sides[1]),
        shoulder=(
            _shoulder_line(skeleton, parse, sides[0], tips[0]),
            _shoulder_line(skeleton, parse, sides[1], tips[1]),
        ),
        rows=rows,
        edge_left=edges[0],
        edge_right=edges[1],
        arms=(arms[0], arms[1]),
        neck_half=half,
        old_hem=_old_hem(skeleton, parse),
    )


def trunk_half(body: Body, along: Floats, left: bool) -> Floats:
    """Pixels from the axis to the trunk's side at heights `along`."""
    edge = body.edge_left if left else body.edge_right
    return np.asarray(np.interp(along, body.rows, edge), np.float32)
