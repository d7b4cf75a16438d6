"""Rendered garments with known truth: one seed, one garment, always the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.garment.parts import CATEGORIES
from pipeline.training.bottoms import draw_bottom
from pipeline.training.details import draw_shading
from pipeline.training.dresses import draw_dress
from pipeline.training.geometry import Dice
from pipeline.training.photo import cut_out, develop, photograph
from pipeline.training.scene import Scene
from pipeline.training.tops import draw_top
from pipeline.types import Category

MIX: dict[Category, float] = {Category.UPPER: 0.5, Category.LOWER: 0.26, Category.DRESS: 0.24}
"""Share of each category in training; tops have the most parts."""

DRAWERS: dict[Category, Callable[[Dice], Scene]] = {
    Category.UPPER: draw_top,
    Category.LOWER: draw_bottom,
    Category.DRESS: draw_dress,
}


class Sample(NamedTuple):
    """What the model is shown and what it should say.

    `rgb` uint8 (192, 192, 3) on white; `alpha` uint8 (192, 192); `parts` uint8 (192, 192) of Part; `landmarks`
    float32 (21, 2) in pixels of this picture, NaN where there is none; `category` an index into CATEGORIES.
    """

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    parts: NDArray[np.uint8]
    landmarks: NDArray[np.float32]
    category: int


def render(seed: int, category: Category | None = None) -> Sample:
    """The garment of this seed; of this seed and category when one is asked for."""
    dice = Dice(seed)
    chosen = Category(dice.pick({c.value: share for c, share in MIX.items()}))
    chosen = category or chosen
    scene = DRAWERS[chosen](dice)
    draw_shading(scene)
    canvas = scene.canvas
    photo = photograph(dice, canvas)
    alpha = cut_out(dice, canvas.coverage)
    if alpha.max() <= 0.5:
        alpha = canvas.coverage
    return Sample(*develop(dice, photo, alpha, canvas.parts, scene.landmarks()), CATEGORIES.index(chosen))
