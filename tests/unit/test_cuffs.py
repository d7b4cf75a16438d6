"""Where an old sleeve ends on its hand: that is where the hand begins, and where the arm ends, as wide."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.cutout import Cutout
from pipeline.person import find_people
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.tryon import open_picture
from tests.samples import sample_person

# Pixels of the photos, right below the cuff in the middle of the hand, as seen; picture left first.
DARK_JACKET, BEIGE_HOODIE = "people/2_posture.jpg", "avatars/1.png"
SEEN = {DARK_JACKET: ((333, 715), (553, 715)), BEIGE_HOODIE: ((228, 740), (515, 739))}


@lru_cache(maxsize=2)
def wearer_of(name: str) -> Wearer:
    photo = open_picture(sample_person(name).read_bytes())
    return analyse_person(photo, find_people(photo)[0], Cutout())


def at(arm_arc: NDArray[np.float64], values: NDArray[np.float64], place: float) -> NDArray[np.float64]:
    """A point or a direction (2,) at a place along an arm."""
    return np.array([np.interp(place, arm_arc, line) for line in values.T])


@pytest.mark.parametrize("name", SEEN)
def test_a_hand_begins_where_its_cuff_is_seen_to_end(name: str) -> None:
    """Of a cuff that has nearly the colours of skin its thin shadow tells it."""
    wearer = wearer_of(name)
    unit = wearer.skeleton.shoulder_width / wearer.frame.scale
    for arm, seen in zip(wearer.body.arms, SEEN[name], strict=True):
        found = at(arm.arc, arm.curve, arm.hand_from) / wearer.frame.scale + (wearer.frame.left, wearer.frame.top)
        assert np.hypot(*(found - seen)) < 0.03 * unit
        assert arm.bare_from >= arm.hand_from, "the sleeve covers it down to there"


@pytest.mark.parametrize("name", SEEN)
def test_an_arm_ends_in_the_middle_of_its_hand_and_as_wide(name: str) -> None:
    wearer = wearer_of(name)
    ys, xs = np.nonzero(wearer.parse.hands)
    unit = wearer.skeleton.shoulder_width
    for arm in wearer.body.arms:
        off = np.stack([xs, ys], axis=1) - at(arm.arc, arm.curve, arm.hand_from)
        along = off @ at(arm.arc, arm.tangent, arm.hand_from)
        across = off @ at(arm.arc, arm.normal, arm.hand_from) / np.interp(arm.hand_from, arm.arc, arm.bare)
        beginning = across[(along > 0.01 * unit) & (along < 0.07 * unit) & (np.abs(across) < 3.0)]
        inner, outer = np.percentile(beginning, (3, 97))
        assert abs(inner + outer) / 2 < 0.2
        assert 0.85 < (outer - inner) / 2 < 1.15
