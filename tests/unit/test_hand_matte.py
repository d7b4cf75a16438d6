"""Hands on clothes are cut out by colour, not by the rough edge of their parse."""

from __future__ import annotations

import numpy as np

from pipeline.masks import Bool, Floats
from pipeline.paint.hands import hand_matte
from pipeline.types import Image

SKIN, SHIRT = (196, 140, 116), (240, 240, 238)
UNIT = 200.0


def scene(shirt: tuple[int, int, int]) -> tuple[Image, Bool]:
    """A square hand of 60 pixels on a shirt, and where it is."""
    hand = np.zeros((160, 160), bool)
    hand[50:110, 50:110] = True
    return np.where(hand[..., None], np.array(SKIN), np.array(shirt)).astype(np.uint8), hand


def matte_of(picture: Image, parsed: Bool) -> Floats:
    outside = np.zeros(parsed.shape, bool)
    outside[:30], outside[130:], outside[:, :30], outside[:, 130:] = True, True, True, True
    return hand_matte(picture, parsed, parsed.astype(np.float32), (outside, np.zeros_like(outside)), UNIT)


def test_a_rim_of_the_shirt_is_no_hand() -> None:
    picture, hand = scene(SHIRT)
    parsed = np.zeros(hand.shape, bool)
    parsed[47:113, 47:113] = True
    matte = matte_of(picture, parsed)
    assert matte[hand].mean() > 0.97
    assert matte[parsed & ~hand].mean() < 0.25


def test_fingers_that_the_parse_cut_off_come_back() -> None:
    picture, hand = scene(SHIRT)
    parsed = hand.copy()
    parsed[95:] = False
    assert matte_of(picture, parsed)[97:107, 55:105].min() > 0.9


def taken_for_cloth(picture: Image, hand: Bool) -> Floats:
    """The matte where the parse took the ends of the fingers for cloth."""
    parsed = hand.copy()
    parsed[95:] = False
    ground = np.zeros(hand.shape, bool)
    ground[:5] = ground[155:] = True
    return hand_matte(picture, parsed, parsed.astype(np.float32), (ground, ~parsed & ~ground), UNIT)


def test_fingers_that_the_parse_took_for_cloth_come_back() -> None:
    picture, hand = scene(SHIRT)
    assert taken_for_cloth(picture, hand)[97:107, 55:105].min() > 0.9


def test_stripes_of_the_colour_of_skin_are_no_fingers() -> None:
    picture, hand = scene(SHIRT)
    picture[:, 118:124] = SKIN
    matte = taken_for_cloth(picture, hand)
    assert matte[:, 117:125].max() < 0.1
    assert matte[51:93, 51:109].min() > 0.9


def test_where_the_shirt_has_the_colour_of_skin_the_parse_decides() -> None:
    picture, hand = scene((196, 142, 118))
    matte = matte_of(picture, hand)
    assert matte[hand].mean() > 0.9
    assert matte[~hand].mean() < 0.02


def test_without_hands_there_is_nothing() -> None:
    picture, hand = scene(SHIRT)
    assert not matte_of(picture, np.zeros_like(hand)).any()
