"""What people carry and wear besides clothes: bags, hats, glasses, scarves, phones, chairs."""

from __future__ import annotations

import numpy as np

from pipeline.person.parts import Part
from pipeline.training.fabric import Fabric, Plain, pick_colour
from pipeline.training.geometry import SIDES, Dice, path
from pipeline.training.person.canvas import Canvas, Look, limb, oval
from pipeline.training.person.figure import Figure, by

BODY = (Part.UPPER, Part.UNDER, Part.DRESS, Part.LOWER, Part.HEAD)


class Things:
    """Everything by chance."""

    def __init__(self, figure: Figure, canvas: Canvas, dice: Dice) -> None:
        self.figure, self.canvas, self.dice = figure, canvas, dice
        self.look = Look(0.08, 0.3, 0.1, 0.3, 0.2)

    def furniture(self) -> None:
        """A stool or a wall's edge behind the person; cut-outs rarely keep it."""
        dice, f = self.dice, self.figure
        if dice.chance(0.35 if f.legs[1].mode == "seated" else 0.04):
            w, low = dice.between(0.3, 0.9), dice.between(1.0, 1.25)
            box = path(-w, low, w, low, w, low + dice.between(0.3, 1.6), -w, low + 1) + by(dice.jitter(0.2), 0)
            self.canvas.lay([box], Part.BACKGROUND, Fabric(dice), self.look, cut=dice.chance(0.4))

    def neck(self) -> None:
        """Necklace; labels stay."""
        dice, f = self.dice, self.figure
        if dice.chance(0.12) and not f.back:
            drop = dice.between(0.05, 0.3)
            chain = path(-0.12, -0.12, -0.06, drop * 0.7, 0, drop, 0.06, drop * 0.7, 0.12, -0.12) + by(
                f.front(), 0
            )
            metal = np.array([0.8, 0.7, 0.4], np.float32) * np.float32(dice.between(0.5, 1.2))
            self.canvas.stroke(f.on_trunk(chain), 0.9, dice.whole(1, 3), metal, BODY)

    def worn(self) -> None:
        """Hat, glasses, scarf."""
        dice, f, c = self.dice, self.figure, self.canvas
        if dice.chance(0.1):
            top = f.head + f.head_up * 0.13
            brim = dice.between(0.17, 0.4)
            cloth = Fabric(dice)
            c.lay(
                [oval(top + f.head_up * 0.07, 0.17, dice.between(0.1, 0.2), f.head_tilt)],
                Part.HAIR,
                cloth,
                self.look,
            )
            c.lay([oval(top, brim, dice.between(0.02, 0.06), f.head_tilt)], Part.HAIR, cloth, self.look)
        if dice.chance(0.16) and not f.back:
            for side in SIDES:
                at = f.head + (side * 0.065 + 0.09 * np.sin(f.head_turn), 0) + f.head_up * 0.01
                ring = oval(at, 0.05, 0.038)
                if dice.chance(0.4):
                    c.lay([ring], None, Plain(np.full(3, 0.1, np.float32)), Look(0, 0, 0.1, 0, 0))
                c.stroke(
                    np.vstack([ring, ring[:1]]),
                    0.9,
                    dice.whole(1, 3),
                    pick_colour(dice) * np.float32(0.4),
                    (Part.HEAD, Part.HAIR),
                )
        if dice.chance(0.05):
            band = np.stack([f.trunk(-0.14, -0.12), f.trunk(f.front(), 0.0), f.trunk(0.14, -0.12)])
            scarf, width = Fabric(dice), dice.between(0.05, 0.11)
            c.lay(limb(band, (width,) * 3), Part.UPPER, scarf, self.look)
            if dice.chance(0.6):
                end = np.stack([f.trunk(0.05, 0), f.trunk(dice.between(-0.1, 0.15), dice.between(0.3, 0.9))])
                c.lay(limb(end, (width, width * 1.1)), Part.UPPER, scarf, self.look)

    def held(self) -> None:
        """Bag with its strap, things in a hand, something in front."""
        dice, f, c = self.dice, self.figure, self.canvas
        cut = dice.chance(0.8)
        if dice.chance(0.12):
            side = 1 if dice.chance(0.5) else -1
            cloth = Fabric(dice)
            at = f.trunk(side * dice.between(0.3, 0.55), dice.between(0.7, 1.4))
            start = f.trunk(side * (0.28 if dice.chance(0.6) else -0.26), -0.08)
            c.lay(
                limb(np.stack([start, at]), (dice.between(0.01, 0.03),) * 2),
                Part.BACKGROUND,
                cloth,
                self.look,
                cut=cut,
            )
            w, h = dice.between(0.1, 0.3), dice.between(0.1, 0.3)
            c.lay([path(-w * 0.9, -h, w * 0.9, -h, w, h, -w, h) + at], Part.BACKGROUND, cloth, self.look, cut=cut)
        if dice.chance(0.1):
            side = 1 if dice.chance(0.5) else -1
            hand = f.arms[side].joints[2:].mean(axis=0)
            w, h = dice.between(0.04, 0.2), dice.between(0.05, 0.35)
            drop = h * dice.between(-0.8, 1.1)
            c.lay(
                [path(-w, -h, w, -h, w, h, -w, h) + hand + (0, drop)],
                Part.BACKGROUND,
                Fabric(dice),
                self.look,
                cut=cut,
            )
        if dice.chance(0.04):
            at = f.trunk(dice.jitter(0.3), dice.between(0.2, 1.4))
            c.lay(
                [oval(at, dice.between(0.1, 0.5), dice.between(0.1, 0.4), 0, 0.2, dice)],
                Part.BACKGROUND,
                Fabric(dice),
                self.look,
                cut=cut,
            )
