"""Arms behind the back: what is seen of them stays, what the old top hid of them is there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.preview import PreviewEngine
from pipeline.types import Category, Image, TryOnRequest, no_progress
from tests.data import needs_test_data
from tests.quality.material import load

BEHIND_THE_BACK, BEHIND_THE_HIP = "pairs/V_000074/person.jpg", "pairs/HD_00067/person.jpg"
SLEEVELESS, TEE = "garment/hd_06429.jpg", "garment/hd_11791.jpg"


def dressed(photo: Image, garment: Image) -> Image:
    return PreviewEngine().render(TryOnRequest(photo, garment, category=Category.UPPER), no_progress).image


def hue(image: Image, x: int, y: int) -> NDArray[np.float32]:
    """Median a* and b* of a patch."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32)
    return np.asarray(np.median(lab[y - 3 : y + 4, x - 3 : x + 4].reshape(-1, 3), axis=0)[1:], np.float32)


@pytest.fixture(scope="module")
def sleeveless() -> tuple[Image, Image]:
    """A woman with both hands behind her back, before and after."""
    photo = load(BEHIND_THE_BACK)
    return photo, dressed(photo, load(SLEEVELESS))


@needs_test_data
def test_an_arm_whose_hand_is_behind_the_back_stays_and_is_bare_up_to_its_shoulder(
    sleeveless: tuple[Image, Image],
) -> None:
    photo, worn = sleeveless
    skin = hue(photo, 630, 620)
    assert (worn[600:640, 620:640] == photo[600:640, 620:640]).all(), "what was seen of it is not covered"
    assert np.hypot(*(hue(worn, 638, 470) - skin)) < 10.0, "skin, not wall, where the old sleeve was"


@needs_test_data
def test_an_arm_behind_the_trunk_throws_no_shadow_on_it(sleeveless: tuple[Image, Image]) -> None:
    _, worn = sleeveless
    for x, y in ((300, 835), (310, 870), (560, 780)):
        assert worn[y - 10 : y + 10, x - 10 : x + 10].mean() > 170, "pale cloth where the hidden wrist is"


@needs_test_data
def test_an_arm_goes_on_where_the_old_trunk_hid_it_and_the_new_one_does_not() -> None:
    photo = load(BEHIND_THE_HIP)
    worn = dressed(photo, load(TEE))
    assert np.hypot(*(hue(worn, 217, 650) - hue(photo, 250, 520))) < 10.0
