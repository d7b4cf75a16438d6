"""Ground that a cut-out takes for the garment goes: a shadow below the hem, a gap between sleeve and side."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.garment.ground import without_gaps, without_shadow
from pipeline.garment.parts import LANDMARKS, Landmark, Part, PartsPrediction, Square
from pipeline.masks import blur
from pipeline.types import Alpha, Image

GROUND, GREY, NAVY, WHITE = (236, 236, 236), (150, 150, 150), (40, 50, 110), (244, 244, 244)
PLAIN, HEATHER = 3.0, 30.0
CLOTH, BAND = (slice(60, 500), slice(60, 540)), (slice(500, 520), slice(60, 540))


def grey(rough: float) -> Image:
    """Grey cloth with specks: those of a melange, or next to none."""
    specks = blur(np.random.default_rng(7).normal(0.0, rough, (600, 600)).astype(np.float32), 0.7)
    return np.asarray(np.clip(np.array(GREY, np.float32) + specks[..., None], 0, 255), np.uint8)


def with_shadow() -> tuple[Image, Alpha]:
    """Plain grey cloth on light ground, the shadow below its hem, and a cut-out that took both."""
    picture = np.full((600, 600, 3), GROUND, np.uint8)
    picture[CLOTH] = grey(PLAIN)[CLOTH]
    picture[BAND] = np.linspace(205, 250, 20).clip(None, 236).astype(np.uint8)[:, None, None]
    mask = np.zeros(picture.shape[:2], np.float32)
    mask[CLOTH] = mask[BAND] = 1.0
    return picture, mask


def test_a_shadow_below_the_hem_of_heather_grey_cloth_goes() -> None:
    picture, mask = with_shadow()
    picture[CLOTH] = grey(HEATHER)[CLOTH]
    left = without_shadow(picture, mask)
    assert left[510:520, 80:520].max() < 0.2
    assert left[64:490, 64:536].min() > 0.9


def test_plain_cloth_and_what_is_below_it_stays() -> None:
    picture, mask = with_shadow()
    assert np.array_equal(without_shadow(picture, mask), mask)


def test_a_plain_hem_below_a_print_stays() -> None:
    picture, mask = with_shadow()
    chest = (slice(60, 400), slice(60, 540))
    picture[chest] = grey(HEATHER)[chest]
    assert np.array_equal(without_shadow(picture, mask), mask)


PITS, GAP, PRINT = ((150, 200), (350, 200)), (slice(240, 330), slice(134, 148)), (slice(230, 275), slice(294, 348))


def with_gap() -> tuple[Image, Alpha, PartsPrediction]:
    """A navy top whose left sleeve lies against its side with ground in between, a white print from its chest
    to the other sleeve, and a cut-out that took it whole."""
    labels = np.zeros((500, 500), np.uint8)
    labels[100:450, 150:350] = Part.BODY
    labels[100:400, 90:150], labels[100:400, 350:410] = Part.LEFT_SLEEVE, Part.RIGHT_SLEEVE
    picture = np.where(labels[..., None] > 0, np.array(NAVY, np.uint8), np.array(WHITE, np.uint8))
    picture[GAP] = picture[PRINT] = WHITE
    chances = np.stack([(labels == part).astype(np.float32) for part in Part])
    grid = np.stack([cv2.resize(chance, (250, 250), interpolation=cv2.INTER_AREA) for chance in chances])
    marks = {name: Landmark(0.0, 0.0, 0.0) for name in LANDMARKS}
    for name, (x, y) in zip(("armpit_left", "armpit_right"), PITS, strict=True):
        marks[name] = Landmark(x, y, 0.9)
    parts = PartsPrediction(np.asarray(grid, np.float32), Square(0, 0, 500), marks, {}, 500, 500)
    return picture, (labels > 0).astype(np.float32), parts


def test_ground_that_is_closed_in_between_sleeve_and_side_goes() -> None:
    left = without_gaps(*with_gap())
    assert left[GAP].max() < 0.1
    assert left[150:230, 160:340].min() > 0.99


def test_a_white_print_on_the_chest_stays() -> None:
    assert without_gaps(*with_gap())[PRINT].min() > 0.99


def test_the_white_dots_of_a_navy_top_stay() -> None:
    picture, mask, parts = with_gap()
    rows, columns = np.mgrid[:500, :500] % 40
    picture[(rows < 16) & (columns < 16)] = WHITE
    assert np.array_equal(without_gaps(picture, mask, parts), mask)
