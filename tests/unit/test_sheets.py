"""Pictures side by side: the layout, the letters, and words in any script."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PillowImage

from bot.sheets import GAP, PANEL, Panel, cut_to, font_for, layout, side_by_side

_SIZES = st.lists(st.tuples(st.integers(50, 3000), st.integers(50, 3000)), min_size=2, max_size=3)


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (300, 400)) -> bytes:
    out = io.BytesIO()
    PillowImage.new("RGB", size, colour).save(out, "JPEG", quality=95)
    return out.getvalue()


def opened(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(PillowImage.open(io.BytesIO(data)).convert("RGB"))


@given(_SIZES, st.integers(0, 5))
def test_pictures_stand_beside_each_other_uncut_and_of_one_height(
    sizes: list[tuple[int, int]], lines: int
) -> None:
    (width, height), places = layout(sizes, lines)
    assert len(places) == len(sizes)
    assert len({place.height for place in places}) == 1
    right = 0
    for place, (w, h) in zip(places, sizes, strict=True):
        assert place.left >= right + GAP
        right = place.left + place.width
        assert place.top + place.height + GAP <= height
        assert place.width <= PANEL[0] + 1
        assert abs(place.width - max(1, place.height * w / h)) <= 0.5, "rounded, and never nothing"
    assert right + GAP <= width


@pytest.mark.parametrize(
    "text",
    [
        "White crew-neck t-shirt",
        "₹1,299",
        "49,90 €",
        "Chemise à carreaux",
        "Größe Ñandú",
        "सफेद टी-शर्ट",
        "قميص أبيض",
        "Рубашка",
    ],
)
def test_names_and_prices_of_every_language_spoken_can_be_drawn(text: str) -> None:
    assert font_for(text, 30) is not None


def test_words_that_no_font_has_are_left_out_and_the_letters_stand() -> None:
    assert font_for("白いTシャツ", 30) is None
    with_words = side_by_side(
        [Panel(picture((200, 0, 0)), ("Red",)), Panel(picture((0, 0, 200)), ("白いTシャツ",))]
    )
    without = side_by_side([Panel(picture((200, 0, 0)), ("白",)), Panel(picture((0, 0, 200)), ("白",))])
    assert with_words.height > without.height
    for sheet in (with_words, without):
        pixels = opened(sheet.data)
        assert pixels.shape[:2] == (sheet.height, sheet.width)
        _, places = layout([(300, 400)] * 2, 0)
        for place in places:
            badge = pixels[place.top + GAP : place.top + 80, place.left + GAP : place.left + 80]
            assert (badge.min(axis=2) > 200).any(), "a white letter"
            assert (badge.max(axis=2) < 60).any(), "on a dark disc"


def test_a_long_name_is_broken_into_lines_and_the_price_stays() -> None:
    long = side_by_side([Panel(picture((9, 9, 9)), ("A very long name of a shirt " * 9, "₹1,299"))] * 2)
    short = side_by_side([Panel(picture((9, 9, 9)), ("Shirt", "₹1,299"))] * 2)
    assert short.height < long.height <= short.height + 200


def test_the_same_part_of_each_picture_is_shown_the_one_with_the_person() -> None:
    part = cut_to((1000, 1500), [(400, 500, 600, 800), (380, 700, 620, 1300)])
    assert part[0] < 380
    assert part[1] < 500
    assert part[2] > 620
    assert part[3] > 1300
    assert cut_to((1000, 1500), [(400, 500, 600, 800), None]) == (0, 0, 1000, 1500)


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(91, 200), st.integers(91, 200)), min_size=2
    )
)
def test_the_part_lies_within_the_picture(boxes: list[tuple[int, int, int, int]]) -> None:
    left, top, right, bottom = cut_to((200, 200), boxes)
    assert 0 <= left < right <= 200
    assert 0 <= top < bottom <= 200
