"""Slots become a query, and a query is relaxed in a sensible order."""

from __future__ import annotations

import json

import pytest

from catalog.query import query_from_slots
from catalog.relaxing import attempts, attempts_at_a_shop, has_facets
from catalog.types import Query, Usual
from tests.data import TEST_DATA, needs_test_data


def test_slots_become_facets_in_canonical_words() -> None:
    slots = {
        "category": ["pants"],
        "color": "maroon",
        "pattern": ["plain"],
        "material": ["Lycra"],
        "size": ["xl", "uk 14"],
        "brand": ["Puma"],
        "gender": "men",
        "price_min": 10,
        "price_max": 49.5,
        "currency": "EUR",
        "sort": "price_asc",
        "source": ["Samples"],
        "occasion": ["party"],
        "sleeve": ["short"],
        "exclude": {"color": ["gray"], "category": "kurti", "ref": 3},
        "ref": [1],
    }
    assert query_from_slots("as I said", slots) == Query(
        text="as I said",
        category=("trousers",),
        color=("burgundy",),
        pattern=("solid",),
        material=("elastane",),
        size=("XL", "UK 14"),
        brand=("puma",),
        style=("party", "short sleeve"),
        gender="men",
        price_min=10.0,
        price_max=49.5,
        currency="EUR",
        sort="price_asc",
        source=("samples",),
        exclude={"color": ("grey",), "category": ("kurta",)},
    )


def test_about_a_price_means_a_fifth_around_it() -> None:
    query = query_from_slots("", {"category": ["dress"], "price_about": 50})
    assert (query.price_min, query.price_max) == (40.0, 60.0)
    assert query_from_slots("", {"price_about": 50, "price_max": 55}).price_max == 55


@pytest.mark.parametrize("slots", [{}, {"ref": [1]}, {"sort": "newest"}, {"currency": "INR"}])
def test_without_facets_in_the_slots_the_text_is_read(slots: dict[str, object]) -> None:
    query = query_from_slots("a white tee for men, not striped", slots)
    assert (query.category, query.color, query.gender, query.pattern) == (("t-shirt",), ("white",), "men", ())


def test_with_facets_in_the_slots_the_text_only_ranks() -> None:
    assert query_from_slots("forget the white tee", {"category": ["jeans"]}).color == ()


@pytest.mark.parametrize(
    "slots",
    [
        {"category": 5, "color": None, "price_max": "cheap", "gender": ["men"], "exclude": "red"},
        {"price_max": True, "price_min": -3, "category": [None, 3, {}], "exclude": {"color": 7}},
    ],
)
def test_values_of_a_wrong_type_are_ignored(slots: dict[str, object]) -> None:
    assert query_from_slots("qwerty", slots) == Query(text="qwerty")


def test_words_alone_are_no_facets() -> None:
    assert not has_facets(Query(text="warm", style=("party",), sort="newest"))
    assert has_facets(Query(price_max=5))
    assert has_facets(Query(exclude={"color": ("red",)}))
    assert not has_facets(Query(text="warm", exclude={"id": ("shown-already",)}))


def test_one_facet_is_given_up_before_two_and_the_kind_of_garment_last() -> None:
    query = Query(category=("hoodie",), color=("navy",), size=("M",), gender="men")
    ladder = [attempt.relaxed for attempt in attempts(query)]
    assert ladder[:7] == [
        (),
        ("color",),
        ("size",),
        ("color",),
        ("gender",),
        ("size", "color"),
        ("size", "color", "gender"),
    ]
    assert all("category" in relaxed for relaxed in ladder[7:])
    widened = [attempt.query.category for attempt in attempts(query)][7:]
    assert list(dict.fromkeys(widened)) == [("sweatshirt",), ("top",), ("clothing",)]


def test_a_shade_widens_to_its_family_first() -> None:
    assert [attempt.query.color for attempt in attempts(Query(color=("navy",)))] == [("navy",), ("blue",), ()]


def test_source_and_exclusions_are_never_given_up() -> None:
    query = Query(category=("hoodie",), color=("red",), source=("acme",), exclude={"color": ("pink",)})
    for attempt in attempts(query):
        assert attempt.query.source == ("acme",)
        assert attempt.query.exclude == {"color": ("pink",)}


def test_nothing_is_tried_twice() -> None:
    tried = [attempt.query for attempt in attempts(Query(category=("top", "clothing"), color=("blue",)))]
    assert all(tried.count(query) == 1 for query in tried)


@needs_test_data
def test_every_public_utterance_makes_a_query() -> None:
    for line in (TEST_DATA / "utterances" / "public_utterances.jsonl").read_text().splitlines():
        example = json.loads(line)
        if example["intent"] in ("search", "refine"):
            query = query_from_slots(example["text"], example["slots"])
            for name in ("category", "color", "pattern", "brand", "size"):
                assert list(getattr(query, name)) == example["slots"].get(name, []), example["text"]


@pytest.mark.parametrize(
    ("slots", "kinds"),
    [
        ({"category": ["t-shirt"], "style": ["polo"]}, ("polo",)),
        ({"category": ["top"], "style": ["tank"]}, ("tank top",)),
        ({"category": ["dress"], "style": ["shirt"]}, ("dress",)),
        ({"category": ["shorts"], "style": ["chinos"]}, ("shorts",)),
        ({"category": ["jacket"], "style": ["puffer"]}, ("jacket", "coat", "vest")),
        ({"category": ["coat"], "style": ["puffer"]}, ("coat", "jacket", "vest")),
    ],
)
def test_a_style_may_name_the_kind(slots: dict[str, object], kinds: tuple[str, ...]) -> None:
    assert query_from_slots("", slots).category == kinds


def test_an_occasion_suits_kinds_only_where_no_kind_is_named() -> None:
    beach = query_from_slots("", {"occasion": ["beach"], "season": ["summer"]})
    assert "shorts" in beach.suited
    assert "sandals" not in beach.suited, "they suit the beach and not every summer"
    assert query_from_slots("", {"occasion": ["beach"], "category": ["dress"]}).suited == ()
    assert query_from_slots("", {"occasion": ["unheard of"]}).suited == ()


def test_what_only_suits_is_given_up_first_and_in_silence() -> None:
    first, second, *_ = attempts(query_from_slots("", {"occasion": ["office"], "color": ["red"]}))
    assert first.relaxed == ()
    assert (bool(first.query.suited), second.query.suited) == (True, ())
    assert second.query.color == ("red",)
    assert second.relaxed == ()


def test_long_and_short_are_said_as_titles_say_them() -> None:
    assert query_from_slots("", {"length": ["long"], "sleeve": ["short"]}).style == ("maxi", "short sleeve")


def test_the_kind_widens_with_its_colour_kept_before_without() -> None:
    query = Query(category=("hoodie",), color=("navy",), size=("M",))
    wider = [(attempt.relaxed, attempt.query.color) for attempt in attempts(query)][5:8]
    assert wider == [
        (("category",), ("navy",)),
        (("category", "size"), ("navy",)),
        (("category", "size", "color"), ()),
    ]


def test_the_longest_of_several_ways_up_is_gone_to_its_end() -> None:
    widened = [attempt.query.category for attempt in attempts(Query(category=("boots", "hoodie")))]
    assert widened == [
        ("boots", "hoodie"),
        ("footwear", "sweatshirt"),
        ("footwear", "top"),
        ("footwear", "clothing"),
    ]


def test_what_is_usual_is_given_up_one_by_one_then_together_and_what_was_asked_after_it() -> None:
    usual = Usual(size=("M",), gender="men", currency="EUR", liked={"color": ("red",)})
    ladder = list(attempts(Query(size=("L",), usual=usual)))
    assert [attempt.relaxed for attempt in ladder] == [
        (),
        ("usual.currency",),
        ("usual.size",),
        ("usual.gender",),
        ("usual.currency", "usual.size"),
        ("usual.currency", "usual.size", "usual.gender"),
        ("usual.currency", "usual.size", "usual.gender", "size"),
    ]
    assert ladder[-1].query.usual == Usual(liked={"color": ("red",)}), "what they like counts to the end"


def test_a_shop_with_plenty_gives_up_neither_the_price_nor_the_kind() -> None:
    tried = list(attempts_at_a_shop(Query(category=("hoodie",), color=("red",), price_max=5)))
    assert [attempt.relaxed for attempt in tried] == [(), ("color",)]
