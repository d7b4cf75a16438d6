"""Ground above the shoulders that the cut-out takes for the person is told by its colour."""

from __future__ import annotations

import numpy as np

from pipeline.person.wearer import _without_ground_above
from pipeline.types import Alpha

WALL, SHIRT, WHITE = (226, 216, 196), (30, 36, 90), (236, 228, 212)
TORSO = 200.0


def cut_out(shirt: tuple[int, int, int]) -> Alpha:
    """A shirt before a wall, and a patch of the wall on its shoulder that passes for the person."""
    picture = np.full((240, 320, 3), WALL, np.uint8)
    body, patch = np.zeros(picture.shape[:2], bool), np.zeros(picture.shape[:2], bool)
    body[120:, 80:240] = True
    patch[90:120, 100:150] = True
    picture[body] = shirt
    zone = np.zeros(body.shape, bool)
    zone[:118] = True
    alpha = (body | patch).astype(np.float32)
    return _without_ground_above(picture, alpha, zone, body, TORSO)[90:116, 104:146]


def test_a_patch_of_the_wall_is_no_part_of_the_person() -> None:
    assert cut_out(SHIRT).max() < 0.4
    assert cut_out(SHIRT).mean() < 0.02


def test_before_a_wall_of_the_shirts_colour_nothing_is_taken() -> None:
    assert cut_out(WHITE).min() > 0.99
