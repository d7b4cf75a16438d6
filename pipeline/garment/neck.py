"""Finds the opening of the neck in a close-up: the inside of the back, with its label and what it hangs on.

The model is a small U-Net trained on close-ups of the garments we render (`pipeline.training.garment_neck`); it
sees the neck about twice as large as the part model does. Its card is docs/models/garment_parts.md.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.cutout import onnx_session
from pipeline.garment.parts import Square, model_input
from pipeline.masks import Floats
from pipeline.types import Alpha, Image

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NECK_SIZE = 128
"""Pixels a side of the square the model sees."""

MIDDLE, POWERS = 0.55, (0.5, 3.0)
"""How light (0..1) the cloth should be that the model is shown, and how far a picture is developed towards it."""

SIDE, ABOVE = 0.85, 0.22
"""The square's side and how far it reaches above the collar, in chest widths of most necks."""

WIDE = 0.6
"""Share of the side from collar to collar: wider necks are looked at from further away."""


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    return onnx_session(files("pipeline.models").joinpath("garment_neck.onnx").read_bytes())


def neck_square(middle: NDArray[np.float64], chest: float, gap: float = 0.0) -> Square:
    """What the model is shown: `middle` (2,) lies between the collar points, which are `gap` apart; `chest` is the
    chest's width."""
    scale = max(chest, gap / (WIDE * SIDE))
    side = max(round(SIDE * scale), 8)
    return Square(round(float(middle[0]) - side / 2), round(float(middle[1]) - ABOVE * scale), side)


def _exposed(picture: Floats, alpha: Alpha) -> Floats:
    """The picture (H, W, 3) 0..1 developed so that black and white cloth show their shades."""
    light = picture[::4, ::4].mean(axis=2)[alpha[::4, ::4] > 0.9]
    middle = float(np.clip(np.median(light), 0.02, 0.98)) if len(light) else MIDDLE
    # White ground stays white under any power.
    power = float(np.clip(np.log(MIDDLE) / np.log(middle), *POWERS))
    return np.asarray(cv2.pow(picture, power), np.float32)


def find_opening(rgb: Image, alpha: Alpha, square: Square) -> Floats:
    """How surely each pixel of `square` (side, side) shows what lies behind the front's upper edge, 0..1.

    `rgb` (H, W, 3) and `alpha` (H, W) are the cut-out garment. Two passes, plain and mirrored, are averaged.
    """
    left, top, side = square
    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = max(min(top + side, alpha.shape[0]), y0 + 1), max(min(left + side, alpha.shape[1]), x0 + 1)
    near = Square(left - x0, top - y0, side)
    cut, solid = rgb[y0:y1, x0:x1], alpha[y0:y1, x0:x1]
    planes = model_input(_exposed(np.asarray(cut / 255, np.float32), solid), solid, near, NECK_SIZE)
    plain = _session().run(None, {"neck": planes})[0][0, 0]
    mirrored = _session().run(None, {"neck": np.ascontiguousarray(planes[..., ::-1])})[0][0, 0, :, ::-1]
    chance = 0.5 / (1 + np.exp(-np.clip(plain, -30, 30))) + 0.5 / (1 + np.exp(-np.clip(mirrored, -30, 30)))
    # In steps that swallow the last bits in which machines differ.
    steady = np.asarray(np.round(chance * 1024) / 1024, np.float32)
    return np.asarray(cv2.resize(steady, (side, side), interpolation=cv2.INTER_LINEAR), np.float32)
