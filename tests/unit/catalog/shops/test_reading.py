"""What shops send is looked at before it is trusted; what they found is kept for a while and never reordered."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from catalog.live import at, digits, live_product, read_items, text_at, web_address, words_of
from catalog.money import minor_units, money_of
from catalog.shelf import Batch, Shelf
from catalog.types import Money, Page, Product, Query
from tests.unit.catalog.products import product
from tests.unit.catalog.shops.stage import NOON, Time

DRESS = Query(category=("dress",))
NO_AMOUNTS: list[object] = [None, True, [], {}, "free", 0, -5, 1e300, float("nan"), float("inf")]


@pytest.mark.parametrize(
    ("amount", "currency", "money"),
    [
        (1299.0, "INR", Money(129_900, "INR")),
        (1299.125, "KWD", Money(1_299_125, "KWD")),
        (1999, "JPY", Money(1999, "JPY")),
        (0.1 + 0.2, "EUR", Money(30, "EUR")),
        ("₹1,299.00", "INR", Money(129_900, "INR")),
        ("1299", "inr", Money(129_900, "INR")),
        *((amount, "INR", None) for amount in NO_AMOUNTS),
        *((5, currency, None) for currency in (None, "", "rupees", 7)),
    ],
)
def test_prices_are_read_exactly_or_not_at_all(amount: object, currency: object, money: Money | None) -> None:
    assert money_of(amount, currency) == money


def test_whole_units_become_the_smallest_ones() -> None:
    assert [minor_units(12.5, code) for code in ("EUR", "JPY", "KWD")] == [1250, 13, 12_500]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example/?x=1&section=2&copy=3", "https://a.example/?x=1&section=2&copy=3"),
        ("http://a.example/1.jpg", "https://a.example/1.jpg"),
        ("//cdn.example/1.jpg", "https://cdn.example/1.jpg"),
        *(
            (bad, None)
            for bad in ("", "javascript:alert(1)", "https://", "https://u:p@a.example/", "https://a b/")
        ),
        *((bad, None) for bad in ("https://[", "https://a.example/\n", "data:image/png;base64,x", "x" * 3000)),
    ],
)
def test_addresses_are_taken_as_they_are_or_not_at_all(text: str, address: str | None) -> None:
    assert web_address(text, https=True) == address


def test_looking_into_json_never_fails() -> None:
    node = {"a": [{"b": "text"}, None, 7], "na": "NA", "no": True}
    assert text_at(node, "a", 0, "b") == "text"
    assert text_at(node, "a", 2) == "7"
    for path in (("a", 9), ("a", "b"), ("x", "y", 0), ("a", 0, "b", 0), ("na",), ("no",), ("a",)):
        assert text_at(node, *path) == ""
    assert at(None, "a") is None


def test_bar_codes_are_digits_of_the_right_number() -> None:
    assert digits(" 4006381333931 ") == "4006381333931"
    assert digits(12345670) == "12345670"
    assert [digits(bad) for bad in ("", None, "123", "SKU-1", "٤٠٠٦٣٨١٣٣٣٩٣١")] == [None] * 5


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Query(text="mujhe laal dress dikhao", category=("dress",), color=("red",)), "red dress"),
        (Query(text="something for the beach please"), "beach"),
        (Query(text="puma", brand=("puma",), size=("M", "L")), "puma size M"),
        (Query(category=("shirt",), gender="unisex", style=("party",)), "party shirt"),
        (Query(category=("shirt",), gender="men"), "men shirt"),
        (Query(), ""),
    ],
)
def test_what_was_understood_is_typed_into_the_search_box(query: Query, words: str) -> None:
    assert words_of(query) == words


def test_colours_in_a_shops_own_words_are_understood() -> None:
    def colors(said: object) -> tuple[str, ...]:
        row: dict[str, object] = {"title": "Dress", "color": said}
        found = live_product(
            "shop", ref="1", picture="https://a.example/1.jpg", price=None, url="", fresh_until=NOON, row=row
        )
        return found.color

    assert colors("Red Floral") == ("red",)
    assert colors("Navy Blue") == ("navy",)
    assert colors(["Midnight", "Off White"]) == ("midnight", "off-white")


def test_one_bad_item_of_thousands_costs_itself() -> None:
    def read(item: Any) -> Product:
        return product(item["id"], "Dress", "dress")

    found, left_out = read_items("shop", [{"id": "a"}, None, {}, [], {"id": "b"}], read)
    assert ([one.id for one in found], left_out) == (["a", "b"], 3)
    assert read_items("shop", "no list", read) == ([], 0)


# --- the shelf -----------------------------------------------------------------------------------------


class Source:
    """Gives these batches, one after the other, and counts how often it is asked."""

    def __init__(self, *batches: Batch) -> None:
        self.batches = batches
        self.asked: list[str | None] = []

    async def fetch(self, _query: Query, following: str | None) -> Batch:
        self.asked.append(following)
        return self.batches[int(following or 0)]


def dress(name: str, **fields: Any) -> Product:
    return product(name, f"Dress {name}", "dress", **fields)


def look(shelf: Shelf, query: Query = DRESS, limit: int = 5, offset: int = 0) -> Page:
    return asyncio.run(shelf.search(query, limit, offset))


def ids(page: Page) -> list[str]:
    return [one.id for one in page.products]


def test_as_many_batches_as_a_page_needs_and_no_more() -> None:
    source = Source(
        Batch((dress("a"), product("b", "Shoes", "shoes")), "1", 40),
        Batch((dress("c"),), "2", 40),
        Batch((dress("d"),)),
    )
    shelf = Shelf(source.fetch)
    first = look(shelf, limit=2)
    assert (ids(first), first.total) == (["a", "c"], 39), "one of the three was no dress"
    assert source.asked == [None, "1"]
    last = look(shelf, limit=2, offset=2)
    assert (ids(last), last.total) == (["d"], 3)
    assert source.asked == [None, "1", "2"]


def test_one_page_costs_no_more_than_it_may() -> None:
    source = Source(*(Batch((), str(n + 1)) for n in range(9)))
    assert look(Shelf(source.fetch, batches=2)) == Page((), 0)
    assert len(source.asked) == 2


def test_it_is_asked_again_when_what_it_found_is_old() -> None:
    time, source = Time(), Source(Batch((dress("a"),)))
    shelf = Shelf(source.fetch, kept_s=600.0, clock=time.clock)
    for at_s, asked in ((0.0, 1), (599.0, 1), (601.0, 2)):
        time.s = at_s
        look(shelf)
        assert len(source.asked) == asked


def test_many_who_look_for_the_same_ask_once() -> None:
    source = Source(Batch((dress("a"),)))

    async def play() -> None:
        shelf = Shelf(source.fetch)
        await asyncio.gather(*(shelf.search(DRESS, 5) for _ in range(10)))

    asyncio.run(play())
    assert source.asked == [None]


def test_what_comes_later_never_moves_what_was_given() -> None:
    cheap, dear = Money(100, "EUR"), Money(900, "EUR")
    source = Source(
        Batch((dress("a", price=dear), dress("b", price=cheap)), "1"), Batch((dress("c", price=cheap),))
    )
    shelf = Shelf(source.fetch)
    by_price = Query(category=("dress",), sort="price_asc")
    assert ids(look(shelf, by_price, limit=2)) == ["b", "a"]
    assert ids(look(shelf, by_price, limit=3)) == ["b", "a", "c"]


def test_a_failure_leaves_what_was_found() -> None:
    source = Source(Batch((dress("a"),), "1"))
    shelf = Shelf(source.fetch)
    assert ids(look(shelf, limit=1)) == ["a"]
    with pytest.raises(IndexError):
        look(shelf, limit=2)
    assert ids(look(shelf, limit=1)) == ["a"]
