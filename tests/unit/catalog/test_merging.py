"""The same thing in several shops is shown once, where it costs least; different things stay apart."""

from __future__ import annotations

from dataclasses import replace

from catalog.merging import merged
from catalog.types import Money, Page, Product
from tests.unit.catalog.products import product

CODE = "4006381333931"


def offer(shop: str, price: int | None, **fields: object) -> Product:
    values: dict[str, object] = {"color": "red", "brand": "Aavya", "title": "Wrap dress"} | fields
    title = str(values.pop("title"))
    money = None if price is None else Money(price, str(values.pop("currency", "INR")))
    return product(f"{shop}-{price}-{len(values)}", title, "dress", source=shop, price=money, **values)


def shown(*products: Product) -> list[tuple[str, int]]:
    page = merged([Page((one,), 1) for one in products])
    assert page.total == len(page.products)
    return [(one.source, one.offers) for one in page.products]


def test_a_bar_code_is_the_same_thing_however_it_is_called() -> None:
    dear = offer("a", 900, gtin=CODE, title="Dress, wrapped", brand=None)
    cheap = offer("b", 700, gtin=f"0{CODE}")
    assert shown(dear, cheap) == [("b", 1)]


def test_title_and_brand_are_the_same_thing_in_another_shop() -> None:
    assert shown(offer("a", 900), offer("b", 700, title="WRAP  dress!"), offer("c", 800)) == [("b", 2)]


def test_a_shop_lists_things_that_look_the_same_on_purpose() -> None:
    assert shown(offer("a", 900), offer("a", 700, color="blue")) == [("a", 0), ("a", 0)]


def test_other_colours_other_brands_and_other_codes_are_other_things() -> None:
    one = offer("a", 900, gtin=CODE)
    for other in (
        offer("b", 700, color="blue"),
        offer("b", 700, brand="Zoya"),
        offer("b", 700, brand=None),
        offer("b", 700, gtin="4006381333948"),
    ):
        assert len(shown(one, other)) == 2


def test_the_first_stays_where_prices_cannot_be_compared() -> None:
    assert shown(offer("a", 900), offer("b", 9, currency="USD")) == [("a", 1)]
    assert shown(offer("a", 900), offer("b", None)) == [("a", 1)]
    assert shown(offer("a", None), offer("b", 900)) == [("b", 1)]


def test_what_is_sold_out_is_no_bargain() -> None:
    assert shown(offer("a", 700, in_stock=False), offer("b", 900)) == [("b", 1)]


def test_the_cheapest_takes_the_place_of_the_first() -> None:
    other = offer("c", 100, title="Shift dress")
    page = merged([Page((offer("a", 900), other), 2), Page((offer("b", 700),), 1)])
    assert [one.source for one in page.products] == ["b", "c"]


def test_what_was_shown_before_stays_in_front_and_is_not_counted_twice() -> None:
    first, second = offer("a", 900), offer("b", 700)
    before = merged([Page((first,), 1), Page((second,), 1)]).products
    again = merged([Page((first,), 1), Page((second, replace(first, id="new", title="New")), 2)], before)
    assert [(one.id, one.offers) for one in again.products] == [(second.id, 1), ("new", 0)]
    assert again.total == 2
