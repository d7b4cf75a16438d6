"""The outline of a bodice, shared by tops, dresses and jumpsuits: neckline, shoulders, armholes, flanks, hem."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pipeline.training.geometry import SIDES, Dice, Points, join, mirror, path, smooth

NECK_DEPTH = {
    "crew": (0.12, 0.38), "v": (0.35, 1.1), "scoop": (0.35, 0.75), "boat": (0.06, 0.16), "square": (0.35, 0.7),
    "shirt": (0.1, 0.35), "camp": (0.45, 0.9), "high": (0.03, 0.12), "stand": (0.08, 0.3), "lapel": (0.7, 1.7),
    "shawl": (0.7, 1.7), "hood": (0.15, 0.45), "straps": (0.6, 0.95), "bare": (0.55, 0.8),
}  # fmt: skip
"""Depth of the front neckline under the high point of the shoulder, by kind of neck."""

WIDE_NECKS = ("scoop", "boat", "square")
NARROW_NECKS = ("shirt", "stand", "lapel", "shawl", "camp")
STRAPLESS = ("straps", "bare")


@dataclass(frozen=True)
class Corner:
    """One side's corners, side included in the sign of x."""

    neck: Points
    shoulder: Points
    armpit: Points
    waist: Points
    hem: Points


@dataclass
class Torso:
    """A bodice in units of half its chest; the origin lies between the high points of the shoulders."""

    dice: Dice
    neck: str
    sleeved: bool
    length: float
    waist_width: float
    hem_width: float
    waist_y: float | None = None
    raglan: bool = False
    from_behind: bool = False
    corners: dict[int, Corner] = field(init=False)

    def __post_init__(self) -> None:
        dice = self.dice
        half = dice.between(0.27, 0.45)
        if self.neck in WIDE_NECKS:
            half = dice.between(0.42, 0.68)
        elif self.neck in NARROW_NECKS:
            half = dice.between(0.25, 0.38)
        elif self.neck == "straps":
            half = dice.between(0.35, 0.7)
        self.neck_half = half
        self.neck_depth = dice.between(*NECK_DEPTH[self.neck])
        reach = max(half + 0.12, dice.between(0.72, 1.12))
        if not self.sleeved:
            reach = min(
                half + (dice.between(0.1, 0.5) if self.neck != "straps" else dice.between(0.04, 0.15)), 0.98
            )
        if self.from_behind:
            self.neck_depth = dice.between(0.02, 0.12)
        self.shoulder_x = reach
        self.shoulder_y = (reach - half) * np.tan(np.radians(dice.between(5, 30)))
        self.armpit_y = self.shoulder_y + dice.between(0.55, 1.05)
        if self.neck in STRAPLESS:
            self.armpit_y = self.neck_depth + dice.between(0.0, 0.35)
        self.waist_at = self.waist_y or self.armpit_y + (self.length - self.armpit_y) * dice.between(0.3, 0.6)
        self.hem_curve = dice.between(-0.12, 0.14)
        self.bulge = dice.between(0.02, 0.22) if self.sleeved else dice.between(0.1, 0.35)
        self.back_depth = dice.between(0.01, 0.1)
        self.corners = {side: self._corner(side) for side in SIDES}

    def _corner(self, side: int) -> Corner:
        j = self.dice.jitter
        return Corner(
            path(side * self.neck_half, 0),
            path(side * (self.shoulder_x + j(0.03)), self.shoulder_y + j(0.03)),
            path(side * (1 + j(0.03)), self.armpit_y + j(0.03)),
            path(side * (self.waist_width + j(0.03)), self.waist_at),
            path(side * (self.hem_width + j(0.03)), self.length + j(0.04)),
        )

    def sleeve_seam(self, side: int) -> Points:
        """From the shoulder (raglan: the neck) down to the armpit."""
        corner = self.corners[side]
        top = corner.neck + path(side * 0.02, 0.06) if self.raglan else corner.shoulder
        bend = path(corner.shoulder[0, 0] - side * self.bulge, (self.shoulder_y + 2 * self.armpit_y) / 3)
        if self.raglan:
            bend = (top + corner.armpit) / 2 + (-side * 0.08, 0.05)
        return smooth(join(top, (top + bend) / 2 - (side * self.bulge * 0.3, 0), bend, corner.armpit))

    def front_neckline(self) -> Points:
        """From the left high point over the lowest point of the front to the right one."""
        n, d = self.neck_half, self.neck_depth
        if self.neck in ("v", "lapel", "shawl", "camp") and not self.from_behind:
            half = path(-n, 0, -n * 0.6, d * 0.45, 0, d, 0, d)
            return smooth(join(half, mirror(half)[::-1][1:]), 2)
        if self.neck == "square" and not self.from_behind:
            return path(-n, 0, -n * 0.94, d, n * 0.94, d, n, 0)
        c = 0.42 * n
        return smooth(path(-n, 0, -n * 0.95, d * 0.6, -c, d * 1.02, c, d * 1.02, n * 0.95, d * 0.6, n, 0))

    def _armhole(self, side: int) -> Points:
        corner = self.corners[side]
        bend = path(corner.shoulder[0, 0] - side * self.bulge, (self.shoulder_y + 2 * self.armpit_y) / 3)
        return smooth(join(corner.shoulder, bend, corner.armpit))

    def flank(self, side: int) -> Points:
        corner = self.corners[side]
        return smooth(join(corner.armpit, corner.waist, corner.hem))

    def hem(self) -> Points:
        """From the right corner to the left one."""
        w, y = self.hem_width * 0.6, self.length + self.hem_curve
        return smooth(join(self.corners[1].hem, path(w, y, -w, y), self.corners[-1].hem))

    def outline(self) -> Points:
        """The whole front."""
        if self.neck in STRAPLESS:
            return self._strapless_outline()
        left = join(self._armhole(-1), self.flank(-1))[::-1]
        return join(self.front_neckline(), self._armhole(1), self.flank(1), self.hem(), left)

    def _strapless_outline(self) -> Points:
        d = self.neck_depth
        dip, peak = (self.dice.between(-0.05, 0.2), self.dice.between(0.0, 0.25))
        edge = smooth(
            join(
                self.corners[-1].armpit, path(-0.55, d - peak, 0, d + dip, 0.55, d - peak), self.corners[1].armpit
            ),
            2,
        )
        return join(edge, self.flank(1), self.hem(), self.flank(-1)[::-1])

    def straps(self) -> list[Points]:
        """Two shoulder straps of a camisole."""
        width = self.dice.between(0.02, 0.09)
        bands = []
        for side in SIDES:
            top, low = side * self.neck_half, side * self.dice.between(0.45, 0.65)
            y = self.neck_depth + 0.05
            bands.append(path(top - width, 0, top + width, 0, low + width, y, low - width, y))
        return bands

    def half(self, side: int, gap_top: float, gap_hem: float) -> Points:
        """One front of an open garment; gaps are distances of its edge from the middle (negative: overlaps)."""
        neck = self.front_neckline()
        mine = neck[neck[:, 0] * side >= 0]
        start = mine[np.argsort(-mine[:, 1])]
        hem = self.hem()
        low = hem[hem[:, 0] * side > max(gap_hem, 0)]
        low = low if side == 1 else low[::-1]
        edge = path(side * gap_hem, self.length + self.hem_curve * 0.75, side * gap_top, self.neck_depth)
        return join(edge[1:], start[1:], self._armhole(side), self.flank(side), low, edge[:1])
