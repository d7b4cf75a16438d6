"""How the photo is cropped and where the person stands in the model's input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.person.parts import MODEL_HEIGHT, MODEL_WIDTH
from pipeline.training.geometry import SIDES, Dice, Points
from pipeline.training.person.canvas import HEIGHT
from pipeline.training.person.figure import Figure

SHOTS = {"full": 0.42, "knees": 0.14, "hips": 0.32, "chest": 0.06, "headless": 0.06}


@dataclass(frozen=True)
class View:
    """`scale` and `origin` for the canvas; the box (model pixels) is what the photo fills, the rest is padding."""

    scale: float
    origin: Points
    left: int
    top: int
    right: int
    bottom: int


def choose_view(dice: Dice, figure: Figure) -> View:
    """A photo's border and the engine's frame in it (pipeline.person.frame.make_frame), fitted to the model."""
    joints = np.concatenate([figure.arms[s].joints for s in SIDES] + [figure.legs[s].joints for s in SIDES])
    shot = dice.pick(SHOTS)
    photo_low = {
        "full": joints[:, 1].max() + dice.between(0.05, 0.5), "knees": dice.between(1.6, 2.5),
        "hips": dice.between(1.05, 1.6), "chest": dice.between(0.75, 1.05), "headless": dice.between(1.3, 3.2),
    }[shot]  # fmt: skip
    photo_high = (
        figure.head[1] + dice.between(-0.1, 0.2) if shot == "headless" else figure.head[1] - dice.between(0.25, 1)
    )
    seen = joints[joints[:, 1] < photo_low + 0.1]
    low = np.array([min(seen[:, 0].min(), -0.4) - 0.18, min(figure.head[1] - 0.28, seen[:, 1].min() - 0.08)])
    high = np.array([max(seen[:, 0].max(), 0.4) + 0.18, seen[:, 1].max() + 0.08])
    side = 0.4 + dice.jitter(0.08)
    left, right = low[0] - side, high[0] + side + dice.jitter(0.08)
    if dice.chance(0.12):
        left += dice.between(0, 0.7) * side * 2
    top = max(low[1] - 0.25 - abs(dice.jitter(0.05)), photo_high)
    bottom = min(high[1] + 0.3 + abs(dice.jitter(0.05)), photo_low)
    scale = min(MODEL_WIDTH / (right - left), MODEL_HEIGHT / (bottom - top))
    width, height = (
        min(MODEL_WIDTH, round((right - left) * scale)),
        min(MODEL_HEIGHT, round((bottom - top) * scale)),
    )
    x0, y0 = (MODEL_WIDTH - width) // 2, (MODEL_HEIGHT - height) // 2
    finer = HEIGHT / MODEL_HEIGHT
    origin = np.array([x0 - left * scale, y0 - top * scale])
    return View(scale * finer, origin * finer, x0, y0, x0 + width, y0 + height)
