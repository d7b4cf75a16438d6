"""What IDM-VTON repaints, beside the stored masks of the published scripts. Needs no torch."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.engines.idm import agnostic
from pipeline.engines.idm.repaint import shares_of
from pipeline.masks import Points
from pipeline.types import Category
from tests.data import TEST_DATA, needs_test_data

STORED = TEST_DATA / "idm" / "golden" / "masks.npz"
CATEGORIES = {"upper_body": Category.UPPER, "lower_body": Category.LOWER, "dresses": Category.DRESS}
PEOPLE = [str(number) for number in range(6)]


@needs_test_data
@pytest.mark.parametrize("person", PEOPLE)
def test_the_demos_masks_are_the_published_ones(person: str) -> None:
    with np.load(STORED) as stored:
        parse, joints = stored[f"{person}.parse"], stored[f"{person}.keypoints_384x512"]
        for name, category in CATEGORIES.items():
            for model in ("hd", "dc"):
                ours = agnostic.demo_mask(parse, joints, category, "hd" if model == "hd" else "dc")
                assert np.array_equal(ours, stored[f"{person}.gradio.{model}.{name}"]), (model, name)


@needs_test_data
@pytest.mark.parametrize("person", PEOPLE)
def test_dresscodes_masks_are_the_published_ones(person: str) -> None:
    with np.load(STORED) as stored:
        parse, joints = stored[f"{person}.parse"], stored[f"{person}.keypoints_384x512"]
        for name, category in CATEGORIES.items():
            for size in ((384, 512), (768, 1024)):
                ours = agnostic.dresscode_mask(parse, joints, category, size, flawed=True)
                assert np.array_equal(ours, stored[f"{person}.dc_agnostic.{size[0]}x{size[1]}.{name}"]), name


def person() -> tuple[agnostic.Parse, Points]:
    """A shirt on a grey ground, with joints of both arms."""
    parse = np.zeros((512, 384), np.uint8)
    parse[120:300, 140:250] = agnostic.UPPER
    joints = np.zeros((18, 2))
    joints[agnostic.RIGHT_SHOULDER : agnostic.RIGHT_WRIST + 1] = [(145, 130), (120, 210), (115, 280)]
    joints[agnostic.LEFT_SHOULDER : agnostic.LEFT_WRIST + 1] = [(245, 130), (270, 210), (275, 280)]
    return parse, joints


def test_no_arm_is_drawn_from_the_corner_when_neither_wrist_was_found() -> None:
    parse, joints = person()
    joints[[agnostic.RIGHT_WRIST, agnostic.LEFT_WRIST]] = 0.0
    mask = agnostic.dresscode_mask(parse, joints, Category.UPPER, (384, 512))
    assert not mask[:60].any()
    assert mask[200, 190]
    assert agnostic.dresscode_mask(parse, joints, Category.UPPER, (384, 512), flawed=True)[:60].any()


def test_what_is_not_to_be_changed_is_kept() -> None:
    parse, joints = person()
    parse[300:420, 140:250] = agnostic.TROUSERS
    parse[200:260, 180:210] = agnostic.BAG
    for mask in (
        agnostic.dresscode_mask(parse, joints, Category.UPPER, (384, 512)),
        agnostic.demo_mask(parse, joints, Category.UPPER),
    ):
        assert not mask[310:420, 145:245].any()
    # The demo fills every hole, so that a bag in the middle goes with the shirt.
    assert not agnostic.dresscode_mask(parse, joints, Category.UPPER, (384, 512))[205:255, 185:205].any()
    assert agnostic.demo_mask(parse, joints, Category.UPPER)[205:255, 185:205].all()


def test_nobody_gives_an_empty_mask() -> None:
    empty = np.zeros((512, 384), np.uint8)
    assert not agnostic.demo_mask(empty, np.zeros((18, 2)), Category.LOWER).any()
    assert not agnostic.dresscode_mask(empty, np.zeros((18, 2)), Category.LOWER).any()


def test_what_is_drawn_fades_into_clothes_but_not_onto_a_forearm_beside_it() -> None:
    parse, _ = person()
    parse[300:420, 140:250] = agnostic.TROUSERS
    parse[130:290, 250:290] = agnostic.LEFT_ARM
    mask = np.zeros(parse.shape, np.uint8)
    mask[120:300, 140:250] = 255
    # The upper arm is repainted with the sleeve, the forearm is not.
    mask[130:200, 250:290] = 255
    shares = shares_of(mask, parse, (768, 1024))
    assert (shares[270:390, 290:560] > 0.99).all(), "all of what is repainted"
    assert shares[450:560, 506:574].max() < 1e-3, "the forearm beside the shirt is the photo's"
    assert 0.05 < shares[412, 540] < 0.99, "where the arm goes on it fades"
    assert 0.05 < shares[612, 400] < 0.99, "and so does the hem"
    assert shares[700:].max() == 0.0


def test_a_face_stays_as_photographed_up_to_the_chin() -> None:
    parse, _ = person()
    parse[60:108, 170:220] = agnostic.HEAD
    parse[108:125, 180:210] = agnostic.NECK
    mask = np.zeros(parse.shape, np.uint8)
    mask[108:300, 140:250] = 255
    shares = shares_of(mask, parse, (768, 1024))
    assert shares[120:210, 346:434].max() < 0.01
    assert shares[222:240, 370:410].min() > 0.95
