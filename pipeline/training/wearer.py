"""The person in a photo of a worn garment: head, neck, arms, legs and other clothes, all of it background."""

from __future__ import annotations

import numpy as np

from pipeline.garment.parts import Part
from pipeline.training.canvas import Look
from pipeline.training.fabric import Fabric, Plain, pick_colour
from pipeline.training.geometry import SIDES, Dice, Points, join, path, smooth
from pipeline.training.scene import Scene
from pipeline.training.sleeves import Sleeve
from pipeline.training.torso import Torso

BODY_LOOK = Look(0.06, 0.3, 0.2, 0.0)
SKIN_LIGHT, SKIN_DARK = np.array([0.95, 0.8, 0.7]), np.array([0.3, 0.18, 0.12])


class Wearer:
    """One person: skin, hair and the clothes that are not for sale."""

    def __init__(self, dice: Dice) -> None:
        tone = SKIN_LIGHT + (SKIN_DARK - SKIN_LIGHT) * dice.between(0, 1)
        self.skin = Plain(np.asarray(tone, np.float32))
        self.hair = Plain(pick_colour(dice) * np.float32(0.6))
        self.other = Fabric(dice)
        self.head_room = dice.between(0.4, 1.9)
        self.leg_room = dice.between(0.2, 1.6)

    def draw_head(self, scene: Scene, torso: Torso) -> None:
        """Neck into the neckline, head above it, hair beside it; drawn after the inside of the back."""
        dice, half = scene.dice, min(torso.neck_half, 0.32) * scene.dice.between(0.75, 1)
        low = torso.neck_depth + 0.3
        neck = path(-half, -0.4, half, -0.4, half * 1.05, 0, torso.neck_half * 1.1, 0.1, 0.3, low, -0.3, low,
                    -torso.neck_half * 1.1, 0.1, -half * 1.05, 0)  # fmt: skip
        scene.canvas.lay(neck, Part.BACKGROUND, self.skin, BODY_LOOK)
        centre = path(dice.jitter(0.05), -0.95)
        scene.canvas.lay(_oval(centre - (0, 0.1), 0.5, 0.62), Part.BACKGROUND, self.hair, BODY_LOOK)
        scene.canvas.lay(_oval(centre, 0.37, 0.52), Part.BACKGROUND, self.skin, BODY_LOOK)

    def draw_locks(self, scene: Scene) -> None:
        """Long hair over the shoulders, on top of the garment."""
        dice = scene.dice
        length = dice.between(0.2, 1.2)
        for side in SIDES:
            x, width = side * dice.between(0.3, 0.55), dice.between(0.08, 0.25)
            lock = smooth(
                path(x - width, -1, x - width, length * 0.6, x, length, x + width, length * 0.6, x + width, -1)
            )
            scene.canvas.lay(lock, Part.BACKGROUND, self.hair, BODY_LOOK)

    def draw_arms(self, scene: Scene, torso: Torso, sleeves: dict[int, Sleeve]) -> None:
        """What comes out of the cuffs or armholes; drawn before the garment."""
        dice = scene.dice
        for side in SIDES:
            if side in sleeves:
                sleeve = sleeves[side]
                start = (sleeve.cuff_outer + sleeve.cuff_inner)[
                    0 if sleeve.cuff_outer.ndim > 1 else slice(None)
                ] / 2
                way, length = sleeve.direction, dice.between(0.3, 1.3)
            else:
                start = torso.corners[side].shoulder[0] + (-side * 0.12, 0.2)
                way, length = np.array([side * dice.between(-0.05, 0.35), 1.0]), dice.between(1.6, 2.4)
            across = np.array([way[1], -way[0]]) * dice.between(0.13, 0.2)
            end = start + way * length
            back = start - way * 0.3
            arm = smooth(
                join(back + across, end + across * 0.7, end + way * 0.2, end - across * 0.7, back - across)
            )
            scene.canvas.lay(arm, Part.BACKGROUND, self.skin, BODY_LOOK)

    def draw_legs(self, scene: Scene, hem_y: float, hip: float, *, bare: bool) -> None:
        """Legs below a hem, in skin or in trousers; drawn before the garment."""
        dice = scene.dice
        cloth = self.skin if bare else self.other
        wide = min(hip * (0.34 if bare else 0.48), 0.55)
        for side in SIDES:
            x = side * min(hip * 0.5, 0.55)
            foot = x + side * dice.between(-0.1, 0.15)
            low = hem_y + self.leg_room + 1.5
            leg = path(
                x - wide, hem_y - 0.5, x + wide, hem_y - 0.5, foot + wide * 0.6, low, foot - wide * 0.6, low
            )
            scene.canvas.lay(leg, Part.BACKGROUND, cloth, BODY_LOOK)

    def draw_trunk(self, scene: Scene, waist_half: float) -> None:
        """The upper body above bottoms, with hanging arms; drawn before the garment."""
        dice = scene.dice
        shoulder = dice.between(0.85, 1.15)
        high = -2.4
        trunk = smooth(path(-waist_half * 0.95, 0.4, -waist_half * 0.9, -0.7, -shoulder, high, shoulder, high,
                            waist_half * 0.9, -0.7, waist_half * 0.95, 0.4))  # fmt: skip
        sleeve = self.skin if dice.chance(0.5) else self.other
        for side in SIDES:
            hand = path(side * dice.between(0.95, 1.5), dice.between(0.2, 1.2))
            arm = path(side * shoulder, high) * (0.9, 1)
            elbow = path(side * dice.between(1.1, 1.7), -0.9)
            spine = smooth(join(arm, elbow, hand))
            scene.canvas.lay(
                join(spine - (0.14, 0), (spine + path(0.14, 0))[::-1]), Part.BACKGROUND, sleeve, BODY_LOOK
            )
            scene.canvas.lay(_oval(hand, 0.16, 0.26), Part.BACKGROUND, self.skin, BODY_LOOK)
        scene.canvas.lay(trunk, Part.BACKGROUND, self.other, BODY_LOOK)


def _oval(centre: Points, half_width: float, half_height: float) -> Points:
    turn = np.linspace(0, 2 * np.pi, 25)[:-1]
    oval: Points = centre + np.column_stack([np.cos(turn) * half_width, np.sin(turn) * half_height])
    return oval


def perhaps_cut_away(scene: Scene) -> None:
    """Half of the time the cut-out holds the garment alone, as from a parser, instead of the whole person."""
    if scene.dice.chance(0.5):
        scene.canvas.coverage *= scene.canvas.parts > 0
