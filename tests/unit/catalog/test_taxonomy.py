"""Words of garments mean what people and shops mean by them."""

from __future__ import annotations

import json

import pytest

from catalog.taxonomy import (
    CATEGORIES,
    COLOR_FAMILIES,
    COLOR_WORDS,
    ancestors,
    canonical_category,
    canonical_color,
    color_families,
    colors_meant_by,
    is_a,
    part_of,
    with_descendants,
    worn_over,
)
from catalog.wording import category_of_title, facets_in, search_terms
from tests.data import TEST_DATA, needs_test_data


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("T-Shirts", "t-shirt"),
        ("tee shirt", "t-shirt"),
        ("TSHIRT", "t-shirt"),
        ("pants", "trousers"),
        ("jumper", "sweater"),
        ("frock", "dress"),
        ("gowns", "dress"),
        ("kurti", "kurta"),
        ("Saree", "sari"),
        ("dresses", "dress"),
        ("scarves", "scarf"),
        ("hooded sweatshirt", "hoodie"),
        ("tank-top", "tank top"),
        ("co-ord", "co-ord set"),
        ("spaceship", None),
        ("", None),
    ],
)
def test_a_category_has_one_name(words: str, category: str | None) -> None:
    assert canonical_category(words) == category


def test_canonical_names_mean_themselves() -> None:
    assert {name: canonical_category(name) for name in CATEGORIES} == {name: name for name in CATEGORIES}
    assert {name: canonical_color(name) for name in COLOR_FAMILIES} == {name: name for name in COLOR_FAMILIES}


def test_every_word_for_a_color_leads_to_a_family() -> None:
    assert {name for name in COLOR_WORDS.values() if name not in COLOR_FAMILIES} == set()


def test_jackets_and_cardigans_are_worn_over_other_clothes() -> None:
    assert [
        name for name in ("jacket", "coat", "vest", "cardigan", "sweater", "shirt", "dress") if worn_over(name)
    ] == [
        "jacket",
        "coat",
        "vest",
        "cardigan",
    ]


def test_every_parent_exists_and_no_category_is_above_itself() -> None:
    for name, kind in CATEGORIES.items():
        assert kind.parent is None or kind.parent in CATEGORIES, name
        assert name not in ancestors(name)


def test_kinds_of_garments() -> None:
    assert is_a("jeans", "trousers")
    assert is_a("t-shirt", "top")
    assert not is_a("trousers", "jeans")
    assert {"blazer", "jacket", "coat"} <= with_descendants("outerwear")
    assert with_descendants("spaceship") == {"spaceship"}
    assert not is_a("sneakers", "clothing")


@pytest.mark.parametrize(
    ("category", "part"),
    [("t-shirt", "upper"), ("coat", "upper"), ("jeans", "lower"), ("skirt", "lower"), ("dress", "dress")],
)
def test_a_garment_dresses_its_part_of_the_body(category: str, part: str) -> None:
    assert part_of(category) == part


@pytest.mark.parametrize("category", ["sneakers", "bag", "scarf", "spaceship", "clothing"])
def test_what_cannot_be_tried_on_has_no_part(category: str) -> None:
    assert part_of(category) is None


@pytest.mark.parametrize(
    ("words", "color"),
    [
        ("maroon", "burgundy"),
        ("Gray", "grey"),
        ("Navy Blue", "navy"),
        ("pale pink", "light pink"),
        ("dark gray", "dark grey"),
    ],
)
def test_a_color_has_one_name(words: str, color: str) -> None:
    assert canonical_color(words) == color


def test_a_family_means_all_its_shades_and_a_shade_itself() -> None:
    assert {"blue", "navy", "dark blue", "teal"} <= colors_meant_by("blue")
    assert colors_meant_by("navy") == {"navy"}
    assert color_families("teal") == ("blue", "green")
    assert color_families("heliotrope") == ("heliotrope",)


@pytest.mark.parametrize(
    ("text", "categories", "colors"),
    [
        ("show me a navy blue shirt dress", ("dress",), ("navy",)),
        ("black jeans and a white tee", ("jeans", "t-shirt"), ("black", "white")),
        ("T-shirt, white or cream", ("t-shirt",), ("white", "cream")),
        ("a red dress, not a skirt", ("dress",), ("red",)),
        ("size m or s", (), ()),
    ],
)
def test_facets_are_read_from_free_words(text: str, categories: tuple[str, ...], colors: tuple[str, ...]) -> None:
    facets = facets_in(text)
    assert (facets.category, facets.color, facets.gender) == (categories, colors, None)


def test_materials_patterns_and_genders_are_read_too() -> None:
    facets = facets_in("men's striped vegan leather jacket with polka dots")
    assert facets.material == ("faux leather",)
    assert facets.pattern == ("striped", "polka dot")
    assert facets.gender == "men"


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("Blue Jeans for men - with free T-shirt", "jeans"),
        ("Shirt dress with belt", "dress"),
        ("Acme | Slim blazer", "blazer"),
        ("The Margot", None),
    ],
)
def test_a_title_is_about_its_head_noun(title: str, category: str | None) -> None:
    assert category_of_title(title) == category


def test_search_terms_say_something() -> None:
    assert search_terms("Please show me some WHITE tees with pockets!") == ("white", "t-shirt", "tees", "pockets")
    assert search_terms("show me something") == ()
    assert len(search_terms(" ".join(f"word{n}" for n in range(100)))) == 12


@needs_test_data
def test_the_taxonomy_knows_the_canon_of_the_utterances() -> None:
    unknown = set()
    for line in (TEST_DATA / "utterances" / "public_utterances.jsonl").read_text().splitlines():
        slots = json.loads(line)["slots"]
        unknown |= {name for name in slots.get("category", []) if canonical_category(name) != name}
        unknown |= {name for name in slots.get("color", []) if canonical_color(name) != name}
    assert unknown == set()
