"""Clothes on a drawn figure: tops, jackets, trousers, skirts, one-pieces, shoes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.person.parts import Part
from pipeline.training.fabric import Fabric, Plain
from pipeline.training.geometry import SIDES, Dice, Points, join, mirror, path, smooth
from pipeline.training.person.canvas import Canvas, Look, limb, varied
from pipeline.training.person.figure import Figure, by

NECKS = {
    "crew": 0.33, "v": 0.16, "scoop": 0.13, "shirt": 0.15, "polo": 0.04, "turtle": 0.06, "boat": 0.05,
    "square": 0.05, "strapless": 0.03, "off": 0.03,
}  # fmt: skip
SLEEVES = {"none": 0.2, "cap": 0.06, "short": 0.3, "elbow": 0.07, "long": 0.37}


@dataclass
class Top:
    """Cut of one garment for the upper body; lengths in torsos, `sleeve` 0 (shoulder) to 2 (wrist)."""

    neck: str
    neck_half: float
    neck_depth: float
    strap: float
    sleeve: float
    loose: float
    flare: float
    hem: float


def pick_top(dice: Dice, *, jacket: bool = False) -> Top:
    """A cut at random; jackets have long sleeves and shirt or bare necks."""
    neck = dice.pick({"shirt": 0.5, "v": 0.3, "crew": 0.2}) if jacket else dice.pick(NECKS)
    kind = dice.pick({"long": 0.85, "none": 0.15} if jacket else SLEEVES)
    sleeve = {"none": 0.0, "cap": dice.between(0.12, 0.3), "short": dice.between(0.3, 0.85),
              "elbow": dice.between(0.85, 1.3), "long": dice.between(1.5, 2.03)}[kind]  # fmt: skip
    if neck == "off":
        sleeve = max(sleeve, 0.5)
    half = {"crew": dice.between(0.13, 0.19), "v": dice.between(0.13, 0.2), "scoop": dice.between(0.16, 0.27),
            "shirt": dice.between(0.12, 0.15), "polo": 0.13, "turtle": 0.12, "boat": dice.between(0.2, 0.3),
            "square": dice.between(0.17, 0.25), "strapless": 0.3, "off": 0.4}[neck]  # fmt: skip
    depth = {"crew": dice.between(-0.04, 0.06), "v": dice.between(0.1, 0.42), "scoop": dice.between(0.08, 0.3),
             "shirt": dice.between(-0.08, 0.22), "polo": dice.between(-0.06, 0.1), "turtle": -0.14,
             "boat": dice.between(-0.06, 0.0), "square": dice.between(0.08, 0.22),
             "strapless": dice.between(0.12, 0.24), "off": dice.between(0.08, 0.2)}[neck]  # fmt: skip
    hems = {"crop": 0.15, "waist": 0.25, "hip": 0.45, "long": 0.15}
    hem = {"crop": dice.between(0.45, 0.8), "waist": dice.between(0.8, 1.02), "hip": dice.between(1.0, 1.25),
           "long": dice.between(1.2, 1.6 if not jacket else 2.4)}[dice.pick(hems)]  # fmt: skip
    loose = dice.between(1.0, 1.08) if dice.chance(0.45) else dice.between(1.08, 1.4)
    strap = dice.between(0.03, 0.09) if dice.chance(0.5) else dice.between(0.09, 0.3)
    return Top(neck, half, depth, strap, sleeve, loose + 0.12 * jacket, dice.jitter(0.05), hem)


class Clothes:
    """Draws clothes of `figure` in their turn; each method one piece, back to front."""

    def __init__(self, figure: Figure, canvas: Canvas, dice: Dice) -> None:
        self.figure, self.canvas, self.dice = figure, canvas, dice

    def look(self) -> Look:
        dice = self.dice
        folds = dice.between(0.02, 0.12) if dice.chance(0.5) else dice.between(0.12, 0.32)
        return Look(
            folds, dice.between(0.1, 0.5), dice.between(0.08, 0.3), dice.between(0.05, 0.5), dice.between(0, 0.3)
        )

    def _half(self, top: Top, v: float) -> float:
        body = self.figure.half_at(min(v, 1.1))
        share = float(np.clip((v - 0.26) / 0.35, 0, 1))
        hang = max(body, self.figure.half_at(0.26) * 0.95) if top.loose > 1.1 else body
        wide = (body * (1 - share) + hang * share) * top.loose**share
        return float(wide + top.flare * max(v - 0.3, 0) + 0.012)

    def body(self, top: Top, part: Part, fabric: Fabric, look: Look, *, hem: float | None = None) -> None:
        """The trunk of a top, with its neckline."""
        self.canvas.lay([self._body_shape(top, hem)], part, fabric, look, -self.figure.tilts[0])

    def dress(self, top: Top, fabric: Fabric, look: Look, waist: float, length: float) -> None:
        """A one-piece without a seam at the waist."""
        shape = [self._body_shape(top, waist + 0.15), self._skirt_shape(waist, length)]
        self.canvas.lay(shape, Part.DRESS, fabric, look, -self.figure.tilts[0])

    def _body_shape(self, top: Top, hem: float | None) -> Points:
        f, dice = self.figure, self.dice
        hem = top.hem if hem is None else hem
        front = f.front()
        tip = (
            f.shoulder * np.cos(f.yaw) + 0.03 if top.sleeve else min(top.neck_half + top.strap, f.shoulder + 0.02)
        )
        chest = f.half_at(0.26) * (1.0 if top.sleeve else 0.97)
        levels = [v for v in (0.26, 0.42, 0.62, 0.8, 1.0, 1.2, 1.5, 1.9) if v < hem - 0.05] + [hem]
        side = join(*[path(self._half(top, v) if v > 0.3 else chest, v) for v in levels])
        if top.neck in ("strapless", "off"):
            outer = join(
                path(
                    0,
                    top.neck_depth + 0.02,
                    chest * 0.6,
                    top.neck_depth - 0.01,
                    chest * 0.98,
                    top.neck_depth - 0.03,
                ),
                side,
            )
            line = self._mirrored(outer, front)
        else:
            line = self._mirrored(join(self._neckline(top), self._shoulder(top, tip), side), front)
        sag = dice.jitter(0.03)
        low = path(side[-1, 0] * 0.5, hem + sag, 0, hem + dice.jitter(0.02), -side[-1, 0] * 0.5, hem - sag)
        n = len(line) // 2
        outline = join(line[:n], low, line[n:])
        return f.on_trunk(outline)

    def _mirrored(self, half: Points, front: float) -> Points:
        """Right half from the neck to the hem, then the left one back up; the neck moves with the turn."""
        right, left = half.copy(), mirror(half)[::-1].copy()
        for line in (right, left):
            near = np.clip((0.1 - np.abs(np.abs(line[:, 0]) - 0.05)) / 0.1, 0, 1) * (line[:, 1] < 0.45)
            line[:, 0] += front * near
        return join(right, left)

    def _neckline(self, top: Top) -> Points:
        n, d = top.neck_half, top.neck_depth
        if self.figure.back:
            d = min(d, 0.3) * 0.25 - 0.06
        v = _slope(n, self.figure.shoulder)
        if top.neck == "v" or (top.neck == "shirt" and d > 0):
            return path(0, d, n * 0.5, d * 0.5 + v * 0.5, n, v)
        if top.neck == "square":
            return path(0, d, n * 0.9, d, n, v)
        return smooth(path(0, d, n * 0.75, d, n, d * 0.4 + v * 0.6, n, v), 2)

    def _shoulder(self, top: Top, tip: float) -> Points:
        f = self.figure
        shoulder = path(tip, _slope(tip, f.shoulder))
        if top.sleeve:
            return join(shoulder, path(tip + 0.03, 0.06))
        return smooth(
            join(shoulder, path(min(tip, f.shoulder * 0.9), 0.12), path(f.half_at(0.26) * 0.95, 0.25)), 1
        )

    def sleeve(self, top: Top, side: int, part: Part, fabric: Fabric, look: Look) -> None:
        """From the shoulder joint along the arm."""
        if top.sleeve <= 0:
            return
        f, dice = self.figure, self.dice
        joints = f.arms[side].joints[:3]
        wide = f.arm_width * (1.08 + 0.9 * max(top.loose - 1.02, 0) + dice.between(0, 0.15))
        end = wide * dice.between(0.8, 1.25)
        if top.sleeve > 1.4:
            end = f.arm_width * (dice.between(0.6, 0.95) if dice.chance(0.8) else dice.between(1, 2.2))
        ts = np.array([t for t in (0.0, 0.35, 0.7, 1.0, 1.35, 1.7) if t < top.sleeve - 0.1] + [top.sleeve])
        line = np.stack([_along(joints, t) for t in ts])
        start = 1.06 if top.neck != "off" else 1.2
        if top.neck == "off":
            line[0] = _along(joints, 0.22)
        radii = np.interp(
            ts / top.sleeve, (0, 0.35, 0.8, 1), (f.arm_width * start + 0.014, wide, (wide + end) / 2, end)
        )
        radii += f.arm_width * 0.12 * np.exp(-(((ts - 1) / 0.25) ** 2))
        angle = -float(np.arctan2(*(line[-1] - line[0])))
        self.canvas.lay(
            limb(line, radii, bend=1 if dice.chance(0.5) else 2),
            part,
            fabric,
            varied(look, dice, radius=0.09),
            angle,
        )
        if top.sleeve > 1.4 and dice.chance(0.4):
            cuff = limb(np.stack([_along(joints, top.sleeve - 0.12), line[-1]]), (end * 1.02, end * 1.02))
            self.canvas.lay(
                cuff, part, fabric, varied(look, dice, gain=dice.between(0.85, 1.08), cast=0.05), angle
            )

    def collar(self, top: Top, part: Part, fabric: Fabric, look: Look) -> None:
        """What stands at the neck: shirt collar, rollneck, hood, rib."""
        f, dice = self.figure, self.dice
        n = top.neck_half
        if top.neck == "turtle":
            tube = np.stack([f.trunk(f.front() * 0.6, 0.03), f.chin * 0.9 + f.trunk(0, 0) * 0.1 + (0, 0.03)])
            self.canvas.lay(limb(tube, (n * 1.15, n * 1.02)), part, fabric, varied(look, dice, cast=0.2))
        elif top.neck in ("shirt", "polo") and not f.back:
            leaf = dice.between(0.1, 0.2)
            d = max(top.neck_depth, -0.06)
            for side in SIDES:
                piece = path(side * n * 0.75, -0.24, side * n * 1.1, -0.15, side * n * 1.1, -0.15 + leaf,
                             side * n * 0.45, d * 0.6 + leaf * 0.6, side * 0.01, min(d, 0.1) - 0.02)  # fmt: skip
                piece[:, 0] += f.front() * 0.8
                self.canvas.lay(
                    [f.on_trunk(piece)],
                    part,
                    fabric,
                    varied(look, dice, outline=0.25, gain=dice.between(0.9, 1.1)),
                )
        elif top.neck in ("shirt", "polo", "crew") and f.back and dice.chance(0.7):
            band = path(-n, -0.2, n, -0.2, n * 1.1, -0.1, -n * 1.1, -0.1)
            self.canvas.lay([f.on_trunk(band)], part, fabric, varied(look, dice, outline=0.2))
        elif top.neck == "crew" and top.sleeve and dice.chance(0.4):
            line = self._mirrored(self._neckline(top), f.front())
            k = len(line) // 2
            rib = limb(
                f.on_trunk(join(line[:k][::-1], line[k:][::-1])),
                np.full(2 * k, dice.between(0.012, 0.025)),
                bend=0,
            )
            self.canvas.lay(rib, part, fabric, varied(look, dice, gain=dice.between(0.75, 1.1)))

    def hood(self, part: Part, fabric: Fabric, look: Look) -> None:
        """A hood lying on the shoulders behind the neck."""
        f, dice = self.figure, self.dice
        w = dice.between(0.2, 0.28)
        lump = smooth(
            path(-w, 0.05, -w * 1.05, -0.16, -w * 0.5, -0.25, w * 0.5, -0.25, w * 1.05, -0.16, w, 0.05), 2
        )
        self.canvas.lay([f.on_trunk(lump)], part, fabric, look)

    def panels(self, top: Top, fabric: Fabric, look: Look, gap: float) -> None:
        """An open jacket: two front panels, `gap` torsos apart at the hem."""
        f, dice = self.figure, self.dice
        tip = f.shoulder * np.cos(f.yaw) + 0.04
        lapel = dice.chance(0.5)
        levels = [v for v in (0.26, 0.5, 0.8, 1.1, 1.5, 2.0) if v < top.hem - 0.05] + [top.hem]
        slack = dice.between(0.5, 1.3)
        for side in SIDES:
            rim = join(*[path(self._half(top, v), v) for v in levels])
            inner = max(gap * slack + dice.jitter(0.03), 0.0)
            edge = path(
                inner,
                top.hem + 0.02,
                inner * 0.9,
                0.7,
                inner * 0.75 + 0.02,
                0.3,
                top.neck_half,
                _slope(top.neck_half, f.shoulder),
            )
            outline = join(path(tip, _slope(tip, f.shoulder), tip + 0.03, 0.06), rim, edge) * (side, 1)
            outline[:, 0] += f.front() * (np.abs(outline[:, 0]) < 0.3)
            self.canvas.lay([f.on_trunk(outline)], Part.UPPER, fabric, varied(look, dice, cast=0.4), -f.tilts[0])
            if lapel:
                flap = path(
                    top.neck_half * 0.9,
                    -0.2,
                    top.neck_half + 0.08,
                    -0.05,
                    top.neck_half + 0.1,
                    0.16,
                    inner * 0.7 + 0.01,
                    dice.between(0.35, 0.6),
                )
                flap = flap * (side, 1) + (f.front(), 0)
                self.canvas.lay(
                    [f.on_trunk(flap)],
                    Part.UPPER,
                    fabric,
                    varied(look, dice, outline=0.3, gain=dice.between(0.85, 1.1)),
                )

    def trousers(self, part: Part, fabric: Fabric, look: Look, waist: float, length: float) -> None:
        """Legs to `length` (1 knee, 2 ankle) and the seat; with `part` DRESS the lower half of a jumpsuit."""
        f, dice = self.figure, self.dice
        fit = dice.between(1.0, 1.12) if dice.chance(0.5) else dice.between(1.12, 1.5)
        end = f.leg_width * (dice.between(0.42, 0.75) if length > 1.4 else dice.between(0.85, 1.25)) * fit
        ts = np.array([t for t in (0.0, 0.4, 1.0, 1.45) if t < length - 0.12] + [length])
        drop = dice.between(0.1, 0.22)
        for side in SIDES if dice.chance(0.5) else SIDES[::-1]:
            joints = f.legs[side].joints[:3]
            line = np.stack([_along(joints, t) for t in ts])
            w = f.leg_width * fit
            radii = np.interp(ts / length, (0, 0.2, 0.5, 1), (w * 1.08, w * 1.02, (w + end) * 0.46, end))
            angle = -float(np.arctan2(*(line[-1] - line[0])))
            self.canvas.lay(limb(line, radii), part, fabric, varied(look, dice, radius=0.15), angle)
        self._seat(part, fabric, look, waist, drop)

    def _seat(self, part: Part, fabric: Fabric, look: Look, waist: float, drop: float) -> None:
        f, dice = self.figure, self.dice
        top, mid = f.half_at(waist) * 1.03 + 0.01, f.half_at(1.0) * 1.04 + 0.01
        shape = [path(top, waist, mid, 0.98, mid * 1.0, 1.1, 0.06, 1.1 + drop)]
        outline = join(shape[0], mirror(shape[0])[::-1])
        self.canvas.lay([f.on_trunk(outline)], part, fabric, varied(look, dice, cast=0.05, outline=0.0))
        ink = fabric.colours[0] * np.float32(dice.between(0.4, 0.8))
        if dice.chance(0.6):
            fly = path(f.front(), waist, f.front(), 1.1 + drop * 0.8)
            self.canvas.stroke(f.on_trunk(fly), 0.5, 1, ink, (part,))
        if dice.chance(0.5):
            for side in SIDES:
                self.canvas.stroke(
                    f.on_trunk(path(side * top * 0.6, waist + 0.02, side * mid * 0.95, 1.05)), 0.5, 1, ink, (part,)
                )
        if dice.chance(0.45):
            belt = path(-top, waist, top, waist, top, waist + 0.06, -top, waist + 0.06)
            other = Plain(np.full(3, dice.between(0.03, 0.5), np.float32)) if dice.chance(0.5) else fabric
            self.canvas.lay([f.on_trunk(belt)], part, other, varied(look, dice, outline=0.25, folds=0.02))

    def skirt(self, part: Part, fabric: Fabric, look: Look, waist: float, length: float) -> None:
        """From the waist to `length` along the legs (0.3 mini .. 2 floor)."""
        dice = self.dice
        hull = self._skirt_shape(waist, length)
        self.canvas.lay([hull], part, fabric, look)
        if dice.chance(0.4):
            ink = fabric.colours[0] * np.float32(0.6)
            for _ in range(dice.whole(2, 8)):
                u = dice.between(-0.3, 0.3)
                start, end = self.figure.trunk(u, waist + 0.1), np.array([0.0, hull[:, 1].max() - 0.1])
                end[0] = start[0] + u * dice.between(0, 2)
                self.canvas.stroke(np.stack([start, end]), 0.3, dice.whole(1, 4), ink, (part,))

    def _skirt_shape(self, waist: float, length: float) -> Points:
        f, dice = self.figure, self.dice
        flare = dice.between(1.0, 1.25) if dice.chance(0.5) else dice.between(1.25, 2.3)
        top, mid = f.half_at(waist) * 1.03, f.half_at(1.0) * 1.05 + 0.02 * (flare - 1)
        points = [f.on_trunk(path(top, waist, mid, 1.0, -mid, 1.0, -top, waist))]
        for t in np.linspace(0.15, length, 4):
            for side in SIDES:
                centre = _along(f.legs[side].joints[:3], float(t))
                out = f.leg_width * (1 + (flare - 0.95) * t * 0.8) * 1.05
                points.append(centre + path(side * out, 0, -side * out * 0.5, 0))
        hull: Points = cv2.convexHull(np.concatenate(points).astype(np.float32))[:, 0].astype(np.float64)
        return hull

    def shoe(self, side: int, fabric: Fabric, look: Look, shaft: float) -> None:
        """From the toes to `shaft` torsos up the leg (boots)."""
        f, dice = self.figure, self.dice
        _, knee, ankle, toe = f.legs[side].joints
        high = ankle + (knee - ankle) * shaft
        w = f.leg_width * (0.42 + 0.1 * (shaft > 0.2))
        line = np.stack([high, ankle + by(0, 0.03), toe + by(0, 0.02)])
        shape = limb(line, (w, w, dice.between(0.06, 0.09)), bend=1)
        self.canvas.lay(shape, Part.SHOES, fabric, varied(look, dice, radius=0.06))

    def print_on(self, fabric: Fabric, only: tuple[Part, ...]) -> None:
        """Letters or a picture on the chest; labels stay."""
        f, dice, c = self.figure, self.dice, self.canvas
        at = f.trunk(f.front() + dice.jitter(0.08), dice.between(0.25, 0.55))
        kind = dice.pick({"block": 0.35, "oval": 0.25, "lines": 0.4})
        w, h = dice.between(0.06, 0.24), dice.between(0.03, 0.2)
        flat = Look(0.05, 0, 0.1, 0, 0)
        if kind == "lines":
            for k in range(dice.whole(2, 9)):
                x = at[0] - w + 2 * w * k / 8
                c.stroke(
                    path(x, at[1] - h, x + dice.jitter(0.03), at[1] + h * dice.between(-1, 1)),
                    1.0,
                    dice.whole(1, 5),
                    fabric.colours[1],
                    only,
                )
            return
        turn = np.linspace(0, 2 * np.pi, 20)
        shape = (
            path(-w, -h, w, -h, w, h, -w, h)
            if kind == "block"
            else np.column_stack([np.cos(turn) * w, np.sin(turn) * h])
        )
        c.lay([shape + at], None, fabric, flat, only=only)

    def block(self, part: Part, fabric: Fabric, look: Look) -> None:
        """A yoke, chest band or lower half in another cloth; the garment stays one."""
        f, dice = self.figure, self.dice
        low, high = dice.pick({"yoke": 0.5, "band": 0.3, "lower": 0.2}), dice.between(0.1, 0.35)
        top, end = {
            "yoke": (-0.3, high),
            "band": (high, high + dice.between(0.06, 0.3)),
            "lower": (high + 0.15, 2.0),
        }[low]
        tilt = dice.jitter(0.03)
        shape = f.on_trunk(path(-0.9, top - tilt, 0.9, top + tilt, 0.9, end + tilt, -0.9, end - tilt))
        self.canvas.lay([shape], None, fabric, varied(look, dice, cast=0.0, outline=0.0, round=0.0), only=(part,))

    def front_line(self, top: Top, part: Part, fabric: Fabric) -> None:
        """Placket or zip with buttons."""
        f, dice, c = self.figure, self.dice, self.canvas
        ink = fabric.colours[0] * np.float32(dice.between(0.3, 0.85)) if dice.chance(0.7) else fabric.colours[1]
        start, end = max(top.neck_depth, -0.1), top.hem if top.neck == "shirt" else 0.35
        c.stroke(
            f.on_trunk(path(f.front(), start, f.front(), end)),
            dice.between(0.3, 0.9),
            dice.whole(1, 3),
            ink,
            (part,),
        )
        for v in np.arange(start + 0.05, end, dice.between(0.12, 0.2)):
            at = f.trunk(f.front() + 0.02, float(v))
            c.stroke(np.stack([at, at + by(0.005, 0.005)]), 0.8, 3, ink, (part,))


def _slope(u: float, shoulder: float) -> float:
    """Height of the shoulder's ridge above the joints at `u` across."""
    return float(np.interp(u, (0.1, 0.16, shoulder + 0.05), (-0.19, -0.145, -0.05)))


def _along(joints: Points, t: float) -> Points:
    """The place `t` along a limb: 0 first joint, 1 second, 2 third."""
    k = min(int(t), 1)
    out: Points = joints[k] + (joints[k + 1] - joints[k]) * (t - k)
    return out
