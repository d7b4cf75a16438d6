"""The measures of a top or a bodice: collar, shoulders, armpits, sides and sleeves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import GarmentError
from pipeline.garment.neck import neck_square
from pipeline.garment.parts import Part, PartsPrediction, Square
from pipeline.masks import Bool, Floats, Points, grow, largest, pixels_of, runs_of, smooth_line
from pipeline.types import Alpha

OPEN_FRONT = 0.9
"""A neckline deeper than so many chests is an open front: the deepest V ends at 0.6."""

SAME_SLEEVE = 0.75
"""Intersection over union above which the outline and the part model mean the same sleeve."""

STANDS_OFF = 0.16
"""Chest widths by which even a tight sleeve reaches out."""

SHOULDER_OVER_PIT = 0.9
"""How far from the middle the shoulder's point lies, in half widths at the armpits, where no seam tells."""

LEAST_HOOD = 0.058
"""A hood's least size in square chests."""

WIDEST_HOOD = 0.61
"""Chest widths from collar to collar of a hood: one that is wider lies open, and has no neck to look at."""

DEEPEST_ARMHOLE = 0.85
"""Chest widths from the outline above it down to a corner that can still be an armpit."""

DEEPEST_NECK = 0.75
"""Chest widths below the collar points: what lies lower is an open front."""

RIDGE = (0.3, 0.55, 0.8)


@dataclass(frozen=True, slots=True)
class Sleeve:
    """A sleeve as an axis with a width at each of its stations, from the armhole to the cuff.

    `axis` (N, 2); `out` (N, 2) unit vectors across it, towards the edge that continues the shoulder line; `outer`
    and `inner` (N,) pixels from the axis to that edge and to the one that continues the side seam; `pit` the
    station's place of the armpit as arc length; `length` the arc length to the cuff. Arc length counts from the
    foot of the shoulder point. `covers` is the share of the arm it covers where a wearer shows it, else None.
    """

    axis: Points
    out: Points
    outer: NDArray[np.float64]
    inner: NDArray[np.float64]
    arc: NDArray[np.float64]
    pit: float
    length: float
    covers: float | None = None


@dataclass(frozen=True, slots=True)
class Top:
    """An upper garment, measured. Points in garment pixels, picture left first in each pair.

    `ridge` (3, 2) are points of the outline between collar and shoulder, at the shares RIDGE of the way across;
    `neckline` (N, 2) runs along the front's upper edge from collar to collar; `side_left` and `side_right` (K,)
    are the body's edges at `rows` (K,), from the armpits down to the hem. `worn_hem` is where the hem hangs on the
    model who wears it (torsos below the shoulders), None for a garment that nobody wears.
    """

    collar: tuple[NDArray[np.float64], NDArray[np.float64]]
    shoulder: tuple[NDArray[np.float64], NDArray[np.float64]]
    armpit: tuple[NDArray[np.float64], NDArray[np.float64]]
    ridge: tuple[Points, Points]
    neck_front: NDArray[np.float64]
    neckline: Points
    rows: NDArray[np.float64]
    side_left: NDArray[np.float64]
    side_right: NDArray[np.float64]
    sleeves: tuple[Sleeve | None, Sleeve | None]
    worn_hem: float | None = None

    @property
    def open_front(self) -> bool:
        """Whether the opening at the neck goes on down the front, as on a jacket worn open."""
        chest = max(float(self.armpit[1][0] - self.armpit[0][0]), 1.0)
        drop = float(self.neck_front[1] - (self.collar[0][1] + self.collar[1][1]) / 2)
        return drop > OPEN_FRONT * chest


def not_a_garment() -> GarmentError:
    return GarmentError(
        "no_garment",
        "I can't make out a single garment in this picture. "
        "A product photo of one piece, from the front, on a plain ground works best.",
    )


def _stations(points: Points, axes: tuple[Points, Points, Points], pit: float, end: float) -> Sleeve | None:
    """Axis and widths from sleeve pixels in (along, outward) coordinates; `axes` are origin and directions."""
    start, direction, out = axes
    t, o = points[:, 0], points[:, 1]
    count = 25
    places = np.linspace(0.0, end, count).astype(np.float64)
    half = end / count
    high, low = np.full(count, np.nan), np.full(count, np.nan)
    for i, place in enumerate(places):
        band = o[np.abs(t - place) < half]
        if len(band) > 6:
            high[i], low[i] = np.percentile(band, (98.5, 1.5))
    known = ~np.isnan(high)
    below = places >= pit
    if known.sum() < 6 or below.sum() < 2:
        return None
    tops = np.asarray(np.interp(places, places[known], high[known]), np.float64)
    lows = np.asarray(np.interp(places, places[known], low[known]), np.float64)
    # Inside the cap the inner edge is the armhole: there the sleeve goes on as wide as below it.
    first = int(np.argmax(below))
    lows[:first] = lows[first]
    last = places > end - 1.5 * half
    tops[last], lows[last] = tops[~last][-1], lows[~last][-1]
    tops, lows = smooth_line(tops, 1.3), smooth_line(lows, 1.3)
    middle = (tops + lows) / 2
    middle[:first] = middle[first]
    axis = start + places[:, None] * direction + middle[:, None] * out
    across = np.broadcast_to(out, axis.shape)
    return Sleeve(axis, across, np.maximum(tops - middle, 3.0), np.maximum(middle - lows, 3.0), places, pit, end)


class TopReader:
    """Measures of one top out of its outline and its parts."""

    def __init__(self, alpha: Alpha, parts: PartsPrediction) -> None:
        self.solid = alpha > 0.5
        self.parts = parts
        labels = parts.labels
        self.sleeve_masks = [
            largest((labels == part) & self.solid) for part in (Part.LEFT_SLEEVE, Part.RIGHT_SLEEVE)
        ]
        trunk = np.isin(labels, (Part.BODY, Part.COLLAR, Part.HOOD, Part.SKIRT, Part.WAISTBAND)) & self.solid
        self.trunk = largest(trunk)
        area = max(np.count_nonzero(self.trunk), 1)
        self.has_sleeve = [np.count_nonzero(mask) > 0.035 * area for mask in self.sleeve_masks]
        if self.has_sleeve[0] != self.has_sleeve[1]:
            weaker = 0 if not self.has_sleeve[0] else 1
            # One sleeve alone is cloth that looked like one.
            self.has_sleeve = [np.count_nonzero(self.sleeve_masks[weaker]) > 0.015 * area] * 2
        ys, xs = pixels_of(self.trunk)
        if len(ys) < 500:
            raise not_a_garment()
        self.top, self.bottom = float(ys.min()), float(np.percentile(ys, 99.8))
        low = ys > self.top + 0.5 * (self.bottom - self.top)
        self.centre = float(np.median(xs[low]))
        self.has_sleeve = [self.has_sleeve[k] and self._stands_off(k) for k in (0, 1)]
        self.has_sleeve = [any(self.has_sleeve)] * 2
        self.corners: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
        self._heed_outline()

    def _stands_off(self, k: int) -> bool:
        """Whether a sleeve reaches further out than the garment does below it: the rim of an armhole does not."""
        sign = -1.0 if k == 0 else 1.0
        ys, xs = pixels_of(self.sleeve_masks[k])
        if len(ys) == 0:
            return False
        height = self.bottom - self.top
        first = int(ys.max() + 0.02 * height)
        below = np.nonzero(self.solid[first : int(first + 0.06 * height)])[1]
        if len(below) == 0:
            return True
        trunk = float(np.percentile(sign * (below - self.centre), 98))
        return float(np.percentile(sign * (xs - self.centre), 98)) > trunk + STANDS_OFF * self.chest_width()

    def _heed_outline(self) -> None:
        """Cut sleeves anew where the outline shows both armpits and the part model put the seam elsewhere."""
        width = self.chest_width()
        corners = [self._corner(k, width) for k in (0, 1)]
        left, right = corners
        if left is None or right is None or abs(left[1] - right[1]) > 0.12 * width:
            return
        depths = [corner[1] - self.outline_top(corner[0]) for corner in (left, right)]
        if max(depths) > DEEPEST_ARMHOLE * width:
            return  # sleeves that touch the sides further up
        self.corners = (left, right)
        regions = [self._beyond(k, corner) for k, corner in enumerate((left, right))]
        for k, region in enumerate(regions):
            either = np.count_nonzero(region | self.sleeve_masks[k])
            if self.has_sleeve[k] and np.count_nonzero(region & self.sleeve_masks[k]) > SAME_SLEEVE * either:
                continue
            self.trunk = largest((self.trunk | self.sleeve_masks[k]) & ~region)
            self.sleeve_masks[k] = largest(region)
            self.has_sleeve[k] = True

    @cached_property
    def _side(self) -> Bool:
        """In each row what hangs together with the middle of the garment."""
        middle = int(self.centre)
        left = np.logical_and.accumulate(self.solid[:, middle::-1], axis=1)[:, ::-1]
        return np.concatenate([left[:, :-1], np.logical_and.accumulate(self.solid[:, middle:], axis=1)], axis=1)

    def _corner(self, k: int, width: float) -> NDArray[np.float64] | None:
        """The armpit as far as the outline shows it: upwards, the garment suddenly grows by a sleeve."""
        sign = -1.0 if k == 0 else 1.0
        step = max(2, round(0.035 * width))
        height = self.bottom - self.top
        rows = range(round(self.top + 0.7 * height), round(self.top + 0.15 * height), -1)
        beside = self._side[np.array(rows, int)]
        columns = np.arange(beside.shape[1])
        out = np.where(beside, sign * (columns + k - self.centre), -np.inf).max(axis=1, initial=-np.inf)
        reach = np.where(np.isfinite(out), out, np.nan)
        grown = np.flatnonzero(reach[step:] - reach[:-step] > 0.09 * width)
        if len(grown) == 0:
            return None
        at = int(grown[0])
        # The corner itself is where it begins to grow, within that step.
        begun = at + int(np.argmax(reach[at : at + step + 1] - reach[at] > 0.02 * width))
        return np.array([self.centre + sign * reach[at], float(rows[max(begun - 1, 0)])])

    def _beyond(self, k: int, corner: NDArray[np.float64]) -> Bool:
        """What lies beyond the line from the armpit in the outline up to the shoulder."""
        sign = -1.0 if k == 0 else 1.0
        half = abs(corner[0] - self.centre)
        seam = self.seam(k)
        wanted = SHOULDER_OVER_PIT * half
        if seam is not None and abs(seam[0, 0] - self.centre) > 0.75 * half:
            wanted = min(abs(float(seam[0, 0]) - self.centre), half)
        shoulder = np.array([self.centre + sign * wanted, 0.0])
        shoulder[1] = self.outline_top(shoulder[0])
        rows, columns = np.ogrid[: self.solid.shape[0], : self.solid.shape[1]]
        line = np.interp(rows[:, 0], [shoulder[1], corner[1]], [shoulder[0], corner[0]])[:, None]
        beyond = sign * (columns - line) > 0
        # Below the armpit the side may bulge: only what the outline keeps apart from it is sleeve.
        side = self._side & (rows > round(corner[1]))
        return np.asarray(self.solid & beyond & ~side, np.bool_)

    def landmark(self, name: str, level: float = 0.25) -> NDArray[np.float64] | None:
        found = self.parts.landmarks[name]
        return np.array([found.x, found.y]) if found.score >= level else None

    def edges(self, y: float) -> tuple[float, float] | None:
        """The trunk's run through the centre at one row."""
        row = self.trunk[int(np.clip(y, 0, self.trunk.shape[0] - 1))]
        runs = runs_of(row)
        runs = runs[runs[:, 1] - runs[:, 0] > 4]
        if len(runs) == 0:
            return None
        inside = runs[(runs[:, 0] <= self.centre) & (runs[:, 1] > self.centre)]
        if len(inside) == 0:
            # An open front splits the row: take it from end to end.
            return float(runs[:, 0].min()), float(runs[:, 1].max())
        best = inside[0]
        for run in runs:
            gap = max(run[0] - best[1], best[0] - run[1])
            if gap < 0.06 * self.trunk.shape[1]:
                best = np.array([min(run[0], best[0]), max(run[1], best[1])])
        return float(best[0]), float(best[1])

    def chest_width(self) -> float:
        """Median width of the trunk's middle."""
        height = self.bottom - self.top
        widths = [
            right - left
            for edge in (self.edges(self.top + k * height) for k in np.linspace(0.45, 0.8, 8))
            if edge is not None
            for left, right in [edge]
        ]
        if not widths:
            raise not_a_garment()
        return float(np.median(widths))

    def seam(self, k: int) -> Points | None:
        """Pixels of the line between trunk and sleeve k, top first, or None without a sleeve."""
        if not self.has_sleeve[k]:
            return None
        touch = grow(self.sleeve_masks[k], 2.0) & self.trunk
        ys, xs = pixels_of(touch)
        if len(ys) < 12:
            return None
        order = np.argsort(ys, kind="stable")
        return np.stack([xs[order], ys[order]], axis=1).astype(np.float64)

    def outline_top(self, x: float) -> float:
        """First solid row of a column."""
        column = self.solid[:, int(np.clip(x, 0, self.solid.shape[1] - 1))]
        rows = np.flatnonzero(column)
        return float(rows[0]) if len(rows) else self.top

    def shoulders_and_pits(self, width: float) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
        shoulders: list[NDArray[np.float64]] = []
        pits: list[NDArray[np.float64]] = []
        for k, side in enumerate(("left", "right")):
            sign = -1.0 if k == 0 else 1.0
            seam = self.seam(k)
            shoulder, pit = self.landmark(f"shoulder_{side}"), self.landmark(f"armpit_{side}")
            if seam is not None:
                head = seam[seam[:, 1] < seam[0, 1] + 0.03 * width].mean(axis=0)
                shoulder = np.array([head[0], self.outline_top(head[0])])
                pit = self._pit_on_seam(seam, shoulder, pit, width) if self.corners is None else self.corners[k]
            else:
                edge = self.edges(self.top + 0.45 * (self.bottom - self.top)) or (
                    self.centre - width / 2,
                    self.centre + width / 2,
                )
                if shoulder is None:
                    shoulder = np.array([self.centre + sign * 0.38 * width, self.top + 0.03 * width])
                # Without a sleeve the outline is the armhole: both points lie on it, one well below the other.
                brim = self.edges(shoulder[1] + 0.06 * width) or edge
                shoulder[0] = sign * min(sign * shoulder[0], sign * brim[k])
                if pit is None or not 0.22 < (pit[1] - shoulder[1]) / width < 0.75:
                    pit = np.array([edge[k], shoulder[1] + 0.45 * width])
                pit = np.array([(self.edges(pit[1]) or edge)[k], pit[1]])
            shoulders.append(shoulder)
            pits.append(pit)
        # Neither side may differ much from the other: a folded or half-lost one takes the mirrored point.
        for points, tolerance in ((shoulders, 0.12), (pits, 0.16)):
            mirrored = [np.array([2 * self.centre - points[1 - k][0], points[1 - k][1]]) for k in (0, 1)]
            if abs(points[0][1] - points[1][1]) > tolerance * width:
                deeper = 0 if points[0][1] > points[1][1] else 1
                points[deeper] = mirrored[deeper]
        return shoulders, pits

    def _pit_on_seam(
        self,
        seam: Points,
        shoulder: NDArray[np.float64],
        marked: NDArray[np.float64] | None,
        width: float,
    ) -> NDArray[np.float64]:
        """The armhole's lower end: the seam's end, unless the sleeve hangs along the side and hides it."""
        end = seam[seam[:, 1] > seam[-1, 1] - 0.02 * width].mean(axis=0)
        drop = (end[1] - shoulder[1]) / width
        if 0.25 <= drop <= 0.62:
            return np.asarray(end, np.float64)
        wanted = shoulder[1] + 0.46 * width
        if marked is not None and 0.3 <= (marked[1] - shoulder[1]) / width <= 0.62:
            wanted = float(marked[1])
        near = seam[np.abs(seam[:, 1] - wanted) < 0.03 * width]
        if len(near) == 0:
            return np.array([end[0], min(wanted, end[1])])
        return np.asarray(near.mean(axis=0), np.float64)

    def collars(
        self, shoulders: list[NDArray[np.float64]], width: float
    ) -> tuple[list[NDArray[np.float64]], NDArray[np.float64]]:
        marks = [self.landmark("collar_left"), self.landmark("collar_right")]
        collars: list[NDArray[np.float64]] = []
        for k, mark in enumerate(marks):
            sign = -1.0 if k == 0 else 1.0
            reach = abs(shoulders[k][0] - self.centre)
            guess = np.array([self.centre + sign * 0.42 * reach, 0.0])
            guess[1] = self.outline_top(guess[0])
            chosen = guess if mark is None else mark
            low, high = 0.16 * reach, 0.86 * reach
            off = float(np.clip(sign * (chosen[0] - self.centre), low, high))
            collars.append(np.array([self.centre + sign * off, chosen[1]]))
        level = (collars[0][1] + collars[1][1]) / 2
        front = self.landmark("neck_front")
        if front is None:
            front = np.array([self.centre, level + 0.08 * width])
        front = np.array(
            [self.centre, float(np.clip(front[1], level - 0.02 * width, level + DEEPEST_NECK * width))]
        )
        return collars, front

    def ridge(self, collar: NDArray[np.float64], shoulder: NDArray[np.float64]) -> Points:
        """The outline between collar and shoulder; straight where something else sticks up there."""
        points = []
        for share in RIDGE:
            x, y = collar + (shoulder - collar) * share
            top = self.outline_top(x)
            slack = 0.25 * abs(float(shoulder[0] - collar[0]))
            points.append([x, top if abs(top - y) < slack else y])
        return np.array(points, np.float64)

    def neck(self) -> tuple[Square, float] | None:
        """Where to look for the opening of the neck, and how far its collar points are apart; None for a hood that
        lies open."""
        width = self.chest_width()
        collars, _ = self.collars(self.shoulders_and_pits(width)[0], width)
        gap = float(collars[1][0] - collars[0][0])
        hood = int((self.parts.probability(Part.HOOD) > 0.5).sum()) > LEAST_HOOD * width**2
        if hood and gap > WIDEST_HOOD * width:
            return None
        return neck_square((collars[0] + collars[1]) / 2, width, gap), gap

    def neck_front(
        self, marked: NDArray[np.float64], collars: list[NDArray[np.float64]], opening: Bool, width: float
    ) -> NDArray[np.float64]:
        """Where the opening ends in the middle; as `marked` where none is seen or the front is open."""
        reach = max(2, round(0.03 * width))
        middle = int(np.clip(self.centre, reach, opening.shape[1] - reach - 1))
        lowest = np.flatnonzero(opening[:, middle - reach : middle + reach].mean(axis=1) > 0.5)
        level = (collars[0][1] + collars[1][1]) / 2
        if len(lowest) == 0 or not level - 0.02 * width < lowest[-1] < level + DEEPEST_NECK * width:
            return marked
        return np.array([marked[0], float(lowest[-1] + 1)])

    def neckline(self, collars: list[NDArray[np.float64]], front: NDArray[np.float64], opening: Bool) -> Points:
        """The front's upper edge below the `opening` between the collar points, smooth, through `front`."""
        xs = np.linspace(collars[0][0], collars[1][0], 9)
        level = np.interp(xs, [collars[0][0], collars[1][0]], [collars[0][1], collars[1][1]])
        drop = max(float(front[1] - level[4]), 1.0)
        # Where the outline tells nothing (no inside found) a round neck is the likeliest.
        ys = level + drop * np.sqrt(np.clip(1.0 - np.linspace(-1.0, 1.0, 9) ** 2, 0.0, 1.0))
        for i, x in enumerate(xs[1:-1], 1):
            column = int(np.clip(x, 0, opening.shape[1] - 1))
            low, high = max(level[i] - 0.1 * drop, 0.0), level[i] + 1.3 * drop
            inside = np.flatnonzero(opening[: int(high) + 1, column])
            row = float(inside[-1] + 1) if len(inside) else self.outline_top(float(x))
            if low < row < high:
                ys[i] = row
        return np.stack([xs, smooth_line(ys, 0.8)], axis=1)

    def sleeve(
        self, k: int, shoulder: NDArray[np.float64], pit: NDArray[np.float64], width: float
    ) -> Sleeve | None:
        if not self.has_sleeve[k]:
            return None
        side = ("left", "right")[k]
        mask = self.sleeve_masks[k]
        ys, xs = pixels_of(mask)
        points = np.stack([xs, ys], axis=1).astype(np.float64)
        root = (shoulder + pit) / 2
        marks = [self.landmark(f"cuff_{edge}_{side}") for edge in ("outer", "inner")]
        away = np.hypot(*(points - root).T)
        far = points[np.argsort(away)[-max(20, len(points) // 50) :]].mean(axis=0)
        cuff = far if marks[0] is None or marks[1] is None else (marks[0] + marks[1]) / 2
        if np.hypot(*(cuff - far)) > 0.35 * width:
            cuff = far
        # The direction comes from the sleeve's lower part: its cap is cut by the slanting armhole.
        lower = points[away > 0.45 * away.max()]
        middle = lower.mean(axis=0) if len(lower) > 30 else cuff
        chord = cuff - root
        if np.hypot(*chord) < 0.12 * width:
            chord = middle - root
        direction = chord / max(float(np.hypot(*chord)), 1e-6)
        out = np.array([direction[1], -direction[0]])
        if (out[0] > 0) == (k == 0):
            out = -out
        start = shoulder - out * float(np.dot(shoulder - root, out))
        t = (points - start) @ direction
        o = (points - start) @ out
        end = float(np.percentile(t, 99.5))
        pit_t = float(np.clip(np.dot(pit - start, direction), 0.05 * width, 0.85 * end))
        return _stations(np.stack([t, o], axis=1), (start, direction, out), pit_t, end)

    def sides(
        self, pits: list[NDArray[np.float64]], width: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        start = (pits[0][1] + pits[1][1]) / 2
        rows, left, right = [start], [pits[0][0]], [pits[1][0]]
        for y in np.linspace(start, self.bottom, 13)[1:]:
            edge = self.edges(min(y, self.bottom - 2))
            if edge is None or edge[1] - edge[0] < 0.5 * width:
                continue
            rows.append(float(y))
            left.append(edge[0])
            right.append(edge[1])
        if len(rows) < 4:
            raise not_a_garment()
        # Shirt tails curve in at the hem: the side edge keeps its direction there.
        for side, sign in ((left, -1.0), (right, 1.0)):
            for i in range(len(side) - 3, len(side)):
                if sign * (side[i - 1] - side[i]) > 0.02 * width:
                    side[i] = side[i - 1]
        smooth_left, smooth_right = smooth_line(np.array(left), 0.8), smooth_line(np.array(right), 0.8)
        smooth_left[0], smooth_right[0] = left[0], right[0]
        return np.array(rows), smooth_left, smooth_right

    def read(self, inner: Floats) -> Top:
        """All measures; `inner` (H, W) 0..1 is the inside of the back."""
        width = self.chest_width()
        shoulders, pits = self.shoulders_and_pits(width)
        collars, front = self.collars(shoulders, width)
        opening = self.solid & (inner > 0.5)
        front = self.neck_front(front, collars, opening, width)
        rows, left, right = self.sides(pits, width)
        sleeves = (
            self.sleeve(0, shoulders[0], pits[0], width),
            self.sleeve(1, shoulders[1], pits[1], width),
        )
        return Top(
            (collars[0], collars[1]),
            (shoulders[0], shoulders[1]),
            (pits[0], pits[1]),
            (self.ridge(collars[0], shoulders[0]), self.ridge(collars[1], shoulders[1])),
            front,
            self.neckline(collars, front, opening),
            rows,
            left,
            right,
            sleeves,
        )
