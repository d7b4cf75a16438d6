"""One wish changes the filters of the search before it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.wishes import merged, words_of
from tests.unit.dialogue.world import BLOUSE, COAT, JACKET, SHIRT

RED_DRESS = {"category": ["dress"], "color": ["red"], "price_max": 2000, "currency": "INR"}


@pytest.mark.parametrize(
    ("delta", "after"),
    [
        ({"color": ["blue"]}, {**RED_DRESS, "color": ["blue"]}),
        ({"size": ["M"]}, {**RED_DRESS, "size": ["M"]}),
        ({"remove": ["price"]}, {"category": ["dress"], "color": ["red"]}),
        ({"remove": ["color"]}, {"category": ["dress"], "price_max": 2000, "currency": "INR"}),
        ({"price_min": 3000}, {"category": ["dress"], "color": ["red"], "price_min": 3000, "currency": "INR"}),
        ({"rel": {"color": "darker"}}, {**RED_DRESS, "color": ["dark red"]}),
        ({"rel": {"length": "longer"}}, {**RED_DRESS, "length": ["midi"]}),
        ({"exclude": {"color": ["red"]}}, {
            "category": ["dress"], "price_max": 2000, "currency": "INR", "exclude": {"color": ["red"]},
        }),
        ({"ref": [1], "attribute": "price"}, RED_DRESS),
    ],
)  # fmt: skip
def test_what_is_named_changes_and_the_rest_is_carried_over(delta: dict[str, Any], after: dict[str, Any]) -> None:
    assert merged(RED_DRESS, delta) == after


def test_the_latest_word_about_a_colour_counts() -> None:
    without = merged(RED_DRESS, {"exclude": {"color": ["red", "pink"]}})
    again = merged(without, {"color": ["red"]})
    assert again["color"] == ["red"]
    assert again["exclude"] == {"color": ["pink"]}


def test_cheaper_and_dearer_go_by_the_middle_of_what_is_shown() -> None:
    shown = (SHIRT, BLOUSE, JACKET, COAT)
    assert merged({}, {"rel": {"price": "lower"}}, shown) == {"sort": "price_asc", "price_max": 899}
    assert merged({}, {"rel": {"price": "higher"}}, shown) == {"sort": "price_desc", "price_min": 901}


def test_cheaper_without_prices_only_sorts() -> None:
    assert merged({}, {"rel": {"price": "lower"}}) == {"sort": "price_asc"}


def test_a_limit_that_contradicts_cheaper_is_dropped() -> None:
    assert "price_min" not in merged({"price_min": 5000}, {"rel": {"price": "lower"}}, (SHIRT, BLOUSE))


def test_a_wish_reads_like_a_title() -> None:
    assert words_of({"category": ["shirt"], "material": ["cotton"], "color": ["red"], "sleeve": ["long"]}) == (
        "red cotton long sleeve shirt"
    )
