"""The gap between the legs of trousers: what of it is ground, the inside of the back, or cloth in shade."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.fit.legs import FOOT, _shoe
from pipeline.garment.bottom import without_ground, without_hollow
from pipeline.masks import blur
from pipeline.types import Alpha, Image

DENIM, BLACK, GROUND = (60, 80, 120), (34, 34, 36), (240, 240, 236)


def _trousers(cloth: tuple[int, int, int]) -> tuple[Image, Alpha]:
    """Flat trousers, 400 wide at the hips, whose legs part at (300, 300); and their outline."""
    image = np.full((1000, 600, 3), GROUND, np.uint8)
    for outer, inner in ((100, 290), (500, 310)):
        hem = (outer, inner + (-60 if inner < 300 else 60))
        corners = np.array([(outer, 50), (300, 50), (300, 300), (inner, 300), (hem[1], 950), (outer, 950)])
        cv2.fillPoly(image, [corners.astype(np.int32)], cloth)
    solid = (image == np.array(cloth)).all(axis=2)
    return image, blur(solid.astype(np.float32), 0.7)


def test_the_shaded_inside_of_the_back_where_the_legs_part_is_no_blot_between_them() -> None:
    image, alpha = _trousers(DENIM)
    hollow = (slice(284, 300), slice(284, 316))
    image[hollow] = (16, 18, 22)
    left = without_hollow(image, alpha)
    assert left[hollow].max() < 0.2
    assert left[200:270, 200:400].min() > 0.95
    assert left[320:900, 120:230].min() > 0.95


def test_broad_shade_on_dark_cloth_above_the_crotch_is_cloth() -> None:
    image, alpha = _trousers(BLACK)
    shade = blur((np.hypot(*np.mgrid[-280:720, -300:300]) < 50).astype(np.float32), 12.0)
    image = np.asarray(image * (1.0 - 0.7 * shade[..., None] * (alpha[..., None] > 0.5)), np.uint8)
    for left in (without_ground(image, alpha), without_hollow(image, alpha)):
        assert left[230:290, 260:340].min() > 0.9


def test_flecks_of_lit_ground_that_a_cut_out_left_beside_a_leg_go() -> None:
    image, alpha = _trousers(BLACK)
    fleck = (slice(600, 606), slice(272, 290))
    alpha[fleck] = 1.0
    left = without_ground(image, alpha)
    assert left[fleck][:, 4:].max() < 0.6
    assert left[320:900, 120:225].min() > 0.95


def test_trousers_run_out_of_a_photo_that_ends_before_the_foot() -> None:
    torso, ankle = 200.0, 700.0
    curve = np.stack([np.full(80, 50.0), np.linspace(100.0, 890.0, 80)], axis=1)
    arc = curve[:, 1] - 100.0
    seen, cut = (int(100 + ankle + share * torso) for share in (2 * FOOT, 0.5 * FOOT))
    assert _shoe(curve, arc, ankle, np.zeros((seen, 100), bool), torso) < ankle + 0.1 * torso
    assert _shoe(curve, arc, ankle, np.zeros((cut, 100), bool), torso) == arc[-1]
