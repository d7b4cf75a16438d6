"""The rules of styling: colours that go together, what suits an occasion, outfits within a budget."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.profile import Fact, Profile
from bot.dialogue.styling.colours import harmony, is_neutral, lab_named, lab_of, pair, wheel
from bot.dialogue.styling.occasions import formality, suits
from bot.dialogue.styling.outfits import (
    Brief,
    acceptable,
    affordable,
    build,
    in_layers,
    place_of,
    total_of,
)
from bot.dialogue.styling.sizing import size_help
from bot.dialogue.types import ProductCard
from catalog.taxonomy import color_families, colors_meant_by, part_of
from pipeline.colours import name_of

# --- colours ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        ((1.0, 1.0, 1.0), (100.0, 0.0, 0.0)),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        ((1.0, 0.0, 0.0), (53.2, 80.1, 67.2)),
        ((0.0, 0.0, 1.0), (32.3, 79.2, -107.9)),
    ],
)
def test_colours_are_measured_in_cie_lab(rgb: tuple[float, float, float], lab: tuple[float, float, float]) -> None:
    assert lab_of(rgb) == pytest.approx(lab, abs=0.2)


@pytest.mark.parametrize(
    "name",
    [
        "black", "white", "grey", "navy", "blue", "green", "olive", "red", "burgundy", "yellow", "orange",
        "purple", "pink", "brown", "beige", "light blue", "sky blue", "mustard", "camel", "emerald",
        "fuchsia", "chocolate", "turquoise", "teal", "mint",
    ],
)  # fmt: skip
def test_what_a_name_means_is_named_by_its_family_again(name: str) -> None:
    lab = lab_named(name)
    assert lab is not None
    assert set(color_families(name_of(lab))) & {*color_families(name), name}


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("rust", "blue", "opposites"),
        ("red", "green", "opposites"),
        ("orange", "blue", "opposites"),
        ("yellow", "purple", "opposites"),
        ("blue", "sky blue", "tones"),
        ("pink", "red", "neighbours"),
        ("red", "blue", "apart"),
        ("white", "red", "neutral"),
        ("navy", "orange", "neutral"),
        ("beige", "black", "neutrals"),
    ],
)
def test_how_two_colours_stand_to_each_other(one: str, other: str, relation: str) -> None:
    first, second = lab_named(one), lab_named(other)
    assert first is not None
    assert second is not None
    assert pair(first, second).relation == pair(second, first).relation == relation


def test_navy_black_and_camel_are_quiet_and_scarlet_is_not() -> None:
    quiet = {name: is_neutral(lab) for name in ("navy", "black", "camel", "scarlet") if (lab := lab_named(name))}
    assert quiet == {"navy": True, "black": True, "camel": True, "scarlet": False}


def test_several_colours_of_one_name_are_no_colour() -> None:
    assert lab_named("multicolor") is None


_LABS = st.tuples(st.floats(0, 100), st.floats(-90, 90), st.floats(-90, 90))


@given(_LABS, _LABS)
def test_every_pair_of_colours_has_a_worth_that_does_not_depend_on_the_order(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> None:
    assert pair(one, other) == pair(other, one)
    assert 0 <= harmony([one, other]) <= 1
    assert 0 <= wheel(one) <= 360
    assert name_of(one)


# --- occasions -------------------------------------------------------------------------------------


def piece(
    ident: str, category: str, color: str = "black", rupees: int | None = 1000, **more: object
) -> ProductCard:
    price, currency = (None, None) if rupees is None else (rupees * 100, "INR")
    values: dict[str, object] = {
        "title": f"{color} {category}", "color": (color,), "price_minor": price, "currency": currency, **more,
    }  # fmt: skip
    return ProductCard(id=ident, category=category, part=part_of(category), picture="e" * 64, **values)  # type: ignore[arg-type]  # fields by name


def test_a_silk_dress_suits_a_wedding_and_a_ripped_tee_the_sofa() -> None:
    dress = piece("d", "dress", material=("silk",))
    tee = piece("t", "t-shirt", title="Ripped tee")
    assert formality(dress) > formality(tee)
    assert suits([dress], ["wedding"]) > suits([tee], ["wedding"])
    assert suits([tee], ["home"]) > suits([dress], ["home"])
    assert suits([dress], ["an occasion nobody knows"]) == suits([tee], [])


def test_a_wool_coat_suits_the_winter_and_linen_the_summer() -> None:
    coat, shirt = piece("c", "coat", material=("wool",)), piece("s", "shirt", material=("linen",))
    assert suits([coat], ["winter"]) > suits([shirt], ["winter"])
    assert suits([shirt], ["summer"]) > suits([coat], ["summer"])


# --- outfits ---------------------------------------------------------------------------------------

_KINDS = ("t-shirt", "shirt", "blouse", "jacket", "blazer", "cardigan", "jeans", "trousers", "skirt", "dress",
          "dungarees", "sneakers")  # fmt: skip
_COLOURS = ("black", "white", "navy", "red", "mustard", "green", "pink", "multicolor")
_PIECES = st.builds(
    lambda number, category, color, rupees, size, gender, pattern: piece(
        f"p-{number}", category, color, rupees, sizes=size, gender=gender, pattern=pattern
    ),
    st.integers(0, 999),
    st.sampled_from(_KINDS),
    st.sampled_from(_COLOURS),
    st.one_of(st.none(), st.integers(100, 9000)),
    st.sampled_from([(), ("S",), ("M", "L")]),
    st.sampled_from([None, "women", "men", "unisex"]),
    st.sampled_from([None, "solid", "striped"]),
)
_PROFILES = st.builds(
    lambda colors, size: Profile(tuple(Fact("color", c, "avoided") for c in colors) + size),
    st.lists(st.sampled_from(_COLOURS), max_size=3, unique=True),
    st.sampled_from([(), (Fact("size", "", "M"),)]),
)
_BRIEFS = st.builds(
    Brief,
    most=st.one_of(st.none(), st.decimals(500, 9000, places=2)),
    currency=st.sampled_from([None, "INR"]),
    wishes=st.sampled_from([(), ("wedding",), ("summer",)]),
    gender=st.sampled_from([None, "women", "men"]),
    profile=_PROFILES,
    without=st.sampled_from([frozenset(), frozenset({"p-1", "p-2"})]),
)


@given(_BRIEFS, st.lists(_PIECES, max_size=14, unique_by=lambda card: card.id))
def test_an_outfit_is_whole_within_budget_and_has_nothing_that_is_avoided(
    brief: Brief, cards: list[ProductCard]
) -> None:
    stock = {place: [c for c in cards if place_of(c) == place] for place in ("upper", "layer", "lower", "dress")}
    outfits = build(brief, stock)  # type: ignore[arg-type]  # the places are literals
    for outfit in outfits:
        places = [place_of(card) for card in outfit.pieces]
        assert sorted(set(map(str, places))) == sorted(map(str, places)), "two pieces in one place"
        assert set(places) - {"layer"} in ({"upper", "lower"}, {"dress"})
        assert outfit.pieces == in_layers(outfit.pieces)
        assert len({card.gender for card in outfit.pieces} - {None, "unisex"}) <= 1
        if brief.most is not None:
            total = total_of(outfit.pieces)
            assert total is not None
            assert total[0] <= brief.most
        avoided = {c for name in brief.profile.avoided("color") for c in colors_meant_by(name)}
        for card in outfit.pieces:
            assert not avoided & set(card.color)
            assert acceptable(card, brief)
            assert card.id not in brief.without
            assert brief.gender is None or card.gender in (None, "unisex", brief.gender)
    assert list(outfits) == sorted(outfits, key=lambda outfit: -outfit.worth)


def test_the_piece_it_is_built_around_is_in_every_outfit() -> None:
    skirt = piece("a", "skirt", "red")
    stock = {
        "upper": [piece("b", "blouse", "white"), piece("c", "shirt", "navy")],
        "layer": [piece("d", "blazer")],
    }
    for outfit in build(Brief(anchors=(skirt,)), stock):  # type: ignore[arg-type]
        assert skirt in outfit.pieces
        assert place_of(outfit.pieces[0]) == "upper"


def test_a_jacket_alone_asks_for_a_top_and_a_bottom_or_a_dress() -> None:
    jacket = piece("a", "jacket")
    stock = {"upper": [piece("b", "t-shirt")], "lower": [piece("c", "jeans")], "dress": [piece("d", "dress")]}
    found = {tuple(card.id for card in outfit.pieces) for outfit in build(Brief(anchors=(jacket,)), stock)}  # type: ignore[arg-type]
    assert found == {("b", "c", "a"), ("d", "a")}


def test_what_one_has_already_is_not_looked_for() -> None:
    stock = {
        "upper": [piece("b", "shirt", "white")],
        "lower": [piece("c", "jeans")],
        "dress": [piece("d", "dress")],
    }
    (outfit,) = build(Brief(worn=("lower",)), stock)  # type: ignore[arg-type]
    assert [card.id for card in outfit.pieces] == ["b"]


def test_colours_that_go_together_win_over_those_that_do_not() -> None:
    stock = {"upper": [piece("red", "shirt", "red"), piece("white", "shirt", "white")],
             "lower": [piece("blue", "trousers", "royal blue")]}  # fmt: skip
    best = build(Brief(), stock)[0]  # type: ignore[arg-type]
    assert [card.id for card in best.pieces] == ["white", "blue"]


def test_what_is_liked_comes_first_and_a_cut_that_is_avoided_not_at_all() -> None:
    stock = {"upper": [piece("a", "shirt", "white", title="Baggy shirt"), piece("b", "shirt", "white"),
                       piece("c", "shirt", "white", title="Fitted shirt")],
             "lower": [piece("d", "trousers", "navy")]}  # fmt: skip
    profile = Profile((Fact("fit", "baggy", "avoided"), Fact("fit", "fitted", "liked")))
    found = [outfit.pieces[0].id for outfit in build(Brief(profile=profile), stock)]  # type: ignore[arg-type]
    assert found == ["c", "b"]


def test_a_price_that_is_not_known_keeps_no_budget() -> None:
    assert not affordable([piece("a", "shirt", rupees=None)], Brief(most=Decimal(100)))
    assert not affordable([piece("a", "shirt", rupees=50)], Brief(most=Decimal(100), currency="EUR"))
    assert affordable([piece("a", "shirt", rupees=50)], Brief(most=Decimal(100)))


def test_a_cut_that_was_asked_for_comes_before_the_opposite_one() -> None:
    stock = {"upper": [piece("a", "shirt", title="Oversized shirt"), piece("b", "shirt", title="Slim-fit shirt"),
                       piece("c", "shirt")],
             "lower": [piece("d", "trousers", "beige")]}  # fmt: skip
    found = [outfit.pieces[0].id for outfit in build(Brief(cut=("slim",)), stock)]  # type: ignore[arg-type]
    assert found == ["b", "c", "a"]


# --- sizes -----------------------------------------------------------------------------------------

CHART = {"M": {"chest_cm": [96.0, 101.0], "waist_cm": [81.0, 86.0]}, "L": {"chest_cm": [101.0, 106.0]}}


@pytest.mark.parametrize(
    ("sizes", "mine", "said"),
    [
        (
            ("M", "L"),
            "M",
            "in your size, M. By its chart, M is for a chest of 96 to 101 cm and a waist of 81 to 86 cm.",
        ),
        (("S", "M"), "XL", "does not list black shirt in XL, which is what you take; it lists S and M."),
        (("S", "M"), "", "in S and M. Tell me the size"),
        ((), "", "does not say which sizes"),
    ],
)
def test_sizes_are_told_from_the_shop_and_the_profile(sizes: tuple[str, ...], mine: str, said: str) -> None:
    card = piece("a", "shirt", sizes=sizes, chart=CHART if sizes == ("M", "L") else {})
    text = size_help(card, Profile((Fact("size", "", mine),) if mine else ()))
    assert said in text
    assert not sizes or "cannot promise that it fits" in text
