"""What is measured on a product photo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from pipeline.cutout import Cutout
from pipeline.errors import GarmentError
from pipeline.garment.analysis import Garment, analyse_garment
from pipeline.garment.parts import GarmentParts
from pipeline.types import Category, Image
from tests.data import TEST_DATA, needs_test_data

pytestmark = needs_test_data


def photo(path: str) -> Image:
    with PillowImage.open(Path(TEST_DATA) / "tryon" / path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


def measured(path: str) -> Garment:
    return analyse_garment(photo(path), Cutout(), GarmentParts(), Category.UPPER)


def test_a_tee_has_two_short_sleeves_and_symmetric_armpits() -> None:
    top = measured("pairs/HD_13987/garment.jpg").top
    assert top is not None
    left, right = top.sleeves
    assert left is not None
    assert right is not None
    width = top.armpit[1][0] - top.armpit[0][0]
    assert left.length < width
    assert right.length < width
    assert abs(top.armpit[0][1] - top.armpit[1][1]) < 0.2 * width
    assert top.collar[0][0] < top.neck_front[0] < top.collar[1][0]
    assert top.shoulder[0][1] < top.armpit[0][1] < top.rows[-1]


@pytest.mark.parametrize("path", ["garment/idm_04743.jpg", "garment/ootd_07764_00.jpg"])
def test_armpits_that_the_outline_shows_lie_on_the_outline(path: str) -> None:
    garment = measured(path)
    top = garment.top
    assert top is not None
    width = top.armpit[1][0] - top.armpit[0][0]
    outside = np.argwhere(garment.alpha < 0.5)[:, ::-1]
    for armpit in top.armpit:
        assert np.hypot(*(outside - armpit).T).min() < 0.06 * width


def test_long_sleeves_are_longer_than_the_chest_is_wide() -> None:
    top = measured("garment/idm_09266.jpg").top
    assert top is not None
    width = top.armpit[1][0] - top.armpit[0][0]
    assert all(sleeve is not None and sleeve.length > 1.1 * width for sleeve in top.sleeves)


def test_the_inside_of_the_back_is_not_drawn_as_front() -> None:
    garment = measured("pairs/HD_00055/garment.jpg")
    assert garment.inner.max() > 0.9
    assert float((garment.alpha[garment.inner > 0.9]).max()) < 0.2


@pytest.mark.parametrize(("path", "share"), [("garment/ootd_049805_1.jpg", 0.5), ("garment/fitdit_12.png", 0.55)])
def test_a_print_is_neither_taken_for_the_garment_nor_cut_out_of_it(path: str, share: float) -> None:
    assert float((Cutout().product(photo(path)) > 0.5).mean()) > share


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_an_empty_picture_holds_no_garment(shade: int) -> None:
    with pytest.raises(GarmentError):
        analyse_garment(np.full((400, 300, 3), shade, np.uint8), Cutout(), GarmentParts(), None)


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("garment/idm_09164.jpg", Category.UPPER),
        ("garment/ootd_051946_1.jpg", Category.LOWER),
        ("garment/fitdit_0327.jpg", Category.LOWER),
        ("garment/fitdit_11.jpg", Category.DRESS),
        ("garment/ootd_053319_1.jpg", Category.DRESS),
    ],
)
def test_the_category_is_seen_when_it_is_not_given(path: str, category: Category) -> None:
    garment = analyse_garment(photo(path), Cutout(), GarmentParts(), None)
    assert garment.category is category
    assert (garment.bottom is None) == (category is Category.UPPER)
