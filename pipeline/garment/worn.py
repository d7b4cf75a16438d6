"""A garment cut out of a photo of somebody who wears it: what shops mostly have.

The wearer's joints say what no outline can: where sleeves begin and end, how deep the armhole is, where the hem
hangs. Hair, hands and bags over the cloth are filled from the cloth beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from pipeline.garment.analysis import Garment, garment_of, normalised
from pipeline.garment.bottom import read_bottom
from pipeline.garment.dress import read_skirt
from pipeline.garment.top import RIDGE, Sleeve, Top
from pipeline.masks import (
    Bool,
    Floats,
    Points,
    blur,
    distance,
    guided,
    largest,
    polygon,
    push_pull,
    shrink,
    smooth_line,
)
from pipeline.person.body import ArmShape
from pipeline.person.detect import FoundPerson, is_somebody
from pipeline.person.frame import Vector
from pipeline.person.wearer import Wearer
from pipeline.types import Category, Image

ARMHOLE = 0.36
"""Torsos from the shoulder's tip down to the armpit."""
BELOW_NECKLINE = 0.22
"""Torsos: skin further up is a neckline, not an arm over the cloth."""
BODICE_END, SEAM = 1.0, 0.92
"""Torsos at which the bodice of a worn dress ends, and its lower part begins."""
SKIRT_SEEN = 1.45
"""Torsos: of black on black nobody can tell whether it is one piece before legs show."""
SLEEVELESS = 0.12
"""A sleeve that covers less of the arm is a strap or an armhole's edge."""


def _trunk(wearer: Wearer, hem: float) -> Bool:
    """Shoulders to `hem` (torsos) without arms: cloth covered there by hair or hands goes on behind them."""
    skeleton, body = wearer.skeleton, wearer.body
    rows = body.rows[body.rows <= max(hem, 0.5)]
    edges = []
    for sign, half in ((-1.0, body.edge_left), (1.0, body.edge_right)):
        wide = 0.92 * np.interp(rows, body.rows, half)
        edges.append([skeleton.at(float(row), sign * float(w)) for row, w in zip(rows, wide, strict=True)])
    return polygon(wearer.parse.alpha.shape, np.array(edges[0] + edges[1][::-1]))


def _uncovered_outline(wearer: Wearer, seen: Bool, kind: Category) -> Bool:
    """`seen` cloth with what lies over it filled in, working pixels."""
    parse, unit = wearer.parse, wearer.skeleton.shoulder_width
    hem = wearer.body.old_hem if kind is Category.UPPER else 1.4
    # Over trousers hang hands only: other skin beside them is a belly or a leg.
    arms = (parse.hair > 0.4) | (parse.skin > 0.5) if kind is not Category.LOWER else np.zeros_like(seen)
    over = (parse.hands | arms) & _trunk(wearer, hem)
    over &= wearer.skeleton.along(*_grid(seen.shape)) > BELOW_NECKLINE
    closed = cv2.morphologyEx(seen.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)) > 0
    return np.asarray(seen | closed | (over & (distance(seen) < 0.5 * unit)), bool)


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
        line = body.shoulder_outline(k)
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


def _measure(wearer: Wearer, cloth: Bool, to: Callable[[Points], Points], scale: float, last: float) -> Top:
    """The measures; `to` and `scale` take working pixels to the piece's, `last` is the hem's limit in torsos."""
    read = _Reader(wearer, cloth)
    collars, ends, ridges = read.shoulders()
    neckline = read.neckline(collars)
    sleeves = [read.sleeve(0), read.sleeve(1)]
    pits, hem = read.pits(sleeves), min(read.hem(), last)
    left, right = (to(edge) for edge in read.sides(pits, hem))

    def moved(sleeve: Sleeve | None) -> Sleeve | None:
        if sleeve is None:
            return None
        outer, inner, arc = (values * scale for values in (sleeve.outer, sleeve.inner, sleeve.arc))
        pit, length = sleeve.pit * scale, sleeve.length * scale
        return Sleeve(to(sleeve.axis), sleeve.out, outer, inner, arc, pit, length, sleeve.covers)

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


def _painted_over(photo: Image, cloth: Floats, seen: Floats) -> Image:
    """The photo with cloth painted where it is known to go on (`cloth`) but something lies over it."""
    known = shrink(seen > 0.8, 2.0)
    hidden = (cloth > 0.5) & ~(seen > 0.5)
    if not hidden.any() or not known.any():
        return photo
    filled = push_pull(photo, known)
    soft = np.maximum(blur(hidden.astype(np.float32), 1.5), hidden)[..., None]
    return np.asarray(np.clip(photo * (1.0 - soft) + filled * soft + 0.5, 0, 255), np.uint8)


def _kind(wearer: Wearer) -> Category:
    """What the picture is likely to sell: a dress where one is seen down to its skirt, else the top."""
    dress = wearer.parse.dress > 0.5
    clothes = (wearer.parse.top > 0.5) | (wearer.parse.bottom > 0.5)
    if dress.sum() < 0.5 * clothes.sum():
        return Category.UPPER
    reach = float(np.percentile(wearer.skeleton.along(*_grid(dress.shape))[dress], 98))
    return Category.DRESS if reach > SKIRT_SEEN else Category.UPPER


def model_in(people: Sequence[FoundPerson]) -> FoundPerson | None:
    """Who wears the garment in a product photo: the largest of those who are somebody for certain."""

    def size(person: FoundPerson) -> int:
        return (person.box.right - person.box.left) * (person.box.bottom - person.box.top)

    return max((person for person in people if is_somebody(person)), key=size, default=None)


def worn_garment(photo: Image, wearer: Wearer, category: Category | None) -> Garment:
    """What `wearer` has on in `photo`. Raises GarmentError when too little of it shows."""
    frame, parse, kind = wearer.frame, wearer.parse, category or _kind(wearer)
    crop = np.ascontiguousarray(photo[frame.top : frame.bottom, frame.left : frame.right])
    size = (crop.shape[1], crop.shape[0])
    maps = {Category.UPPER: parse.top, Category.LOWER: parse.bottom, Category.DRESS: parse.top + parse.bottom}
    seen = largest(maps[kind] > 0.5, 0.05)
    cloth = _uncovered_outline(wearer, seen, kind)

    def sharp(mask: Bool) -> Floats:
        grown = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
        return np.asarray(
            np.clip((guided(crop, grown, 2.0 / frame.scale, 2e-4) - 0.2) / 0.6, 0.0, 1.0), np.float32
        )

    outline = sharp(cloth)
    work, mask, scale, move = normalised(_painted_over(crop, outline, sharp(seen)), outline)
    rate = scale / frame.scale

    def to(points: Points) -> Points:
        return np.asarray(points * rate + move, np.float64)

    nothing = np.zeros_like(mask)
    if kind is Category.LOWER:
        return garment_of(work, mask, nothing, kind, bottom=read_bottom(mask > 0.5))
    if kind is Category.UPPER:
        return garment_of(work, mask, nothing, kind, top=_measure(wearer, cloth, to, rate, np.inf))
    top = _measure(wearer, cloth, to, rate, BODICE_END)
    seam = float(to(wearer.skeleton.at(SEAM, 0.0))[1])
    return garment_of(work, mask, nothing, kind, top=top, bottom=read_skirt(mask > 0.5, seam))
