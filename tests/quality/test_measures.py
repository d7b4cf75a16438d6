"""The measures on drawn pictures, where the right answer is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.types import Image
from tests.quality import measures, prints
from tests.quality.bars import Reading, reading, summary
from tests.quality.judge import _sleeves
from tests.quality.material import Flags
from tests.quality.product import HUES_DEG, has_hue, in_its_colours, off_the_ground, rarest_hue, recoloured
from tests.quality.run import named
from tests.quality.truth import Truth

SHAPE = (240, 200)


def block(left: int, top: int, right: int, bottom: int) -> Flags:
    mask = np.zeros(SHAPE, np.bool_)
    mask[top:bottom, left:right] = True
    return mask


def plain(*colour: int) -> Image:
    return np.full((*SHAPE, 3), colour, np.uint8)


def lettered() -> Image:
    """Cloth with words on it, which SIFT finds."""
    rng = np.random.default_rng(3)
    picture = plain(200, 60, 80)
    for row in range(40, 210, 24):
        text = "".join(rng.choice(list("ABEFGHKMNPRSXYZ"), 8))
        cv2.putText(picture, text, (24, row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (250, 250, 240), 2)
    return picture


def test_untouched_pixels_have_the_highest_psnr_and_a_small_change_lowers_it() -> None:
    photo = plain(90, 120, 60)
    everywhere = block(0, 0, 200, 240)
    assert measures.psnr_db(photo, photo, everywhere) == 99.0
    assert measures.psnr_db(photo, photo + np.uint8(1), everywhere) == pytest.approx(48.13, abs=0.01)


def test_the_old_garment_counts_where_it_looks_as_before_and_is_not_covered() -> None:
    clothes, garment = block(50, 50, 150, 150), block(50, 50, 150, 100)
    before = plain(20, 30, 120)
    after = before.copy()
    after[100:125, 50:150] = (220, 180, 160)
    assert measures.left_visible(before, after, clothes, garment, clothes) == pytest.approx(0.25)
    assert measures.covered(clothes, garment) == pytest.approx(0.5)


def test_white_clothes_before_a_white_wall_are_gone_where_the_wall_was_painted_and_nowhere_else() -> None:
    clothes, garment = block(50, 50, 150, 150), block(0, 0, 0, 0)
    before = plain(238, 238, 238)
    before[clothes] = 245
    after = before.copy()
    after[50:100, 50:150] = 238
    assert measures.left_visible(before, after, clothes, garment, clothes) == pytest.approx(0.5, abs=0.01)


def test_a_gap_inside_the_garment_is_a_hole_only_over_the_old_clothes() -> None:
    garment = block(40, 40, 160, 200) & ~block(90, 90, 110, 110) & ~block(60, 60, 70, 70)
    clothes = block(80, 80, 160, 200)
    assert measures.holes(garment, clothes) == pytest.approx(400 / int(garment.sum()))


def test_a_sleeve_counts_down_to_its_expected_end() -> None:
    arm = np.array([[100.0, 20.0], [100.0, 110.0], [100.0, 200.0]])
    half = measures.arm_band(arm, 0.5, SHAPE)
    assert np.nonzero(half)[0].max() == pytest.approx(110, abs=6)
    assert measures.covered(measures.arm_band(arm, 1.0, SHAPE), half) == pytest.approx(0.5, abs=0.06)


def test_a_probe_is_found_in_light_and_in_shade_and_nowhere_else() -> None:
    product = plain(245, 245, 245)
    cloth = block(60, 60, 140, 180)
    product[cloth] = (40, 40, 45)
    product[60:120, 60:140] = (150, 150, 160)
    assert measures.overlap(off_the_ground(product, 3.0), cloth) > 0.9
    for hue in HUES_DEG:
        probe = recoloured(product, cloth, hue)
        found = has_hue((probe * 0.6).astype(np.uint8), hue)
        assert measures.overlap(found, cloth) > 0.95
        assert not has_hue(product, hue).any()
        assert rarest_hue(probe) != hue


def test_skin_and_the_old_garment_are_not_in_the_colours_of_a_black_one() -> None:
    product = plain(30, 30, 32)
    picture = plain(45, 45, 48)
    picture[:60] = (205, 160, 135)
    picture[60:120] = (30, 60, 170)
    rows = in_its_colours(picture, product, block(0, 0, 200, 240)).mean(axis=1)
    assert rows[130:].min() == 1.0
    assert rows[:110].max() == 0.0


def test_a_print_is_kept_by_a_soft_bend_and_lost_by_a_flat_fill() -> None:
    product, everywhere = lettered(), block(10, 10, 190, 230)
    bend = np.array([[0.95, 0.05, 4], [-0.04, 0.97, 6]], np.float32)
    worn = np.asarray(cv2.warpAffine(product, bend, SHAPE[::-1]), np.uint8)
    seen = prints.compare(product, everywhere, plain(70, 90, 120), worn)
    assert seen.kept, seen
    assert seen.anisotropy == pytest.approx(1.0, abs=0.1)
    assert not prints.compare(product, everywhere, plain(70, 90, 120), plain(200, 60, 80)).kept


def test_a_print_that_was_in_the_photo_before_proves_nothing() -> None:
    product, everywhere = lettered(), block(10, 10, 190, 230)
    assert not prints.compare(product, everywhere, product, product).kept


def test_a_mirrored_print_is_not_kept() -> None:
    product, everywhere = lettered(), block(10, 10, 190, 230)
    assert not prints.compare(product, everywhere, plain(70, 90, 120), np.ascontiguousarray(product[:, ::-1])).kept


def test_a_flat_fill_has_no_detail_and_the_product_itself_has_all_of_it() -> None:
    product, everywhere = lettered(), block(0, 0, 200, 240)
    assert measures.detail_ratio(product, everywhere, product, everywhere) == pytest.approx(1.0)
    assert measures.detail_ratio(plain(200, 60, 80), everywhere, product, everywhere) == 0.0


def test_similarity_is_one_with_itself_and_low_with_a_flat_fill() -> None:
    product, everywhere = lettered(), block(0, 0, 200, 240)
    assert measures.ssim(product, product, everywhere) == pytest.approx(1.0)
    assert measures.ssim(product, plain(200, 60, 80), everywhere) < 0.6


def test_a_summary_names_the_worst_picture_and_colour_is_judged_over_the_set() -> None:
    taken = [("a", reading("colour", 1.0)), ("b", reading("colour", 2.0)), ("c", reading("colour", 5.5))]
    row = next(row for row in summary(taken) if row["key"] == "colour")
    assert (row["pictures"], row["passed"], row["worst"], row["median"]) == (3, 2, "c", 2.0)
    assert row["met"]
    face = next(row for row in summary([("a", Reading("face", 30.0, False))]) if row["key"] == "face")
    assert not face["met"]


def test_a_scrap_of_cloth_on_the_ground_is_no_part_of_the_clothes() -> None:
    skirt, scrap = block(60, 40, 140, 200), block(180, 210, 190, 220)
    assert (measures.largest(skirt | scrap) == skirt).all()
    assert not measures.largest(np.zeros(SHAPE, np.bool_)).any()


def test_an_arm_that_the_photo_hides_behind_trousers_is_not_covered_by_the_new_clothes() -> None:
    case = named(("pair-00067+coral-tee",))[0]
    photo = plain(30, 60, 160)
    face, skin = block(80, 10, 120, 50), block(20, 60, 40, 160)
    photo[face | skin] = (200, 150, 120)
    arm = np.array([[30.0, 60.0], [30.0, 140.0], [30.0, 220.0]])
    truth = Truth(face, None, None, None, None, face | skin, None, (arm,), None)
    everywhere = block(0, 0, 200, 240)
    bare = {one.key: one.value for one in _sleeves(case, truth, photo, everywhere)}["bare"]
    rows = np.linspace(0.2 + 0.3, 0.92, 200) * 160 + 60
    assert bare == pytest.approx(float((rows < 160).mean()), abs=0.08), "only what was seen of it counts"
