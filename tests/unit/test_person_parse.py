"""What belongs to what on people in real photos."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as PillowImage

from pipeline.cutout import Cutout
from pipeline.masks import tube
from pipeline.person.body import measure_body
from pipeline.person.detect import find_people
from pipeline.person.parse import Head, Parse, _likeness, _skin_colour, _without_vivid_arms
from pipeline.person.parts import Part
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.training.person.measure import found_in, overlap, truth_of
from pipeline.types import Image
from tests.data import TEST_DATA, needs_test_data
from tests.samples import sample_person

pytestmark = needs_test_data
PHOTOS = Path(TEST_DATA) / "tryon"


def photo(path: str) -> Image:
    with PillowImage.open(PHOTOS / path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


@lru_cache(maxsize=4)
def wearer_of(path: str) -> Wearer:
    image = photo(path)
    return analyse_person(image, find_people(image)[0], Cutout())


def parse_of(path: str) -> Parse:
    return wearer_of(path).parse


@pytest.mark.parametrize(
    ("path", "labels", "floors"),
    [
        ("person/hd_00891.jpg", "person/hd_00891_parse.png", {"upper": 0.85, "lower": 0.85, "skin": 0.8}),
        ("pairs/V_000074/person.jpg", "pairs/V_000074/parse.png", {"upper": 0.85, "lower": 0.85}),
        ("person/u2cloth_008.png", "person/u2cloth_008_seg.png", {"upper": 0.8, "lower": 0.8}),
    ],
    ids=["blouse", "tee", "one blue from neck to feet"],
)
def test_clothes_and_skin_lie_where_the_published_parse_has_them(
    path: str, labels: str, floors: dict[str, float]
) -> None:
    found, truth = found_in(photo(path), Cutout()), truth_of(PHOTOS / labels)
    for name, floor in floors.items():
        assert overlap(found[name], truth[name]) > floor, name


def test_the_maps_share_the_cutout_between_them() -> None:
    parse = parse_of("person/dresscode_051918_0.jpg")
    total = parse.skin + parse.hair + parse.top + parse.bottom + parse.shoes
    assert float((total - parse.alpha).max()) < 0.05
    assert float(total.sum() / parse.alpha.sum()) > 0.9


def test_each_arm_lies_on_its_own_side() -> None:
    wearer = wearer_of("person/ootd_gen_model_6.png")
    columns = np.arange(wearer.parse.alpha.shape[1])
    left, right = (float((arm.sum(axis=0) * columns).sum() / arm.sum()) for arm in wearer.parse.arms)
    assert left < wearer.skeleton.neck[0] < right


def test_hands_lie_beyond_the_wrists_and_inside_the_cutout() -> None:
    wearer = wearer_of("person/ootd_gen_model_6.png")
    hands = wearer.parse.hands
    assert (wearer.parse.alpha[hands] > 0.25).all()
    ys, xs = np.nonzero(hands)
    for arm in wearer.skeleton.arms:
        assert arm.seen
        gap = np.hypot(xs - arm.hand[0], ys - arm.hand[1]).min()
        assert gap < 0.06 * wearer.skeleton.torso


def test_a_dress_is_one_piece_shared_by_top_and_bottom() -> None:
    parse = parse_of("person/ootd_gen_model_9.png")
    assert parse.dress.sum() > 0.8 * (parse.top + parse.bottom).sum()
    assert parse.top.sum() > 0.2 * parse.dress.sum()
    assert parse.bottom.sum() > 0.2 * parse.dress.sum()


def test_the_parse_is_the_same_every_time() -> None:
    image = photo("pairs/HD_00055/person.jpg")
    first, again = (analyse_person(image, find_people(image)[0], Cutout()).parse for _ in range(2))
    for name in ("skin", "hair", "top", "bottom", "hands", "legs", "shoes", "dress"):
        assert (getattr(first, name) == getattr(again, name)).all(), name


def test_skin_colour_comes_from_the_arms_of_a_person_seen_from_behind() -> None:
    """Where a face would be there is dark hair."""
    parse = parse_of("person/u2cloth_019.png")
    assert not parse.head.measured
    assert parse.skin_lab[0] > 130


def test_a_sleeve_ends_though_the_arm_goes_on_behind_the_trunk() -> None:
    arm = wearer_of("pairs/HD_00067/person.jpg").body.arms[0]
    assert 0.2 * arm.wrist < arm.bare_from < 0.5 * arm.wrist


def test_a_dome_behind_a_shoulder_is_no_cloth() -> None:
    image = photo("person/u2cloth_003.png")
    with PillowImage.open(PHOTOS / "person/u2cloth_003_seg.png") as picture:
        clothes = (np.asarray(picture.convert("RGB"))[..., :2] > 64).any(axis=2)
    found = found_in(image, Cutout())["clothes"]
    near = cv2.dilate(clothes.astype(np.uint8), np.ones((51, 51), np.uint8)) > 0
    assert int((found & ~near).sum()) < 0.02 * int(clothes.sum())


def at(wearer: Wearer, x: int, y: int) -> tuple[int, int]:
    """Row and column of a photo's pixel in the working frame."""
    column, row = wearer.frame.to_work(np.array([[x, y]], np.float64))[0]
    return round(row), round(column)


def test_a_white_shirt_before_a_pale_wall_is_cloth_where_it_hangs_behind_an_arm() -> None:
    wearer = wearer_of("person/hd_00891.jpg")
    assert wearer.parse.top[at(wearer, 499, 674)] > 0.5


def test_a_light_patch_of_the_wall_beside_a_white_shirt_is_none() -> None:
    wearer = wearer_of("person/sg_01827.jpg")
    for x, y in ((215, 335), (590, 760)):
        assert wearer.parse.alpha[at(wearer, x, y)] < 0.1


def test_a_beard_does_not_darken_the_skin_and_a_hoodie_of_its_colour_has_no_bare_spots() -> None:
    with PillowImage.open(sample_person("people/1_posture.jpg")) as picture:
        image = np.asarray(picture.convert("RGB"), np.uint8)
    wearer = analyse_person(image, find_people(image)[0], Cutout())
    parse = wearer.parse
    beard = parse.head.face.copy()
    beard[: int(parse.head.centre[1])] = False
    light = cv2.cvtColor(wearer.frame.image, cv2.COLOR_RGB2LAB)[..., 0]
    assert parse.skin_lab[0] > float(np.median(light[beard])) + 30
    assert parse.dressed_in_skin(wearer.frame.image)
    assert float(sum(arm.sum() for arm in parse.arms)) < 0.01 * float(parse.top.sum())


@pytest.mark.parametrize(("bare", "sleeved"), [(0.15, True), (0.6, False)])
def test_a_bare_shoulder_above_a_sleeve_is_no_bare_arm(bare: float, sleeved: bool) -> None:
    with PillowImage.open(sample_person("people/3_posture.jpg")) as picture:
        image = np.asarray(picture.convert("RGB"), np.uint8)
    wearer = analyse_person(image, find_people(image)[0], Cutout())
    arm = wearer.body.arms[0]
    assert arm.bare_from > 0.9 * arm.wrist, "the jumper has long sleeves"
    shown = arm.curve[arm.arc < bare * arm.wrist]
    skin = tube(wearer.parse.alpha.shape, shown, [30.0] * len(shown))
    parse = replace(
        wearer.parse,
        skin=np.where(skin, np.float32(1.0), wearer.parse.skin),
        top=np.where(skin, np.float32(0.0), wearer.parse.top),
    )
    again = measure_body(wearer.skeleton, parse).arms[0]
    assert (again.bare_from > 0.9 * again.wrist) == sleeved


@pytest.mark.parametrize(("arms", "light"), [(None, 170.0), (160.0, 170.0), (95.0, 95.0)])
def test_bare_arms_tell_a_forehead_that_shines_from_a_beard(arms: float | None, light: float) -> None:
    lab = np.full((80, 60, 3), 145.0, np.float32)
    lab[:40, :, 0], lab[40:, :, 0] = 170.0, 70.0
    everywhere = np.ones((80, 60), np.bool_)
    head = Head(everywhere, np.array([30.0, 40.0]), np.array([30.0, 80.0]), 80.0, True)
    seen = None if arms is None else np.array([arms, 145.0, 145.0], np.float32)
    assert _skin_colour(lab, head, everywhere.astype(np.float32), seen)[0] == light


SKIN = np.array([160.0, 145.0, 148.0], np.float32)


def told_on_an_arm(
    colour: tuple[float, float, float], *, dress: bool = False, where: Part = Part.LEFT_ARM
) -> set[int]:
    """What pixels of a colour (8-bit Lab) are told to be, which the network takes for an arm."""
    lab = np.broadcast_to(np.array(colour, np.float32), (8, 8, 3))
    chance = np.zeros((len(Part), 8, 8), np.float32)
    chance[where], chance[Part.DRESS if dress else Part.UPPER] = 0.7, 0.2
    winner = chance.argmax(axis=0).astype(np.uint8)
    return set(_without_vivid_arms(winner, chance, lab, _likeness(lab, SKIN), SKIN).ravel().tolist())


def test_a_vivid_red_stripe_on_an_arm_is_its_sleeve() -> None:
    red = (120.0, 195.0, 170.0)
    assert told_on_an_arm(red) == {Part.UPPER}
    assert told_on_an_arm(red, dress=True) == {Part.DRESS}
    assert told_on_an_arm(red, where=Part.HANDS) == {Part.HANDS}, "painted nails are no sleeve"


@pytest.mark.parametrize(
    "colour",
    [(190.0, 143.0, 146.0), (90.0, 143.0, 146.0), (30.0, 128.0, 116.0), (160.0, 152.0, 158.0)],
    ids=["in light", "in shade", "in cold shade", "sunburnt"],
)
def test_an_arm_is_skin(colour: tuple[float, float, float]) -> None:
    assert told_on_an_arm(colour) == {Part.LEFT_ARM}
