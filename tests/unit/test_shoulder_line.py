"""A shoulder's outline from its tip up to the neck, where a hood lies on it and where none does."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool
from pipeline.person.body import MOST_RISE, STEEPEST_RISE, _shoulder_line
from pipeline.person.frame import Skeleton
from pipeline.person.parse import Parse

UNIT = 200.0
NECK, TIP = np.array([240.0, 140.0]), np.array([340.0, 170.0])


class Upright:
    """What of a skeleton is asked for."""

    shoulder_width = UNIT
    down = np.array([0.0, 1.0])


class Seen:
    """What of a parse is asked for."""

    def __init__(self, solid: Bool) -> None:
        self.alpha = solid.astype(np.float32)
        self.hair = np.zeros_like(self.alpha)


def rises(over: float, hood: tuple[float, float]) -> NDArray[np.float64]:
    """Shoulder widths by which the outline found lies over the straight way, from the tip to the neck.

    The shoulder rises `over` it, and a hood as thick as `hood[1]` lies on the share `hood[0]` next to the neck.
    """
    rows, columns = np.mgrid[:400, :440]
    share = (columns - NECK[0]) / (TIP[0] - NECK[0])
    straight = NECK[1] + (TIP[1] - NECK[1]) * share
    thick = np.where(share < hood[0], over + hood[1], over)
    solid = rows >= straight - thick * UNIT
    line = _shoulder_line(cast(Skeleton, Upright()), cast(Parse, Seen(solid)), NECK, TIP)
    ways = NECK[1] + (TIP[1] - NECK[1]) * (line[:, 0] - NECK[0]) / (TIP[0] - NECK[0])
    return np.asarray((ways - line[:, 1])[::-1] / UNIT, np.float64)


def test_a_shoulder_without_a_hood_is_followed_as_it_is() -> None:
    assert np.allclose(rises(0.03, (0.0, 0.0)), 0.03, atol=0.01)


def test_beside_a_thick_hood_the_shoulder_goes_on_as_high_as_further_out() -> None:
    found = rises(0.04, (0.7, 2 * MOST_RISE))
    assert np.allclose(found, 0.04, atol=0.01), "neither the hood nor back to the straight way"


def test_beside_a_thin_hood_the_shoulder_rises_slowly() -> None:
    found = rises(0.0, (0.7, 0.9 * MOST_RISE))
    assert np.diff(found).max() < STEEPEST_RISE + 0.01
    assert found[-1] > STEEPEST_RISE
