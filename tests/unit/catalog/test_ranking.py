"""Which products come first: everything in common counts, and nothing counts for more than it should."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.matching import amount, closest, in_order
from catalog.relaxing import Attempt
from catalog.types import Money, Product, Query, Usual
from tests.unit.catalog.products import product


def made(name: str, title: str = "Thing", category: str = "jacket", **fields: Any) -> Product:
    return product(name, title, category, **fields)


def ranked(query: Query, *products: Product) -> str:
    """Names in order, when everything that was asked for has been given up."""
    page = closest(products, query, 20, 0, lambda _: [Attempt(Query(), ("all",))])
    return "".join(item.id for item in page.products)


def found(query: Query, *products: Product) -> str:
    return "".join(item.id for item in closest(products, query, 20, 0).products)


@pytest.mark.parametrize(
    ("query", "having"),
    [
        (Query(category=("trousers",)), {"category": "trousers"}),
        (Query(category=("trousers",)), {"category": "jeans"}),
        (Query(suited=("trousers",)), {"category": "jeans"}),
        (Query(color=("blue",)), {"color": "blue"}),
        (Query(color=("blue",)), {"color": "navy"}),
        (Query(pattern=("printed",)), {"pattern": "printed"}),
        (Query(pattern=("printed",)), {"pattern": "floral"}),
        (Query(material=("leather",)), {"material": "leather"}),
        (Query(material=("leather",)), {"material": "faux leather"}),
        (Query(size=("M",)), {"sizes": "M"}),
        (Query(gender="girls"), {"gender": "girls"}),
        (Query(gender="girls"), {"gender": "women"}),
        (Query(usual=Usual(liked={"color": ("blue",)})), {"color": "navy"}),
    ],
)
def test_what_has_something_that_was_asked_for_comes_before_what_has_something_else(
    query: Query, having: dict[str, str]
) -> None:
    other = {"color": "red", "pattern": "solid", "material": "wool", "sizes": "XL", "gender": "boys"}
    assert ranked(query, made("a", **other), made("b", **other | having)) == "ba"


@pytest.mark.parametrize(
    ("query", "named", "will_do"),
    [
        (Query(category=("trousers",)), {"category": "trousers"}, {"category": "jeans"}),
        (Query(color=("blue",)), {"color": "blue"}, {"color": "navy"}),
        (Query(pattern=("printed",)), {"pattern": "printed"}, {"pattern": "floral"}),
        (Query(material=("leather",)), {"material": "leather"}, {"material": "faux leather"}),
        (Query(gender="girls"), {"gender": "girls"}, {"gender": "women"}),
        (Query(gender="girls"), {"gender": "unisex"}, {"gender": "women"}),
    ],
)
def test_what_was_named_comes_before_what_will_do(
    query: Query, named: dict[str, str], will_do: dict[str, str]
) -> None:
    assert ranked(query, made("a", **will_do), made("b", **named)) == "ba"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"pattern": "printed"}, {"material": "faux leather", "gender": "women"}),
        ({"material": "leather"}, {"pattern": "printed", "gender": "women"}),
        ({"gender": "girls"}, {"pattern": "floral", "sizes": "M"}),
        ({"gender": "unisex"}, {"pattern": "floral", "sizes": "M"}),
    ],
)
def test_two_things_that_will_do_count_more_than_one_that_was_named(
    one: dict[str, str], two: dict[str, str]
) -> None:
    query = Query(pattern=("printed",), material=("leather",), size=("M",), gender="girls")
    assert ranked(query, made("a", "", **one), made("b", "", **two)) == "ba"


def test_a_pattern_is_worth_as_much_as_its_name_in_the_title_of_one_that_will_do() -> None:
    says_so = made("b", "Printed thing", pattern="floral")
    assert ranked(Query(pattern=("printed",)), made("a", pattern="printed"), says_so) == "ab"


def test_what_will_do_counts_more_than_what_a_person_likes() -> None:
    query = Query(gender="girls", usual=Usual(liked={"color": ("red",)}))
    assert ranked(query, made("a", color="red"), made("b", gender="women")) == "ba"


def test_a_word_counts_more_in_the_title_and_half_when_it_is_nearly_said() -> None:
    query = Query(text="kangaroo zipper")
    title, said, nearly = (
        made("c", "Kangaroo"),
        made("b", description="With a kangaroo."),
        made("a", "Kangaro"),
    )
    assert ranked(query, title, said, nearly) == "cba"
    both = made("d", description="With a kangaroo and a zipper.")
    assert ranked(query, title, both) == "dc"
    assert ranked(query, made("e", "Kangaro"), said) == "be"


@pytest.mark.parametrize(("word", "title"), [("clok", "Rain cloak"), ("cloek", "Rain cloak")])
def test_a_letter_left_out_of_four_or_wrong_among_five_is_a_slip(word: str, title: str) -> None:
    assert found(Query(text=word), made("a", title)) == "a"


def test_a_word_of_three_letters_is_no_slip_of_another() -> None:
    assert found(Query(text="zap"), made("a", "Zapf")) == ""


@pytest.mark.parametrize("word", ["hoodie", "sweatshirt", "top", "navy", "blue", "wool", "men", "acme"])
def test_words_find_the_kind_in_every_width_and_all_that_is_told_of_a_product(word: str) -> None:
    told = made("a", "Thing", "hoodie", color="navy", material="wool", gender="men", brand="Acme")
    assert found(Query(text=word), told, made("b", "Other", "jeans")) == "a"


def test_every_product_is_clothing_so_the_word_finds_none() -> None:
    assert found(Query(style=("clothing",)), made("a")) == ""


@pytest.mark.parametrize(
    ("word", "title", "slip"), [("pocket", "Two pockets", "Pocked"), ("pockets", "One pocket", "Pockeds")]
)
def test_one_and_several_are_the_same_word_and_no_slip(word: str, title: str, slip: str) -> None:
    assert ranked(Query(style=(word,)), made("a", slip), made("b", title)) == "ba"


def test_each_of_several_unwanted_words_leaves_out_what_says_it() -> None:
    query = Query(category=("jacket",), exclude={"feature": ("hood", "fringe")})
    assert found(query, made("a", "With a hood"), made("b", "With a fringe"), made("c")) == "c"


def test_without_a_brand_nothing_is_of_a_wanted_one() -> None:
    assert found(Query(brand=("ACME",)), made("a"), made("b", brand="Acme"), made("c", brand="Other")) == "b"


def test_what_a_person_usually_wears_and_pays_is_found_up_to_the_limit() -> None:
    usual = Usual(gender="women", price_max=10.0)
    products = (
        made("a", gender="women", price=Money(1000, "EUR")),
        made("b", gender="women", price=Money(1001, "EUR")),
        made("c", gender="men"),
        made("d"),
    )
    assert found(Query(usual=usual), *products) == "ad"


def test_the_newest_are_the_last_whatever_is_closest() -> None:
    products = made("b", color="red"), made("c"), made("a")
    assert found(Query(sort="newest"), *products) == "acb"


def test_equal_prices_keep_their_order_and_what_has_none_comes_last() -> None:
    dear, cheap, alike = (made(name, price=Money(minor, "EUR")) for name, minor in (("a", 9), ("b", 5), ("c", 5)))
    unknown = made("d")
    assert in_order([unknown, dear, cheap, alike], "price_asc") == [cheap, alike, dear, unknown]
    assert in_order([unknown, alike, cheap, dear], "price_desc") == [dear, alike, cheap, unknown]
    assert in_order([unknown, dear, cheap], None) == [unknown, dear, cheap]
    assert amount(unknown) == 0
