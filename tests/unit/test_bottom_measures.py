"""What is measured on product photos of trousers, shorts, skirts and dungarees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from pipeline.cutout import Cutout
from pipeline.garment.analysis import Garment, analyse_garment
from pipeline.garment.bottom import read_bottom, with_stripes, without_rim
from pipeline.garment.dress import read_straps
from pipeline.garment.parts import GarmentParts
from pipeline.types import Category
from tests.data import TEST_DATA, needs_test_data
from tests.samples import sample_person as sample_file


def measured(path: Path, category: Category | None) -> Garment:
    with PillowImage.open(path) as picture:
        pixels = np.asarray(picture.convert("RGB"), np.uint8)
    return analyse_garment(pixels, Cutout(), GarmentParts(), category)


@pytest.mark.parametrize("name", ["1_front", "3_front"])
def test_trousers_have_a_crotch_between_two_legs_of_one_length(name: str) -> None:
    bottom = measured(sample_file(f"clothes/pants/{name}.jpg"), Category.LOWER).bottom
    assert bottom is not None
    assert bottom.legs is not None
    assert bottom.crotch is not None
    left, right = bottom.legs
    assert abs(left.length - right.length) < 0.06 * left.length
    assert bottom.left[-1] < bottom.crotch[0] < bottom.right[-1]
    assert 1.7 < bottom.length / bottom.hip < 2.6, "full length"
    assert (left.outer[:, 0] < left.inner[:, 0]).all()
    assert (right.outer[:, 0] > right.inner[:, 0]).all()


def test_legs_which_touch_hide_the_crotch_and_it_is_put_where_crotches_are() -> None:
    bottom = measured(sample_file("clothes/pants/2_back.jpg"), Category.LOWER).bottom
    assert bottom is not None
    assert bottom.crotch is not None
    assert 0.5 < (bottom.crotch[1] - bottom.rows[0]) / bottom.hip < 0.8


def test_dungarees_go_over_a_top() -> None:
    garment = measured(sample_file("clothes/pants/4_front.jpg"), None)
    assert garment.category is Category.DRESS
    assert garment.over_top
    assert garment.straps is not None
    assert garment.bottom is not None
    assert garment.bottom.legs is not None


@needs_test_data
def test_shorts_are_short_and_have_legs() -> None:
    bottom = measured(TEST_DATA / "tryon/garment/fitdit_0327.jpg", None).bottom
    assert bottom is not None
    assert bottom.legs is not None
    assert bottom.length / bottom.hip < 1.5


def test_a_trapeze_is_a_skirt_and_a_slit_makes_no_trousers() -> None:
    solid = np.zeros((400, 400), bool)
    for y in range(50, 350):
        half = 60 + (y - 50) // 4
        solid[y, 200 - half : 200 + half] = True
    solid[300:350, 196:204] = False
    bottom = read_bottom(solid)
    assert bottom is not None
    assert bottom.legs is None
    assert abs(bottom.waist - 122) < 6
    assert bottom.right[-1] - bottom.left[-1] > 2.1 * bottom.waist


def test_broad_stripes_of_the_grounds_colour_belong_to_the_skirt_and_the_gap_between_legs_does_not() -> None:
    striped, trousers = np.zeros((400, 400), np.float32), np.zeros((400, 400), np.float32)
    for top in (50, 130, 210, 290):
        striped[top : top + 40, 150 - top // 4 : 250 + top // 4] = 1.0
    striped[50:330, 150:158] = 1.0  # a seam holds the pieces together
    assert with_stripes(striped)[110, 200] > 0.9
    trousers[50:350, 130:270] = 1.0
    trousers[150:350, 190:210] = 0.0
    assert (with_stripes(trousers) == trousers).all()


def test_a_rim_in_the_grounds_hue_is_cut_off_and_a_seam_in_the_cloths_own_is_not() -> None:
    image = np.full((400, 400, 3), 250, np.uint8)
    image[50:350, 100:300] = (200, 170, 110)
    image[50:350, 300:304] = (190, 190, 190)  # shade on the ground
    image[50:350, 100:104] = (150, 128, 83)  # a dark seam
    alpha = np.zeros((400, 400), np.float32)
    alpha[50:350, 100:304] = 1.0
    cut = without_rim(image, alpha)
    assert cut[200, 302] < 0.5
    assert cut[200, 102] > 0.9
    assert cut[200, 200] == 1.0


def test_the_end_of_one_strap_is_no_neckline() -> None:
    solid = np.zeros((400, 300), bool)
    solid[40:200, 100:106] = True
    solid[44:200, 194:200] = True
    solid[200:400, 90:210] = True
    straps = read_straps(solid)
    assert straps is not None
    assert straps.open_to > 180
