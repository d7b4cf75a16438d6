"""Lay a measured garment on a measured body.

Every picture element of the person asks where on the garment it comes from (inverse maps), so nothing tears:
a thin-plate spline (Bookstein 1989) dresses trunk and shoulders, each sleeve is wrapped along its arm, and the
two are blended across the armhole.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.garment.top import RIDGE, Sleeve, Top
from pipeline.masks import Floats, Points, nearest_station, ramp
from pipeline.person.body import SHOULDER_SHARES, ArmShape, Body
from pipeline.person.frame import Skeleton, Vector

# How cloth sits, in torsos or as ratios; chosen by eye on half of the public pairs.
NECK_DROP = 0.8  # its collar lies on the sides of the neck, behind the front: worn, necklines look less deep
HEM_USUAL = 1.06
HEM_GIVE = 0.40  # a length far from the usual one is met half-way: product photos carry no scale
HEM_LEAST, HEM_MOST = 0.62, 1.32
# share of the arm that a sleeve covers, by its length in chest widths: read off the public pairs, where a
# flat sleeve is spread and the chest is not
SLEEVE_PER_CHEST = (0.30, 0.56, 0.75, 0.95, 1.15, 1.40, 1.60)
SLEEVE_SHARE = (0.12, 0.23, 0.31, 0.42, 0.64, 0.95, 1.02)
USUAL_CHEST = 0.53
"""Width of the chest by the height from shoulder to hem."""
UPPER_SHARE = 0.53
LONG_SLEEVE = 0.80
CUFF_ON_HAND, CUFF_BEYOND, SHORT_BEYOND = 0.04, 0.04, 0.12
"""Shoulder widths that a long sleeve may lie on the hand, and that the corners of cuffs may hang lower."""
OVER_OLD = 0.05
"""Shoulder widths that a long sleeve hides of the arm below an old one."""
OWN_WIDTH = (0.25, 0.8)
"""Of a short sleeve's length: from where on it turns from the old sleeve's outline to its own width."""
HANGS = 1.3
"""Bare half widths of the arm that a short sleeve stands off on its outer side."""
TUBE = 0.76  # a flat tube is 2 / pi as wide when it is round, and sleeves are not quite round
GRID = 6
BEHIND_ARM = 0.9
"""Least half width of the trunk at the armpits, of its width beside and below them."""
EVEN, GIVES = 1.08, (0.8, 1.25)
"""How much wider or narrower than sold a print may be, and how much across and along give for it at the most."""


@dataclass(frozen=True, slots=True)
class SleeveLayer:
    """Where sleeve pixels come from: `source` (H, W, 2) garment pixels, `cover` (H, W) 0..1 inside the sleeve.

    `around` (H, W) is -1 at the inner edge, 0 on the axis, 1 at the outer edge; `end` the cuff as arc length on
    the arm.
    """

    source: Floats
    cover: Floats
    around: Floats
    end: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The garment laid on the body, in working pixels.

    `trunk` (H, W, 2) garment pixels for everything but sleeves, `cover` (H, W) 0..1 where the trunk part may be
    drawn; `scale` working pixels a garment pixel; `hem` in torsos; `pits` the armpits.
    """

    trunk: Floats
    cover: Floats
    sleeves: tuple[SleeveLayer | None, SleeveLayer | None]
    scale: float
    hem: float
    pits: tuple[Vector, Vector]
    collars: tuple[Vector, Vector]
    neck_front: Vector


def thin_plate(source: Points, target: Points, smoothing: float) -> tuple[Points, Points, Points]:
    """Coefficients (centres, weights, affine) of the spline that takes `source` to `target`, both (N, 2)."""
    n = len(source)
    gap = source[:, None] - source[None]
    r2 = (gap**2).sum(axis=2)
    kernel = 0.5 * r2 * np.log(np.maximum(r2, 1e-9))
    system = np.zeros((n + 3, n + 3))
    system[:n, :n] = kernel + smoothing * np.eye(n)
    system[:n, n] = system[n, :n] = 1.0
    system[:n, n + 1 :], system[n + 1 :, :n] = source, source.T
    right = np.zeros((n + 3, 2))
    right[:n] = target
    solved = np.linalg.solve(system, right)
    return source, np.asarray(solved[:n], np.float64), np.asarray(solved[n:], np.float64)


def evaluate(spline: tuple[Points, Points, Points], shape: tuple[int, int]) -> Floats:
    """The spline at every pixel of a (H, W) picture, (H, W, 2); exact on a grid, linear in between."""
    centres, weights, affine = spline
    height, width = shape
    ys, xs = np.arange(0, height + GRID, GRID), np.arange(0, width + GRID, GRID)
    grid = np.stack(np.meshgrid(xs, ys), axis=2).reshape(-1, 2).astype(np.float64)
    far_x, far_y = (xs[:, None] - centres[:, 0]) ** 2, (ys[:, None] - centres[:, 1]) ** 2
    r2 = (far_x + far_y[:, None]).reshape(len(grid), -1)
    kernel = 0.5 * r2 * np.log(np.maximum(r2, 1e-9))
    # einsum, not BLAS: its order of sums does not depend on threads.
    values = np.einsum("ij,jk->ik", kernel, weights) + affine[0] + np.einsum("ij,jk->ik", grid, affine[1:])
    coarse = np.round(values, 3).reshape(len(ys), len(xs), 2).astype(np.float32)
    matrix = np.array([[1.0 / GRID, 0.0, 0.0], [0.0, 1.0 / GRID, 0.0]], np.float32)
    full = cv2.warpAffine(
        coarse,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(full, np.float32)


def _at(arm: ArmShape, arc: float, offset: float) -> Vector:
    """The point `offset` pixels outward of the arm's axis at an arc length (may be negative)."""
    if arc < 0.0:
        base = arm.curve[0] + arm.tangent[0] * arc
        return np.asarray(base + arm.normal[0] * offset, np.float64)
    point = np.array([np.interp(arc, arm.arc, arm.curve[:, i]) for i in (0, 1)])
    normal = np.array([np.interp(arc, arm.arc, arm.normal[:, i]) for i in (0, 1)])
    return np.asarray(point + normal * offset, np.float64)


def _sleeve_point(sleeve: Sleeve, arc: float, share: float) -> Vector:
    """Garment point at an arc length; `share` 1 on the outer edge, -1 on the inner one."""
    axis = np.array([np.interp(arc, sleeve.arc, sleeve.axis[:, i]) for i in (0, 1)])
    out = np.array([np.interp(arc, sleeve.arc, sleeve.out[:, i]) for i in (0, 1)])
    reach = np.interp(arc, sleeve.arc, sleeve.outer if share > 0 else sleeve.inner)
    return np.asarray(axis + out * share * reach, np.float64)


@dataclass(frozen=True, slots=True)
class _ArmPlan:
    """Targets of one sleeve on one arm: half widths along it and the matching of arc lengths.

    `armhole` is where the trunk's armhole ends below, `pit` the same for the sleeve: a cap sleeve ends before it;
    beyond `last` nothing of the cuff is drawn.
    """

    outer: NDArray[np.float64]
    inner: NDArray[np.float64]
    start: float
    armhole: float
    pit: float
    end: float
    last: float


class Fitter:
    """Lays one top on one body; see `fit`."""

    boxiest = 1.3
    """How much wider than usual for its height a garment's chest can be."""
    drape = 1.06
    """A flat garment wraps round the body: worn it looks narrower than it is long."""

    def __init__(self, top: Top, body: Body, skeleton: Skeleton, shape: tuple[int, int]) -> None:
        self.top, self.body, self.skeleton, self.shape = top, body, skeleton, shape
        self.unit, self.torso = skeleton.shoulder_width, skeleton.torso
        self.centre = (top.armpit[0][0] + top.armpit[1][0]) / 2
        self.scale_x, self.scale_y = self._scales()

    def _scales(self) -> tuple[float, float]:
        """Working pixels a garment pixel, across and along: from shoulders and chest, both must agree a little."""
        top, body = self.top, self.body
        shoulders = float(np.hypot(*(top.shoulder[1] - top.shoulder[0])))
        tips = float(np.hypot(*(body.tip[1] - body.tip[0])))
        chest = float(top.armpit[1][0] - top.armpit[0][0])
        by_chest = 2.0 * 0.53 * self.unit / max(chest, 1.0)
        by_shoulder = tips / max(shoulders, 1.0)
        if None in top.sleeves:
            by_shoulder = by_chest  # straps end where they please
        across = float(np.clip(np.sqrt(by_chest * by_shoulder), 0.85 * by_chest, 1.2 * by_chest))
        return across, across * (self.drape if top.worn_hem is None else 1.0)

    def _hem(self) -> float:
        """Where the hem falls, torsos below the shoulder joints."""
        top = self.top
        if top.worn_hem is not None:
            return float(np.clip(top.worn_hem, HEM_LEAST, HEM_MOST))
        tips = np.mean([self._along(tip) for tip in self.body.tip])
        shoulder = (top.shoulder[0][1] + top.shoulder[1][1]) / 2
        natural = float(tips) + (top.rows[-1] - shoulder) * self.scale_y / self.torso
        if natural < 0.72:
            return float(max(natural, HEM_LEAST))  # a cropped top is meant to be one
        hem = HEM_USUAL + HEM_GIVE * (natural - HEM_USUAL)
        # Slightly longer rather than leave the old hem below the new one.
        old = self.body.old_hem + 0.03
        if hem < old < hem * 1.13:
            hem = old
        return float(np.clip(hem, HEM_LEAST, HEM_MOST))

    def _along(self, point: Vector) -> float:
        return float(np.dot(point - self.skeleton.neck, self.skeleton.down)) / self.torso

    def _across(self, point: Vector) -> float:
        return float(np.dot(point - self.skeleton.neck, self.skeleton.right))

    def _arm_share(self) -> float:
        """The share of an arm that the sleeves cover; of two that differ the shorter one is folded."""
        top = self.top
        chest = max(float(top.armpit[1][0] - top.armpit[0][0]), 1.0)
        height = float(top.rows[-1] - (top.shoulder[0][1] + top.shoulder[1][1]) / 2)
        # A boxy garment's chest is no measure of who wears it.
        usual = float(np.clip(USUAL_CHEST * height, chest / self.boxiest, chest))
        longest = max(sleeve.length for sleeve in top.sleeves if sleeve is not None)
        return float(np.interp(longest / usual, SLEEVE_PER_CHEST, SLEEVE_SHARE))

    def _plan(self, k: int) -> _ArmPlan | None:
        sleeve, arm = self.top.sleeves[k], self.body.arms[k]
        if sleeve is None:
            return None
        tip = self.body.tip[k]
        start = min(0.0, float(np.dot(tip - arm.curve[0], arm.tangent[0])))
        share = self._arm_share()
        if sleeve.covers is not None:
            share = sleeve.covers
        if share > LONG_SLEEVE:
            share = float(np.clip(share, 0.985, 1.03))
        upper, lower = arm.elbow - start, arm.wrist - arm.elbow
        if share <= UPPER_SHARE:
            end = start + upper * share / UPPER_SHARE
        else:
            end = arm.elbow + lower * (share - UPPER_SHARE) / (1.0 - UPPER_SHARE)
        if share > LONG_SLEEVE:
            # Where a hand comes out of an old cuff, that is where it begins.
            past, on = (0.0, 0.0) if arm.bare_from >= arm.hand_from else (OVER_OLD, CUFF_ON_HAND)
            end = max(end, arm.bare_from + past * self.unit)
            # A cuff ends where the hand begins, not on it.
            end = min(end, max(arm.hand_from + on * self.unit, 0.9 * arm.wrist))
        elif end < arm.bare_from < end * 1.12:
            end = arm.bare_from + 2.0  # hide the old cuff rather than paint a finger's breadth of skin
        depth = abs(self.top.armpit[k][1] - self.top.shoulder[k][1]) * self.scale_y
        armhole = start + float(np.clip(depth, 0.26 * self.torso, 0.40 * self.torso))
        pit = min(armhole, start + 0.8 * (end - start))
        matched = self._match(arm.arc, start, pit, end, sleeve)
        # A flat tube is wider than a filled one.
        tube = self.scale_y * (TUBE if sleeve.covers is None else 1.0)
        outer = np.interp(matched, sleeve.arc, sleeve.outer) * tube
        inner = np.interp(matched, sleeve.arc, sleeve.inner) * tube
        natural = (outer + inner) / 2
        covered = arm.arc < arm.bare_from
        # At least the outline (old sleeve or bare arm with ease), at most what the cloth can be.
        least_out = np.where(covered, arm.outer + 0.02 * self.unit, 1.05 * arm.outer)
        least_in = np.where(covered, arm.inner + 0.01 * self.unit, 1.05 * arm.inner)
        most = np.maximum(1.45 * natural, 1.35 * arm.bare)
        wide = np.clip(natural, 1.06 * arm.bare, 2.1 * arm.bare)
        # An old sleeve a little wider than the new one would look out beside it: take its outline instead.
        target_out = np.maximum(wide, np.minimum(least_out, most))
        target_in = np.maximum(wide, np.minimum(least_in, most))
        if share <= LONG_SLEEVE:
            # Towards the end of a short one, where the arm comes out bare, that would be a balloon.
            own = ramp((arm.arc - start) / max(end - start, 1.0), *OWN_WIDTH)
            # It hangs from the arm's outer side, its slack is on the inner one.
            near = np.minimum(wide, HANGS * arm.bare)
            target_out, target_in = target_out + own * (near - target_out), target_in + own * (wide - target_in)
        # Shoulders of cloth follow the shoulders of the body; only below them a sleeve may stand off.
        shoulder = start + 0.36 * self.torso
        away = np.clip((arm.arc - 0.3 * shoulder) / (1.2 * shoulder), 0.0, 1.0)
        close = np.maximum(arm.outer, 0.9 * arm.bare) + (0.03 + 0.16 * away) * self.unit
        target_out = np.where(arm.arc < 1.5 * shoulder, np.minimum(target_out, close), target_out)
        beyond = SHORT_BEYOND if share <= LONG_SLEEVE else CUFF_BEYOND
        return _ArmPlan(target_out, target_in, start, armhole, pit, end, end + beyond * self.unit)

    @staticmethod
    def _match(
        arcs: NDArray[np.float64], start: float, pit: float, end: float, sleeve: Sleeve
    ) -> NDArray[np.float64]:
        """Arc lengths on the arm to arc lengths on the sleeve, running on at both ends."""
        knots = [start, pit, end]
        values = [0.0, sleeve.pit, sleeve.length]
        inside = np.interp(arcs, knots, values)
        before = (arcs - start) * (sleeve.pit / max(pit - start, 1.0))
        after = sleeve.length + (arcs - end) * ((sleeve.length - sleeve.pit) / max(end - pit, 1.0))
        return np.asarray(np.where(arcs < start, before, np.where(arcs > end, after, inside)), np.float64)

    def _pit(self, k: int, plan: _ArmPlan | None) -> Vector:
        sign = -1.0 if k == 0 else 1.0
        arm = self.body.arms[k]
        tip = self._along(self.body.tip[k])
        depth = abs(self.top.armpit[k][1] - self.top.shoulder[k][1]) * self.scale_y / self.torso
        along = tip + float(np.clip(depth, 0.26, 0.42))
        joint = abs(self._across(self.skeleton.arms[k].shoulder))
        wide = float(np.clip(joint, 0.40 * self.unit, 0.56 * self.unit))
        free = self.skeleton.at(along, sign * wide)
        if plan is None:
            return free
        reach = float(np.interp(plan.armhole, arm.arc, plan.inner))
        hanging = _at(arm, plan.armhole, -reach)
        # An arm before the trunk hides where its side goes on.
        edge = self.body.edge_left if k == 0 else self.body.edge_right
        hidden = BEHIND_ARM * min(wide, float(np.interp(along + 0.15, self.body.rows, edge)))
        further = max(hidden - sign * self._across(hanging), 0.0)
        hanging = hanging + self.skeleton.right * sign * further
        raised = float(ramp(np.array([arm.abduction]), 30.0, 60.0)[0])
        return np.asarray(hanging * (1.0 - raised) + free * raised, np.float64)

    def _collars(self) -> tuple[list[Vector], Vector]:
        top, body = self.top, self.body
        points = []
        # From the neck's own middle: a head held to one side does not move the collar.
        half = float(np.hypot(*(body.neck_side[1] - body.neck_side[0]))) / 2
        for k in (0, 1):
            line = body.tip[k] - body.neck_side[k]
            length = max(float(np.hypot(*line)), 1.0)
            # The garment's own neck opening, but never inside the neck.
            reach = abs(top.collar[k][0] - self.centre) * self.scale_x
            share = min(max(0.0, reach - half) / length, 0.7)
            # On the outline of the shoulder, not on the straight way there.
            outline = body.shoulder_outline(k)
            shares = (0.0, *SHOULDER_SHARES, 1.0)
            points.append(np.array([np.interp(share, shares, outline[:, i]) for i in (0, 1)]))
        drop = top.neck_front[1] - (top.collar[0][1] + top.collar[1][1]) / 2
        front = (points[0] + points[1]) / 2 + self.skeleton.down * drop * self.scale_y * NECK_DROP
        return points, np.asarray(front, np.float64)

    def _neckline(self, collars: list[Vector]) -> list[tuple[Vector, Vector]]:
        """The neckline keeps its shape: round stays round between the collar points."""
        first, last = self.top.collar
        pairs = []
        for point in self.top.neckline[1:-1]:
            share = (point[0] - first[0]) / max(float(last[0] - first[0]), 1.0)
            drop = point[1] - (first[1] + share * (last[1] - first[1]))
            hang = self.skeleton.down * drop * self.scale_y * NECK_DROP
            target = collars[0] + share * (collars[1] - collars[0]) + hang
            pairs.append((np.asarray(target, np.float64), point))
        return pairs

    def _ridge(self, k: int, collar: Vector) -> list[tuple[Vector, Vector]]:
        """The cloth between collar and shoulder lies on the body's outline there."""
        neck, tip = self.body.neck_side[k], self.body.tip[k]
        way = tip - neck
        length = max(float(way @ way), 1.0)
        line = self.body.shoulder_outline(k)
        shares = ((line - neck) @ way) / length
        begin = float((collar - neck) @ way) / length
        end = float((self._shoulder(k) - neck) @ way) / length
        pairs = []
        for share, source in zip(RIDGE, self.top.ridge[k], strict=True):
            place = begin + (end - begin) * share
            target = np.array([np.interp(place, shares, line[:, i]) for i in (0, 1)])
            pairs.append((target, source))
        return pairs

    def _shoulder(self, k: int) -> Vector:
        """Where the garment's shoulder point goes: the body's, or for straps as far out as they are cut."""
        neck, tip = self.body.neck_side[k], self.body.tip[k]
        if self.top.sleeves[k] is not None:
            return tip
        reach = abs(self.top.shoulder[k][0] - self.centre) * self.scale_x
        inner, outer = abs(self._across(neck)), abs(self._across(tip))
        share = (reach - inner) / max(outer - inner, 1.0)
        return np.asarray(neck + (tip - neck) * float(np.clip(share, 0.15, 1.0)), np.float64)

    def _sides(self, pits: list[Vector], hem: float) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
        """Heights of the garment's rows on the body, and half widths left and right there."""
        top = self.top
        start = (self._along(pits[0]) + self._along(pits[1])) / 2
        share = (top.rows - top.rows[0]) / max(float(top.rows[-1] - top.rows[0]), 1.0)
        along = start + share * (hem - start)
        halves = []
        for k, (edge, body_edge) in enumerate(
            ((top.side_left, self.body.edge_left), (top.side_right, self.body.edge_right))
        ):
            sign = -1.0 if k == 0 else 1.0
            at_pit = sign * self._across(pits[k])
            own = sign * (edge - self.centre)
            own = own / max(float(own[0]), 1.0) * at_pit
            trunk = np.interp(along, self.body.rows, body_edge)
            # Cloth neither cuts into the body nor stands far off it.
            wide = np.clip(own, 1.02 * trunk, 1.02 * trunk + 0.14 * self.unit)
            fade = np.clip(share / 0.18, 0.0, 1.0)
            halves.append(at_pit * (1.0 - fade) + wide * fade)
        return along, halves

    def _trunk_points(
        self,
        pits: list[Vector],
        collars: list[Vector],
        front: Vector,
        hem: float,
        plans: list[_ArmPlan | None],
    ) -> tuple[Points, Points, NDArray[np.float64], list[NDArray[np.float64]]]:
        top, skeleton = self.top, self.skeleton
        pairs: list[tuple[Vector, Vector]] = [(front, top.neck_front), *self._neckline(collars)]
        along, halves = self._sides(pits, hem)
        for k in (0, 1):
            sign = -1.0 if k == 0 else 1.0
            pairs += [(collars[k], top.collar[k]), (self._shoulder(k), top.shoulder[k]), (pits[k], top.armpit[k])]
            pairs += self._ridge(k, collars[k])
            edge = top.side_left if k == 0 else top.side_right
            for i in range(2, len(along), 2):
                own = np.array([edge[i], top.rows[i]])
                pairs.append((skeleton.at(float(along[i]), sign * float(halves[k][i])), own))
            pairs += self._cap_points(k, plans[k])
        pairs += self._front_points(front, along, halves)
        # The cloth below the hem line (tails, ribbing) runs straight on.
        step = float(top.rows[-1] - top.rows[-3])
        rate = float(along[-1] - along[-3])
        for k in (0, 1):
            sign = -1.0 if k == 0 else 1.0
            edge = top.side_left if k == 0 else top.side_right
            below = skeleton.at(float(along[-1]) + rate, sign * float(halves[k][-1]))
            pairs.append((below, np.array([edge[-1], top.rows[-1] + step])))
        targets = np.array([pair[0] for pair in pairs])
        sources = np.array([pair[1] for pair in pairs])
        keep = [
            i for i in range(len(targets)) if all(np.hypot(*(targets[i] - targets[j])) > 3.0 for j in range(i))
        ]
        return targets[keep], sources[keep], along, halves

    def _front_points(
        self, front: Vector, along: NDArray[np.float64], halves: list[NDArray[np.float64]]
    ) -> list[tuple[Vector, Vector]]:
        """The cloth between the sides, from the neckline to the hem, so that prints keep their shape.

        A garment that is too wide or too long for the body goes round its sides and gathers at its hem; in front
        both directions keep nearly one scale.
        """
        top = self.top
        begin = min(float(top.neck_front[1]), float(top.rows[0]))
        start = self._along(front) if begin == top.neck_front[1] else float(along[0])
        length = float(top.rows[-1]) - begin
        down = (float(along[-1]) - start) * self.torso / max(length, 1.0)
        at_chest = float(top.rows[0]) + 0.2 * length
        wide = [float(np.interp(at_chest, top.rows, half)) for half in halves]
        own = np.interp(at_chest, top.rows, top.side_right - top.side_left)
        rate = sum(wide) / max(float(own), 1.0) / max(down, 1e-6)
        give = np.sqrt(float(np.clip(rate, 1.0 / EVEN, EVEN)) / rate)
        middle, top_end = (1.0 + (float(np.clip(g, *GIVES)) - 1.0) * 4.0 / 3.0 for g in (give, 1.0 / give))
        pairs = []
        for share in np.linspace(0.0, 1.0, 8)[1:]:
            row = begin + share * length
            even = start + (share + (top_end - 1.0) * (share - share**3)) * (float(along[-1]) - start)
            beside = float(np.interp(row, np.append(begin, top.rows), np.append(start, along)))
            place = (even + beside) / 2
            for u in (-0.45, 0.0, 0.45):
                k = 0 if u < 0 else 1
                edge = float(np.interp(row, top.rows, top.side_left if k == 0 else top.side_right))
                target = (u + (middle - 1.0) * (u - u**3)) * float(np.interp(row, top.rows, halves[k]))
                source = np.array([self.centre + abs(u) * (edge - self.centre), row])
                pairs.append((self.skeleton.at(place, target), source))
        return pairs

    def _cap_points(self, k: int, plan: _ArmPlan | None) -> list[tuple[Vector, Vector]]:
        """The sleeve's cap belongs to both maps: here the spline learns what the sleeve will do."""
        sleeve, arm = self.top.sleeves[k], self.body.arms[k]
        if sleeve is None or plan is None:
            return []
        pairs = []
        for share in (0.35, 0.65, 0.95):
            arc = plan.start + share * (plan.pit - plan.start)
            own = share * sleeve.pit
            reach = float(np.interp(arc, arm.arc, plan.outer))
            pairs.append((_at(arm, arc, reach), _sleeve_point(sleeve, own, 1.0)))
        middle = _at(arm, plan.pit, 0.0)
        pairs.append((middle, _sleeve_point(sleeve, sleeve.pit, 1e-6)))
        return pairs

    def _cover(self, pits: list[Vector], along: NDArray[np.float64], halves: list[NDArray[np.float64]]) -> Floats:
        """Where the trunk part may be drawn: between the sides below the armpits, everywhere above them."""
        ys, xs = (axis.astype(np.float32) for axis in np.ogrid[0 : self.shape[0], 0 : self.shape[1]])
        height, across = self.skeleton.along(xs, ys), self.skeleton.across(xs, ys)
        cover = np.ones(self.shape, np.float32)
        for k, sign in ((0, -1.0), (1, 1.0)):
            start = self._along(pits[k])
            limit = np.interp(height, along, halves[k]).astype(np.float32) + 1.5
            # Open the limit towards the shoulder tip, which lies further out than the armpit.
            tip_along, tip_across = self._along(self.body.tip[k]), sign * self._across(self.body.tip[k])
            pit_across = sign * self._across(pits[k])
            t = np.clip((start - height) / max(start - tip_along, 1e-3), 0.0, 1.3)
            above = pit_across + (max(tip_across, pit_across) - pit_across) * t + 0.05 * self.unit * t
            edge = np.where(height < start, above, limit)
            if self.top.sleeves[k] is None:
                edge = np.where(height < start, 1e6, edge)
            cover = np.minimum(cover, np.clip(edge - sign * across + 0.5, 0.0, 1.0))
        return np.asarray(cover, np.float32)

    def _sleeve_layer(self, k: int, plan: _ArmPlan, trunk: Floats, pit: Vector) -> SleeveLayer:
        sleeve, arm = self.top.sleeves[k], self.body.arms[k]
        assert sleeve is not None  # noqa: S101  (a plan exists only for a sleeve)
        height, width = self.shape
        margin = 2.2 * float(np.max(np.concatenate([plan.outer, plan.inner])))
        low = np.maximum(np.floor(arm.curve.min(axis=0) - margin), 0).astype(int)
        high = np.ceil(arm.curve.max(axis=0) + margin).astype(int)
        x0, y0, x1, y1 = low[0], low[1], min(width, int(high[0])), min(height, int(high[1]))
        source = np.zeros((height, width, 2), np.float32)
        cover, around = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
        if x1 <= x0 or y1 <= y0:
            return SleeveLayer(source, cover, around, plan.end)
        ys, xs = (axis.astype(np.float32) for axis in np.ogrid[y0:y1, x0:x1])
        near = nearest_station(arm.curve, xs, ys)
        dx, dy = xs - arm.curve[near, 0], ys - arm.curve[near, 1]
        arc = arm.arc[near] + dx * arm.tangent[near, 0] + dy * arm.tangent[near, 1]
        offset = dx * arm.normal[near, 0] + dy * arm.normal[near, 1]
        reach = np.where(offset > 0, np.interp(arc, arm.arc, plan.outer), np.interp(arc, arm.arc, plan.inner))
        share = offset / np.maximum(reach, 1.0)
        own = self._match(arc, plan.start, plan.pit, plan.end, sleeve)
        own_reach = np.where(
            offset > 0, np.interp(own, sleeve.arc, sleeve.outer), np.interp(own, sleeve.arc, sleeve.inner)
        )
        axis_x, axis_y = (np.interp(own, sleeve.arc, sleeve.axis[:, i]) for i in (0, 1))
        out_x, out_y = (np.interp(own, sleeve.arc, sleeve.out[:, i]) for i in (0, 1))
        # Past either end it runs straight on, along the turned normal.
        turn = -1.0 if k == 0 else 1.0
        beyond = np.where(own > sleeve.length, own - sleeve.length, np.where(own < 0, own, 0.0))
        mapped = np.stack(
            [
                axis_x + share * own_reach * out_x - beyond * out_y * turn,
                axis_y + share * own_reach * out_y + beyond * out_x * turn,
            ],
            axis=2,
        ).astype(np.float32)
        # Inside the cap the map grows out of the trunk's, from the seam outwards.
        tip = self.body.tip[k]
        line = pit - tip
        line = line / max(float(np.hypot(*line)), 1e-6)
        across = np.array([line[1], -line[0]]) * (-1.0 if k == 0 else 1.0)
        from_seam = (xs - tip[0]) * across[0] + (ys - tip[1]) * across[1]
        below = ramp(arc, plan.pit - 0.02 * self.torso, plan.pit + 0.10 * self.torso)
        blend = np.maximum(ramp(from_seam, 0.0, 0.17 * self.unit), below)[..., None]
        mapped = trunk[y0:y1, x0:x1] * (1.0 - blend) + mapped * blend
        inside = np.clip(reach - np.abs(offset) + 0.5, 0.0, 1.0)
        seam = np.clip(from_seam / 2.0 + 0.5, 0.0, 1.0)
        inside *= np.maximum(seam, ramp(arc, plan.pit - 3.0, plan.pit + 3.0))
        inside *= (arc > plan.start - 0.5 * self.unit) & (arc < plan.last)
        source[y0:y1, x0:x1], cover[y0:y1, x0:x1], around[y0:y1, x0:x1] = mapped, inside, share
        return SleeveLayer(source, cover, around, plan.end)

    def fit(self) -> Fit:
        """Maps for trunk and sleeves."""
        hem = self._hem()
        plans = [self._plan(0), self._plan(1)]
        pits = [self._pit(0, plans[0]), self._pit(1, plans[1])]
        collars, front = self._collars()
        targets, sources, along, halves = self._trunk_points(pits, collars, front, hem, plans)
        trunk = evaluate(thin_plate(targets, sources, 2.0), self.shape)
        layers = [
            None if plan is None else self._sleeve_layer(k, plan, trunk, pits[k]) for k, plan in enumerate(plans)
        ]
        return Fit(
            trunk=trunk,
            cover=self._cover(pits, along, halves),
            sleeves=(layers[0], layers[1]),
            scale=float(np.sqrt(self.scale_x * self.scale_y)),
            hem=hem,
            pits=(pits[0], pits[1]),
            collars=(collars[0], collars[1]),
            neck_front=front,
        )


def fit_top(top: Top, body: Body, skeleton: Skeleton, shape: tuple[int, int]) -> Fit:
    """Lay `top` on `body`; maps have `shape` (H, W)."""
    return Fitter(top, body, skeleton, shape).fit()
