"""The outline of a neck between the skin that is seen of it and the new collar, where an old collar was."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool
from pipeline.paint.skin import Skin

SIDE, UNIT = 300, 200.0
HEAD, SEEN, OLD_COLLAR, TEE = slice(20, 80), slice(80, 130), slice(130, 200), slice(200, 300)
NECK, BESIDE = slice(110, 190), slice(60, 240)
BUMP = (slice(150, 162), slice(190, 206))
NOTCH = (slice(170, 180), slice(182, 190))


def area(rows: slice, columns: slice) -> Bool:
    mask = np.zeros((SIDE, SIDE), np.bool_)
    mask[rows, columns] = True
    return mask


def painted(neck: Bool, *, ground: Bool | None = None) -> NDArray[np.float32]:
    """What is painted of `neck`, below skin that is seen and above a tee, where an old collar reached further out.

    `ground` is no part of the person.
    """
    person = area(slice(20, 300), BESIDE)
    stage = SimpleNamespace(
        unit=UNIT,
        face=area(HEAD, NECK),
        hair=np.zeros((SIDE, SIDE), np.float32),
        skin=area(SEEN, NECK).astype(np.float32),
        alpha=(person if ground is None else person & ~ground).astype(np.float32),
    )
    everything = (slice(0, SIDE), slice(0, SIDE))
    tee = area(TEE, BESIDE).astype(np.float32)
    skin = cast(Skin, SimpleNamespace(s=stage, trunk_alpha=tee, _round_neck=lambda: everything))
    return Skin._smooth_neck(skin, neck.astype(np.float32), area(OLD_COLLAR, BESIDE))


def test_a_bump_of_skin_beside_the_neck_goes() -> None:
    neck = area(OLD_COLLAR, NECK)
    left = painted(neck | area(*BUMP))
    assert left[BUMP][2:-2, 9:-2].max() < 0.1
    assert left[neck].min() > 0.9


def test_a_notch_in_the_neck_is_filled() -> None:
    left = painted(area(OLD_COLLAR, NECK) & ~area(*NOTCH))
    assert left[NOTCH][2:-2, :-2].min() > 0.7


def test_a_notch_in_which_ground_shows_is_left() -> None:
    left = painted(area(OLD_COLLAR, NECK) & ~area(*NOTCH), ground=area(*NOTCH))
    assert left[NOTCH].max() < 0.1


def test_an_even_neck_stays_as_it_is() -> None:
    neck = area(OLD_COLLAR, NECK)
    above = slice(130, 180)
    assert np.allclose(painted(neck)[above], neck[above], atol=0.01)
