"""The preview on photos that end above the hips: clothes and arms go on to the photo's border."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.samples import sample_picture
from pipeline.engines.preview import PreviewEngine
from pipeline.person import find_people
from pipeline.person import landmarks as lm
from pipeline.tryon import open_picture
from pipeline.types import Category, Image, TryOnRequest, TryOnResult, no_progress
from tests.samples import sample_person

DARK_JUMPER = "people/3_posture.jpg"


@pytest.fixture(scope="module")
def whole() -> tuple[Image, NDArray[np.float64]]:
    """A photo down to the knees, and the person's joints in it."""
    image = open_picture(sample_person(DARK_JUMPER).read_bytes())
    return image, find_people(image)[0].pose.points


def cut(whole: tuple[Image, NDArray[np.float64]], torsos: float) -> Image:
    """The photo down to so many torsos below the shoulders."""
    image, joints = whole
    shoulders, hips = (joints[list(pair), 1].mean() for pair in (lm.SHOULDERS, lm.HIPS))
    return np.ascontiguousarray(image[: int(shoulders + torsos * (hips - shoulders))])


def in_a_white_tee(photo: Image) -> TryOnResult:
    tee = open_picture(sample_picture("samples:shirts-3-front"))
    return PreviewEngine().render(TryOnRequest(photo, tee, category=Category.UPPER), no_progress)


@pytest.mark.parametrize("torsos", [0.55, 0.8, 1.0])
def test_cloth_reaches_the_lower_border_of_the_photo(
    whole: tuple[Image, NDArray[np.float64]], torsos: float
) -> None:
    photo = cut(whole, torsos)
    worn = in_a_white_tee(photo)
    left, right = np.sort(whole[1][list(lm.SHOULDERS), 0])
    chest = slice(int(0.75 * left + 0.25 * right), int(0.25 * left + 0.75 * right))
    assert photo[-1, chest].mean() < 80, "the old jumper is dark"
    assert worn.image[-1, chest].mean() > 180


def test_the_last_row_of_a_large_photo_is_dressed_like_the_rest(whole: tuple[Image, NDArray[np.float64]]) -> None:
    photo = cut(whole, 0.7)
    large = cv2.resize(photo, (3 * photo.shape[1], 3 * photo.shape[0]), interpolation=cv2.INTER_CUBIC)
    mask = in_a_white_tee(np.asarray(large, np.uint8)).mask > 0
    assert mask[-1].sum() > 0.9 * mask[-5].sum() > 0


@pytest.mark.parametrize("torsos", [0.7, 0.8])
def test_arms_that_leave_the_photo_are_bare_below_short_sleeves(
    whole: tuple[Image, NDArray[np.float64]], torsos: float
) -> None:
    photo, joints = cut(whole, torsos), whole[1]
    lab = cv2.cvtColor(in_a_white_tee(photo).image, cv2.COLOR_RGB2LAB).astype(np.float32)
    x, y = joints[lm.NOSE]
    face = np.median(lab[int(y) - 10 : int(y) + 10, int(x) - 20 : int(x) + 20].reshape(-1, 3), axis=0)
    for shoulder, elbow in zip(lm.SHOULDERS, lm.ELBOWS, strict=True):
        x, y = joints[shoulder] * 0.2 + joints[elbow] * 0.8
        arm = np.median(lab[int(y) - 5 : int(y) + 5, int(x) - 5 : int(x) + 5].reshape(-1, 3), axis=0)
        assert np.hypot(*(arm - face)[1:]) < 12.0, "the hue of skin, not of cloth, old or new, nor of the room"
