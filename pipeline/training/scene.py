"""One garment being drawn: its canvas, its cloths, its light and the landmarks found on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.garment.parts import LANDMARKS, Part
from pipeline.training.canvas import Canvas, Look
from pipeline.training.fabric import Fabric, Plain, pick_colour
from pipeline.training.geometry import Dice, Points, View

SIDE_NAME = {-1: "left", 1: "right"}


class Scene:
    """Everything the drawing functions share."""

    def __init__(self, dice: Dice, extent: Points) -> None:
        self.dice = dice
        self.view = View(dice, extent)
        self.canvas = Canvas(dice, self.view)
        self.cloth = Fabric(dice)
        self.trim = Fabric(dice) if dice.chance(0.2) else self.cloth
        self.lining = self.cloth if dice.chance(0.55) else Fabric(dice, "solid" if dice.chance(0.7) else None)
        crisp = dice.between(0, 0.5) if dice.chance(0.7) else 0.0
        self.look = Look(dice.between(0.03, 0.3), dice.between(0.03, 0.45), dice.between(0.05, 0.5), crisp)
        self.inside = Look(self.look.folds, 0.1, 0, 0, dice.between(0.35, 0.95))
        self._marks: dict[str, Points] = {}

    def mark(self, name: str, point: Sequence[float] | Points) -> None:
        """Remember a landmark, in garment units."""
        if name not in LANDMARKS:
            raise KeyError(name)
        self._marks[name] = np.asarray(point, np.float64).reshape(2)

    def mark_pair(self, name: str, side: int, point: Sequence[float] | Points) -> None:
        self.mark(f"{name}_{SIDE_NAME[side]}", point)

    def unmark(self, name: str) -> None:
        """Forget a landmark that a later piece took away."""
        self._marks.pop(name, None)

    def landmarks(self) -> NDArray[np.float32]:
        """Canvas pixels, shape (len(LANDMARKS), 2); NaN where the garment has no such point."""
        out = np.full((len(LANDMARKS), 2), np.nan, np.float32)
        for name, point in self._marks.items():
            out[LANDMARKS.index(name)] = self.view.project(point)[0]
        return out

    def tag(self, centre: Points, half_width: float, half_height: float) -> None:
        """A size label or price tag: it takes the label of what it lies on."""
        w, h = half_width, half_height
        corners = centre + np.array([[-w, -h], [w, -h], [w, h], [-w, h]])
        self.canvas.lay(corners, None, Plain(pick_colour(self.dice)), Look(0, 0.05, 0.2, 0.1))

    def seam(self, line: Points, *parts: Part) -> None:
        """A line of stitching of random strength."""
        self.canvas.stroke(line, self.dice.between(0.1, 0.6), self.dice.whole(1, 3), only=parts)
