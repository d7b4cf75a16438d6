"""The opening of a garment's neck is found, label and all, so that the wearer's own neck shows there."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.samples import sample_picture
from pipeline.cutout import Cutout
from pipeline.garment.analysis import Garment, analyse_garment
from pipeline.garment.neck import NECK_SIZE, find_opening, neck_square
from pipeline.garment.opening import hood_behind
from pipeline.garment.parts import GarmentParts, Part, PartsPrediction, Square
from pipeline.garment.top import Top
from pipeline.training.garment_neck import HELD_OUT_SEED, overlap
from pipeline.training.necks import FRONT, OPENING, CloseUp, render_neck
from pipeline.tryon import open_picture
from pipeline.types import Category
from tests.data import TEST_DATA, needs_test_data

WHOLE = Square(0, 0, NECK_SIZE)


@lru_cache(maxsize=4)
def sample(name: str) -> Garment:
    picture = open_picture(sample_picture(f"samples:{name}-front"))
    return analyse_garment(picture, Cutout(), GarmentParts(), Category.UPPER)


def inside_at(garment: Garment, across: float, down: float) -> float:
    """How much of a small patch is inside of the back; in shares of the collar's width from its middle."""
    assert garment.top is not None
    left, right = garment.top.collar
    width = right[0] - left[0]
    x, y = (left + right) / 2 + (across * width, down * width)
    reach = max(2, round(0.04 * width))
    patch = garment.inner[int(y) - reach : int(y) + reach, int(x) - reach : int(x) + reach]
    return float(patch.mean())


def test_the_same_seed_renders_the_same_neck() -> None:
    first, second = render_neck(3), render_neck(3)
    assert np.array_equal(first.planes, second.planes)
    assert np.array_equal(first.labels, second.labels)


def test_necks_have_a_front_and_most_have_an_opening() -> None:
    necks = [render_neck(HELD_OUT_SEED + n) for n in range(24)]
    assert all((neck.labels == FRONT).any() for neck in necks)
    assert sum((neck.labels == OPENING).any() for neck in necks) > 16


def test_the_model_finds_openings_it_never_saw() -> None:
    necks = [render_neck(HELD_OUT_SEED + 20_000 + n) for n in range(24)]
    found = [
        find_opening(neck.planes[..., :3], (neck.planes[..., 3] / 255).astype(np.float32), WHOLE) > 0.5
        for neck in necks
    ]
    stacked = CloseUp(np.stack([neck.planes for neck in necks]), np.stack([neck.labels for neck in necks]))
    assert overlap(np.stack(found), stacked) > 0.6


def test_a_mirrored_neck_has_a_mirrored_opening() -> None:
    neck = render_neck(HELD_OUT_SEED + 20_001)
    rgb, alpha = neck.planes[..., :3], (neck.planes[..., 3] / 255).astype(np.float32)
    mirrored = find_opening(np.ascontiguousarray(rgb[:, ::-1]), np.ascontiguousarray(alpha[:, ::-1]), WHOLE)
    assert np.allclose(find_opening(rgb, alpha, WHOLE), mirrored[:, ::-1], atol=2e-3)


def test_wide_necks_are_looked_at_from_further_away() -> None:
    middle = np.array([500.0, 300.0])
    usual, wide = neck_square(middle, 400.0, 150.0), neck_square(middle, 400.0, 300.0)
    assert usual == neck_square(middle, 400.0)
    assert wide.side > usual.side
    assert wide.left < 500 - 150 < 500 + 150 < wide.left + wide.side


def test_a_neck_at_the_edge_of_the_picture_is_looked_at_all_the_same() -> None:
    rgb, alpha = np.full((60, 80, 3), 90, np.uint8), np.ones((60, 80), np.float32)
    opening = find_opening(rgb, alpha, Square(-30, -40, 90))
    assert opening.shape == (90, 90)
    assert 0.0 <= float(opening.min()) <= float(opening.max()) <= 1.0


def test_the_label_in_a_buttoned_collar_is_inside_and_its_wings_are_not() -> None:
    shirt = sample("shirts-1")
    assert inside_at(shirt, 0.0, 0.2) > 0.8
    assert inside_at(shirt, 0.0, 0.9) < 0.1
    assert max(inside_at(shirt, side * 0.55, 0.4) for side in (-1, 1)) < 0.2


def test_the_inside_of_a_white_tee_reaches_down_to_its_neckline() -> None:
    tee = sample("shirts-3")
    assert inside_at(tee, 0.0, 0.3) > 0.8
    assert inside_at(tee, 0.0, 0.8) < 0.1
    assert tee.top is not None
    left, right = tee.top.collar
    drop = tee.top.neck_front[1] - (left[1] + right[1]) / 2
    assert 0.35 < drop / (right[0] - left[0]) < 0.75


@pytest.mark.parametrize("side", [-1, 1])
def test_round_openings_and_collars_are_open_up_to_the_edge_of_the_cloth(side: int) -> None:
    """Where a network sees half a V; size tags hang there."""
    tee, shirt = sample("shirts-4"), sample("shirts-1")
    assert inside_at(tee, side * 0.3, 0.32) > 0.7
    assert inside_at(shirt, side * 0.3, 0.2) > 0.8
    assert inside_at(tee, side * 0.45, 0.35) < 0.1, "not on the ribbing"


def test_a_bomber_jacket_keeps_its_ribbed_collar() -> None:
    jacket = sample("jackets-4")
    assert inside_at(jacket, 0.0, 0.2) > 0.8
    assert max(inside_at(jacket, side * 0.55, 0.4) for side in (-1, 1)) < 0.2


@needs_test_data
def test_a_wide_scoop_of_one_colour_shows_its_inside_with_the_label() -> None:
    picture = open_picture((TEST_DATA / "tryon/pairs/HD_13987/garment.jpg").read_bytes())
    tee = analyse_garment(picture, Cutout(), GarmentParts(), Category.UPPER)
    assert inside_at(tee, 0.0, 0.2) > 0.8
    assert inside_at(tee, 0.12, 0.3) > 0.8
    assert inside_at(tee, 0.0, 0.6) < 0.1


@needs_test_data
@pytest.mark.parametrize("file", ["idm_04743.jpg", "sv_5.jpg"])
def test_an_opening_that_hardly_shows_goes_from_collar_to_collar_and_is_no_notch(file: str) -> None:
    picture = open_picture((TEST_DATA / "tryon/garment" / file).read_bytes())
    tee = analyse_garment(picture, Cutout(), GarmentParts(), Category.UPPER)
    assert tee.top is not None
    (left, _), (right, _) = tee.top.collar
    inside = tee.inner[:, int(left) : int(right)] > 0.5
    lowest = len(inside) - np.argmax(inside[::-1], axis=0)[inside.any(axis=0)]
    assert float(inside.any(axis=0).mean()) > 0.7
    # Round below: at a quarter of the way it is nearly as deep as in the middle.
    collar = (tee.top.collar[0][1] + tee.top.collar[1][1]) / 2
    quarter, middle = (float(lowest[int(share * len(lowest))]) - collar for share in (0.3, 0.5))
    assert quarter > 0.7 * middle


class Measured:
    """What of a top is asked for: a chest 400 wide, and collar points 200 below the picture's upper edge."""

    armpit = (np.array([100.0, 450.0]), np.array([500.0, 450.0]))
    collar = (np.array([240.0, 200.0]), np.array([360.0, 200.0]))


def behind(tip: int) -> NDArray[np.float32]:
    """What lies on the back of a hood that reaches from row `tip` down to row 280."""
    hood = np.zeros((600, 600), np.float32)
    hood[tip:280, 220:380] = 1.0
    chances = np.zeros((len(Part), 600, 600), np.float32)
    chances[Part.HOOD], chances[Part.BODY] = hood, 1.0 - hood
    parts = PartsPrediction(chances, Square(0, 0, 600), {}, {}, 600, 600)
    return hood_behind(parts, cast(Top, Measured()))


def test_a_hood_photographed_up_lies_behind_the_neck_but_for_its_rim() -> None:
    hood = behind(tip=10)
    assert hood[:185].min() == 1.0
    assert hood[200:].max() == 0.0


def test_a_hood_that_lies_on_the_shoulders_stays_where_it_is() -> None:
    assert behind(tip=130).max() == 0.0
