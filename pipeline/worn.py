"""A garment cut out of a photo of somebody who wears it: what shops mostly have.

The wearer's joints say what no outline can: where sleeves begin and end, how deep the armhole is, where the hem
hangs. Hair, hands and bags over the cloth are filled from the cloth beside them.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.garment import RIDGE, Garment, Sleeve, Top, garment_of, normalised
from pipeline.masks import Bool, Floats, Points, distance, guided, largest, polygon, push_pull, shrink, smooth_line
from pipeline.person.body import ArmShape
from pipeline.person.frame import Vector
from pipeline.person.wearer import Wearer
from pipeline.types import Category, Image

ARMHOLE = 0.36
"""Torsos from the shoulder's tip down to the armpit."""
SLEEVELESS = 0.12
"""A sleeve that covers less of the arm is a strap or an armhole's edge."""


def _trunk(wearer: Wearer) -> Bool:
    """Shoulders to hips without arms: cloth covered there by hair or hands goes on behind them."""
    skeleton, body = wearer.skeleton, wearer.body
    rows = body.rows <= max(body.old_hem, 0.5)
    left = [
        skeleton.at(float(r), -0.92 * float(e)) for r, e in zip(body.rows[rows], body.edge_left[rows], strict=True)
    ]
    right = [
        skeleton.at(float(r), 0.92 * float(e)) for r, e in zip(body.rows[rows], body.edge_right[rows], strict=True)
    ]
    return polygon(wearer.parse.alpha.shape, np.array(left + right[::-1]))


def _cloth(wearer: Wearer) -> Bool:
    """The top with what lies over it filled in, working pixels."""
    parse = wearer.parse
    seen = largest(parse.top > 0.5, 0.05)
    over = ((parse.hair > 0.4) | parse.hands | (parse.skin > 0.5)) & _trunk(wearer)
    below_neck = distance(seen) < 0.5 * wearer.skeleton.shoulder_width
    lower = wearer.skeleton.along(*_grid(seen.shape)) > 0.22
    closed = cv2.morphologyEx(seen.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)) > 0
    return np.asarray(seen | closed | (over & below_neck & lower), bool)


def _grid(shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return xs, ys


class _Reader:
    """Measures of a worn top in working pixels."""

    def __init__(self, wearer: Wearer, cloth: Bool) -> None:
        self.body, self.skeleton = wearer.body, wearer.skeleton
        self.cloth = cloth
        self.unit, self.torso = self.skeleton.shoulder_width, self.skeleton.torso

    def _first(self, start: Vector, end: Vector) -> float:
        """Share of the way from `start` to `end` where cloth begins; 1 when there is none."""
        for share in np.linspace(0.0, 1.0, 41):
            x, y = start + (end - start) * share
            if 0 <= y < self.cloth.shape[0] and 0 <= x < self.cloth.shape[1] and self.cloth[int(y), int(x)]:
                return float(share)
        return 1.0

    def _line(self, k: int) -> Points:
        """The shoulder from neck to tip, a finger's breadth inside the outline."""
        body = self.body
        line = np.concatenate([body.neck_side[k][None], body.shoulder[k], body.tip[k][None]])
        return np.asarray(line + self.skeleton.down * 0.03 * self.unit, np.float64)

    def _on_line(self, line: Points, share: float) -> Vector:
        places = np.linspace(0.0, 1.0, len(line))
        return np.array([np.interp(share, places, line[:, i]) for i in (0, 1)])

    def shoulders(self) -> tuple[list[Vector], list[Vector], list[Points]]:
        """Collar points, shoulder points and the ridge between them, picture left first."""
        collars, ends, ridges = [], [], []
        for k in (0, 1):
            line = self._line(k)
            there = [self._is_cloth(self._on_line(line, float(s))) for s in np.linspace(0.0, 1.0, 41)]
            shares = np.flatnonzero(there) / 40.0
            first, last = (float(shares[0]), float(shares[-1])) if len(shares) else (0.2, 0.8)
            lift = -self.skeleton.down * 0.03 * self.unit
            collars.append(self._on_line(line, first) + lift)
            ends.append(self._on_line(line, max(last, first + 0.1)) + lift)
            ridges.append(
                np.array([self._on_line(line, first + (last - first) * share) + lift for share in RIDGE])
            )
        return collars, ends, ridges

    def _is_cloth(self, point: Vector) -> bool:
        x, y = int(point[0]), int(point[1])
        return 0 <= y < self.cloth.shape[0] and 0 <= x < self.cloth.shape[1] and bool(self.cloth[y, x])

    def neckline(self, collars: list[Vector]) -> Points:
        """Where cloth begins below the line between the collar points."""
        points = []
        for share in np.linspace(0.0, 1.0, 9):
            start = collars[0] + (collars[1] - collars[0]) * share
            end = start + self.skeleton.down * 0.7 * self.torso
            drop = self._first(start, end) if 0.0 < share < 1.0 else 0.0
            points.append(start + (end - start) * (drop if drop < 1.0 else 0.0))
        return np.array(points)

    def sleeve(self, k: int) -> Sleeve | None:
        """The covered part of an arm."""
        arm, tip = self.body.arms[k], self.body.tip[k]
        if not self.skeleton.arms[k].seen:
            return None
        start = min(0.0, float(np.dot(tip - arm.curve[0], arm.tangent[0])))
        covers = (arm.bare_from - start) / max(arm.wrist - start, 1.0)
        if covers < SLEEVELESS:
            return None
        end = arm.bare_from
        # From before the joint on: the cap begins at the foot of the shoulder's tip.
        ahead = np.linspace(start, 0.0, 4)[:-1] if start < 0.0 else np.zeros(0)
        arcs = np.concatenate([ahead, arm.arc[arm.arc < end], [end]])
        axis = np.stack([self._place(arm, float(arc)) for arc in arcs])
        out = np.stack([np.interp(arcs, arm.arc, arm.normal[:, i]) for i in (0, 1)], axis=1)
        outer, inner = np.interp(arcs, arm.arc, arm.outer), np.interp(arcs, arm.arc, arm.inner)
        pit = min(ARMHOLE * self.torso, 0.85 * (end - start))
        return Sleeve(axis, out, outer, inner, arcs - start, pit, end - start, float(min(covers, 1.02)))

    @staticmethod
    def _place(arm: ArmShape, arc: float) -> Vector:
        if arc < 0.0:
            return np.asarray(arm.curve[0] + arm.tangent[0] * arc, np.float64)
        return np.array([np.interp(arc, arm.arc, arm.curve[:, i]) for i in (0, 1)])

    def pits(self, sleeves: list[Sleeve | None]) -> list[Vector]:
        """Where the armholes end below."""
        points = []
        for k, sign in ((0, -1.0), (1, 1.0)):
            sleeve = sleeves[k]
            along = float(np.dot(self.body.tip[k] - self.skeleton.neck, self.skeleton.down)) / self.torso + ARMHOLE
            joint = abs(float(np.dot(self.skeleton.arms[k].shoulder - self.skeleton.neck, self.skeleton.right)))
            point = self.skeleton.at(along, sign * float(np.clip(joint, 0.40 * self.unit, 0.56 * self.unit)))
            if sleeve is not None and self.body.arms[k].abduction < 45.0:
                axis = np.array([np.interp(sleeve.pit, sleeve.arc, sleeve.axis[:, i]) for i in (0, 1)])
                across = np.array([np.interp(sleeve.pit, sleeve.arc, sleeve.out[:, i]) for i in (0, 1)])
                point = axis - across * float(np.interp(sleeve.pit, sleeve.arc, sleeve.inner))
            points.append(np.asarray(point, np.float64))
        return points

    def sides(self, pits: list[Vector], hem: float) -> tuple[Points, Points]:
        """The trunk's edges from the armpits to the hem, (13, 2) each."""
        edges = []
        for k, (sign, half) in enumerate(((-1.0, self.body.edge_left), (1.0, self.body.edge_right))):
            begin = float(np.dot(pits[k] - self.skeleton.neck, self.skeleton.down)) / self.torso
            rows = np.linspace(begin, max(hem, begin + 0.2), 13)
            wide = np.interp(rows, self.body.rows, half)
            wide[0] = abs(float(np.dot(pits[k] - self.skeleton.neck, self.skeleton.right)))
            wide = smooth_line(wide, 1.0)
            edges.append(
                np.array([self.skeleton.at(float(r), sign * float(w)) for r, w in zip(rows, wide, strict=True)])
            )
        return edges[0], edges[1]

    def hem(self) -> float:
        """Torsos below the shoulders, on the trunk's middle."""
        last = 0.6
        for along in np.linspace(0.5, 1.9, 141):
            near = [self._is_cloth(self.skeleton.at(float(along), dx * self.unit)) for dx in (-0.15, 0.0, 0.15)]
            if sum(near) >= 2:
                last = float(along)
        return last


def _measure(wearer: Wearer, cloth: Bool, move: NDArray[np.float64], scale: float) -> Top:
    """The measures; `point * scale + move` takes working pixels to those of the piece."""
    read = _Reader(wearer, cloth)
    collars, ends, ridges = read.shoulders()
    neckline = read.neckline(collars)
    sleeves = [read.sleeve(0), read.sleeve(1)]
    pits, hem = read.pits(sleeves), read.hem()
    left, right = read.sides(pits, hem)

    def to(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(points * scale + move, np.float64)

    def moved(sleeve: Sleeve | None) -> Sleeve | None:
        if sleeve is None:
            return None
        sizes = (values * scale for values in (sleeve.outer, sleeve.inner, sleeve.arc))
        outer, inner, arc = sizes
        pit, length = sleeve.pit * scale, sleeve.length * scale
        return Sleeve(to(sleeve.axis), sleeve.out, outer, inner, arc, pit, length, sleeve.covers)

    left, right = to(left), to(right)
    return Top(
        collar=(to(collars[0]), to(collars[1])),
        shoulder=(to(ends[0]), to(ends[1])),
        armpit=(to(pits[0]), to(pits[1])),
        ridge=(to(ridges[0]), to(ridges[1])),
        neck_front=to(neckline[4]),
        neckline=to(neckline),
        rows=(left[:, 1] + right[:, 1]) / 2,
        side_left=left[:, 0],
        side_right=right[:, 0],
        sleeves=(moved(sleeves[0]), moved(sleeves[1])),
        worn_hem=hem,
    )


def _uncovered(photo: Image, cloth: Floats, seen: Floats) -> Image:
    """The photo with cloth painted where it is known to go on (`cloth`) but something lies over it."""
    known = shrink(seen > 0.8, 2.0)
    hidden = (cloth > 0.5) & ~(seen > 0.5)
    if not hidden.any() or not known.any():
        return photo
    filled = push_pull(photo, known)
    soft = cv2.GaussianBlur(hidden.astype(np.float32), (0, 0), 1.5)[..., None]
    soft = np.maximum(soft, hidden[..., None].astype(np.float32))
    return np.asarray(np.clip(photo * (1.0 - soft) + filled * soft + 0.5, 0, 255), np.uint8)


def worn_top(photo: Image, wearer: Wearer) -> Garment:
    """The top that `wearer` has on in `photo`. Raises GarmentError when too little of it shows."""
    frame = wearer.frame
    crop = np.ascontiguousarray(photo[frame.top : frame.bottom, frame.left : frame.right])
    size = (crop.shape[1], crop.shape[0])
    cloth = _cloth(wearer)

    def sharp(mask: Bool) -> Floats:
        grown = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
        return np.asarray(
            np.clip((guided(crop, grown, 2.0 / frame.scale, 2e-4) - 0.2) / 0.6, 0.0, 1.0), np.float32
        )

    outline, seen = sharp(cloth), sharp(wearer.parse.top > 0.5)
    picture = _uncovered(crop, outline, seen)
    work, mask, scale, move = normalised(picture, outline)
    top = _measure(wearer, cloth, move, scale / frame.scale)
    return garment_of(work, mask, np.zeros_like(mask), Category.UPPER, top=top)
