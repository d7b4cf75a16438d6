"""Skin, face and hair of a drawn figure."""

from __future__ import annotations

import numpy as np

from pipeline.person.parts import Part
from pipeline.training.fabric import Box, Fabric, Plain, noise, pick_colour
from pipeline.training.geometry import SIDES, Dice, Points, join, path, smooth
from pipeline.training.person.canvas import SKIN_LOOK, Canvas, Look, Plane, limb, oval, varied
from pipeline.training.person.figure import Figure, by

TONES = np.array([
    (0.97, 0.85, 0.78), (0.93, 0.76, 0.66), (0.87, 0.67, 0.54), (0.76, 0.55, 0.42), (0.62, 0.43, 0.32),
    (0.47, 0.31, 0.23), (0.34, 0.22, 0.17), (0.23, 0.15, 0.12),
])  # fmt: skip
HAIRS = np.array([
    (0.06, 0.05, 0.05), (0.12, 0.09, 0.08), (0.22, 0.14, 0.1), (0.36, 0.24, 0.16), (0.5, 0.36, 0.22),
    (0.68, 0.53, 0.34), (0.83, 0.7, 0.5), (0.5, 0.24, 0.12), (0.55, 0.54, 0.53), (0.85, 0.85, 0.84),
])  # fmt: skip
ARM_PART = {-1: Part.LEFT_ARM, 1: Part.RIGHT_ARM}


class Skin(Fabric):
    """One skin: a tone with faint blotches."""

    def __init__(self, dice: Dice) -> None:
        place = dice.between(0, len(TONES) - 1)
        low = int(place)
        tone = TONES[low] + (TONES[min(low + 1, len(TONES) - 1)] - TONES[low]) * (place - low)
        tone = np.clip(tone * dice.between(0.9, 1.06) * (1 + dice.rng.normal(0, 0.025, 3)), 0, 1)
        self.tone = tone.astype(np.float32)
        self.colours = [self.tone] * 3
        self.weave, self.frequency, self.duty, self.seed = "solid", 0.1, 0.0, dice.whole(0, 1 << 30)

    def paint(
        self,
        box: Box,
        angle: float = 0.0,
        origin: tuple[float, float] = (0.0, 0.0),  # noqa: ARG002  (skin has no print to anchor)
    ) -> Plane:
        blotch = noise(Dice(self.seed).rng, box, 14, 14, angle)[..., None]
        return np.asarray(self.tone * (1 + 0.05 * blotch * np.array([0.6, 1.0, 1.0], np.float32)), np.float32)


class Hair(Fabric):
    """Strands along the lock, lighter and darker."""

    def __init__(self, dice: Dice) -> None:
        colour = (
            HAIRS[dice.whole(0, len(HAIRS))] * dice.between(0.7, 1.2) if dice.chance(0.95) else pick_colour(dice)
        )
        self.tone = np.clip(colour, 0, 1).astype(np.float32)
        self.strand = dice.between(0.05, 0.35)
        self.curly = dice.chance(0.25)
        self.cells = dice.between(40, 110)
        self.colours = [self.tone] * 3
        self.weave, self.frequency, self.duty, self.seed = "solid", 0.1, 0.0, dice.whole(0, 1 << 30)

    def paint(
        self,
        box: Box,
        angle: float = 0.0,
        origin: tuple[float, float] = (0.0, 0.0),  # noqa: ARG002  (nor has hair)
    ) -> Plane:
        down = self.cells if self.curly else self.cells * 0.1
        rng = Dice(self.seed).rng
        strands = noise(rng, box, self.cells, down, angle) + 0.6 * noise(rng, box, 12, 5, angle)
        return np.asarray(
            np.clip(self.tone * (1 + self.strand * strands)[..., None] + 0.02 * strands[..., None], 0, 1),
            np.float32,
        )


class Anatomy:
    """Draws the naked pieces of `figure` in their turn."""

    def __init__(self, figure: Figure, canvas: Canvas, dice: Dice) -> None:
        self.figure, self.canvas, self.dice = figure, canvas, dice
        self.skin, self.hair = Skin(dice), Hair(dice)
        self.long = dice.between(0.15, 1.0) if dice.chance(0.42) else 0.0
        styles = {"short": 0.45, "bald": 0.07, "afro": 0.1, "bun": 0.13, "bob": 0.25}
        self.style = "long" if self.long else dice.pick(styles)
        self.hair_look = Look(folds=0.1, round=0.35, radius=0.2, cast=0.2, outline=0.0)
        self.face_half = dice.between(0.145, 0.17) * figure.head_size

    def trunk(self) -> None:
        """Bare trunk and neck down to the hips; most of it will be covered."""
        f = self.figure
        v = np.array([-0.06, 0.04, 0.2, 0.4, 0.62, 0.8, 0.97, 1.12])
        half = f.side_half(v)
        half[0] *= 0.85
        rim = join(*[path(h, y) for h, y in zip(half, v, strict=True)])
        outline = join(path(-0.11, -0.16), path(0.11, -0.16), rim, (rim * (-1, 1))[::-1])
        self.canvas.lay(
            [f.on_trunk(smooth(outline, 1))], Part.HEAD, self.skin, varied(SKIN_LOOK, self.dice, radius=0.25)
        )
        neck = np.stack([f.trunk(f.front() * 0.5, 0.02), f.chin + f.head_up * 0.06])
        width = self.dice.between(0.105, 0.14) * (1 + 0.3 * (f.bulk - 1))
        self.canvas.lay(limb(neck, (width * 1.15, width)), Part.HEAD, self.skin, SKIN_LOOK)
        if self.dice.chance(0.4) and not f.back:
            for side in SIDES:
                bone = f.on_trunk(path(side * 0.03 + f.front(), -0.02, side * 0.27, -0.05))
                self.canvas.stroke(bone, 0.2, 2, self.skin.tone * np.float32(0.6), (Part.HEAD,))

    def arm(self, side: int) -> None:
        """The whole bare arm without the hand."""
        f, w = self.figure, self.figure.arm_width
        joints = f.arms[side].joints[:3]
        mid = joints[:2].mean(axis=0)
        line = np.stack([joints[0], mid, joints[1], joints[1] * 0.6 + joints[2] * 0.4, joints[2]])
        radii = (w * 1.1, w * 0.98, w * 0.8, w * 0.78, w * 0.5)
        self.canvas.lay(limb(line, radii), ARM_PART[side], self.skin, SKIN_LOOK, _angle(joints[0], joints[2]))

    def hand(self, side: int) -> None:
        """Palm and fingers from the wrist on."""
        f, dice = self.figure, self.dice
        wrist, tip = f.arms[side].joints[2:]
        way = tip - wrist
        length = max(float(np.hypot(*way)), 0.06)
        way = way / length
        across = np.array([-way[1], way[0]])
        width = f.arm_width * dice.between(0.5, 0.85)
        shape = limb(np.stack([wrist, wrist + way * length * 0.5]), (f.arm_width * 0.5, width))
        curl, spread = dice.between(-0.25, 0.25), dice.between(0.5, 1.1)
        for k in (-1.5, -0.5, 0.5, 1.5):
            base = wrist + way * length * 0.5 + across * k * width * 0.5
            end = base + (way + across * (k * 0.13 * spread + curl)) * length * dice.between(0.38, 0.5)
            shape += limb(np.stack([base, end]), (width * 0.27, width * 0.2))
        sign = 1 if dice.chance(0.5) else -1
        thumb = wrist + way * length * 0.2 + across * sign * width * 0.8
        end = thumb + (way * 0.6 + across * sign * dice.between(0.3, 0.9)) * length * 0.45
        shape += limb(np.stack([thumb, end]), (width * 0.35, width * 0.22))
        self.canvas.lay(shape, Part.HANDS, self.skin, varied(SKIN_LOOK, dice, outline=0.08, radius=0.06))

    def leg(self, side: int) -> None:
        f, w = self.figure, self.figure.leg_width
        hip, knee, ankle, _ = f.legs[side].joints
        line = np.stack([hip, hip * 0.5 + knee * 0.5, knee, knee * 0.65 + ankle * 0.35, ankle])
        radii = (w * 1.1, w * 0.92, w * 0.64, w * 0.62, w * 0.36)
        self.canvas.lay(limb(line, radii), Part.LEGS, self.skin, SKIN_LOOK, _angle(hip, ankle))

    def foot(self, side: int) -> None:
        """A bare foot; shoes are drawn over it."""
        ankle, toe = self.figure.legs[side].joints[2:]
        self.canvas.lay(limb(np.stack([ankle, toe]), (0.07, 0.065)), Part.LEGS, self.skin, SKIN_LOOK)

    def behind(self) -> None:
        """Hair that falls behind the shoulders."""
        f, dice = self.figure, self.dice
        if self.style == "bob" and not f.back:
            self._drop(dice.between(-0.02, 0.16))
        if self.style == "long" and not f.back:
            self._drop(self.long * dice.between(0.2, 1))

    def _drop(self, length: float) -> None:
        f, dice = self.figure, self.dice
        top = f.head + f.head_up * 0.2
        wide = self.face_half * dice.between(1.25, 1.75)
        low = f.chin + by(0, 0.1 + length)
        edge = [top + by(-wide * 0.8, 0), f.head + by(-wide, 0.1), low + by(-wide * dice.between(0.6, 1.4), 0)]
        edge += [low + by(wide * dice.between(0.6, 1.4), 0), f.head + by(wide, 0.1), top + by(wide * 0.8, 0)]
        self.canvas.lay([_rough(smooth(np.stack(edge), 2), 0.012, dice)], Part.HAIR, self.hair, self.hair_look)

    def head(self) -> None:
        """Skull cap of hair, face, ears, features, beard."""
        f, dice, c = self.figure, self.dice, self.canvas
        up, tilt, half = f.head_up, f.head_tilt, self.face_half
        aside = np.array([np.cos(tilt), np.sin(tilt)])
        grow = {"short": 1.08, "bald": 0.0, "afro": dice.between(1.3, 2.1), "bun": 1.06, "bob": 1.2, "long": 1.17}[
            self.style
        ]
        if grow:
            crown = f.head + up * 0.05 - aside * 0.05 * np.sin(f.head_turn)
            rough = 0.12 if self.style == "afro" else 0.05
            c.lay([oval(crown, half * grow * 1.02, 0.235 * f.head_size * (0.25 + 0.75 * grow), tilt, rough, dice)],
                  Part.HAIR, self.hair, self.hair_look)  # fmt: skip
        if self.style == "bun" and dice.chance(0.8):
            c.lay(
                [oval(f.head + up * 0.3 + aside * dice.jitter(0.05), 0.09, 0.08, 0, 0.1, dice)],
                Part.HAIR,
                self.hair,
                self.hair_look,
            )
        if f.back:
            if self.style == "bald":
                c.lay([oval(f.head, half, 0.25 * f.head_size, tilt)], Part.HEAD, self.skin, SKIN_LOOK)
            elif self.style == "long":
                self._drop(self.long)
            return
        for side in SIDES:
            if self.style in ("short", "bald", "bun") and side * np.sin(f.head_turn) < 0.3:
                c.lay(
                    [oval(f.head + aside * side * half - up * 0.02, 0.032, 0.055, tilt)],
                    Part.HEAD,
                    self.skin,
                    SKIN_LOOK,
                )
        self._face(aside)

    def _face(self, aside: Points) -> None:
        f, dice, c = self.figure, self.dice, self.canvas
        up, tilt, half = f.head_up, f.head_tilt, self.face_half
        jaw = half * dice.between(0.45, 0.72)
        size = f.head_size
        brow = 0.2 if self.style == "bald" else dice.between(0.1, 0.17)
        frame = [f.chin - aside * jaw * 0.5, f.chin + up * 0.08 - aside * jaw * 1.25, f.head - aside * half,
                 f.head + up * brow * size - aside * half * 0.85, f.head + up * (brow + 0.05) * size,
                 f.head + up * brow * size + aside * half * 0.85, f.head + aside * half,
                 f.chin + up * 0.08 + aside * jaw * 1.25, f.chin + aside * jaw * 0.5]  # fmt: skip
        face = smooth(np.stack([*frame, frame[0]]), 2)
        c.lay([face], Part.HEAD, self.skin, varied(SKIN_LOOK, dice, radius=0.12))
        middle = f.head + aside * 0.09 * np.sin(f.head_turn) - up * 0.01
        dark = Plain(self.hair.tone * np.float32(0.8))
        flat = Look(0, 0, 0.1, 0, 0)
        for side in SIDES:
            eye = middle + aside * side * 0.062 * np.cos(f.head_turn) + up * 0.02
            c.lay(
                [oval(eye, 0.024, 0.011, tilt)], None, Plain(np.full(3, dice.between(0.05, 0.4), np.float32)), flat
            )
            c.lay([oval(eye + up * 0.04, 0.035, 0.008, tilt)], None, dark, flat)
        lips = Plain(np.clip(self.skin.tone * np.array([0.9, 0.6, 0.6], np.float32), 0, 1))
        c.lay([oval(middle - up * 0.13, 0.05 * dice.between(0.8, 1.3), 0.014, tilt)], None, lips, flat)
        c.lay(
            [oval(middle - up * 0.065, 0.022, 0.012, tilt)], None, Plain(self.skin.tone * np.float32(0.75)), flat
        )
        if dice.chance(0.17):
            beard = [oval(f.chin + up * 0.03, jaw * 1.15, dice.between(0.06, 0.11), tilt, 0.06, dice)]
            c.lay(beard, None, self.hair, Look(0.1, 0, 0.1, 0, 0), only=(Part.HEAD,))
        if self.style in ("long", "bob", "short") and dice.chance(0.5):
            fringe = oval(
                f.head + up * 0.19 * size + aside * dice.jitter(0.05),
                half * 0.95,
                dice.between(0.03, 0.1),
                tilt,
                0.1,
                dice,
            )
            c.lay([fringe], Part.HAIR, self.hair, self.hair_look)

    def locks(self) -> None:
        """Hair in front of the shoulders, over the clothes; on a back view, everything that hangs."""
        f, dice = self.figure, self.dice
        if f.back and self.style in ("long", "bob"):
            self._drop(self.long or 0.1)
            return
        if self.style not in ("long", "bob"):
            return
        reach = self.long if self.style == "long" else dice.between(-0.05, 0.12)
        for side in SIDES:
            if self.style == "long" and dice.chance(0.3):
                continue
            x = side * self.face_half
            top = f.head + f.head_up * 0.1 + by(x, 0)
            end = f.chin + by(x * dice.between(0.6, 1.6), 0.08 + reach * dice.between(0.6, 1.1))
            mid = (top + end) / 2 + by(side * dice.between(-0.02, 0.06), 0)
            w = dice.between(0.03, 0.085)
            lock = limb(np.stack([top, mid, end]), (w * 0.6, w, w * dice.between(0.2, 0.9)))
            self.canvas.lay(lock, Part.HAIR, self.hair, self.hair_look, dice.jitter(0.2))


def _angle(a: Points, b: Points) -> float:
    """Turn of a limb against straight down, radians."""
    way = b - a
    return float(-np.arctan2(way[0], way[1]))


def _rough(line: Points, share: float, dice: Dice) -> Points:
    out: Points = line + dice.rng.normal(0, share, line.shape)
    return out
