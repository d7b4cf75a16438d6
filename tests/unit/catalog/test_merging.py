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


def test_zeros_before_a_bar_code_make_no_other_thing_of_what_looks_the_same() -> None:
    for one, other in ((CODE, f"0{CODE}"), (f"0{CODE}", CODE), (f"00{CODE}", f"0{CODE}")):
        assert shown(offer("a", 900, gtin=one), offer("b", 700, gtin=other)) == [("b", 1)]


def test_zeros_alone_are_no_bar_code() -> None:
    assert len(shown(offer("a", 900, gtin="0" * 8), offer("b", 700, gtin="0" * 13, title="Shift dress"))) == 2
    assert shown(offer("a", 900, gtin="0" * 8), offer("b", 700, gtin=CODE)) == [("b", 1)]


def test_who_tells_no_bar_code_may_mean_what_another_shop_tells_it_of() -> None:
    assert shown(offer("a", 900), offer("b", 700, gtin=CODE)) == [("b", 1)]
    assert shown(offer("a", 900, gtin=CODE), offer("b", 700)) == [("b", 1)]


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


def test_a_bar_code_is_the_same_thing_whatever_else_is_told_of_it() -> None:
    assert shown(offer("a", 900, gtin=CODE), offer("b", 700, gtin=CODE, color="blue")) == [("b", 1)]


def test_a_shop_that_tells_no_colour_may_mean_the_same_thing() -> None:
    assert shown(offer("a", 900, color=()), offer("b", 700)) == [("b", 1)]
    assert shown(offer("a", 900), offer("b", 700, color=())) == [("b", 1)]


def test_what_is_known_to_be_in_stock_is_no_worse_than_what_nobody_told() -> None:
    assert shown(offer("a", None), offer("b", 900, in_stock=True)) == [("b", 1)]
    assert shown(offer("a", 700, in_stock=False), offer("b", 900, in_stock=True)) == [("b", 1)]


def test_at_the_same_price_the_first_shop_stays() -> None:
    assert shown(offer("a", 700), offer("b", 700)) == [("a", 1)]


def test_what_is_the_same_is_counted_once_among_all_that_the_shops_have() -> None:
    mine, theirs = [offer("a", 900), offer("a", 800, title="Shift dress")], [offer("b", 700)]
    theirs.append(offer("b", 600, title="Shift dress"))
    assert merged([Page(tuple(mine), 10), Page(tuple(theirs), 20)]).total == 28


def test_who_gave_up_less_of_what_is_usual_comes_first_and_nobody_is_left_out_for_it() -> None:
    plain, usual, both = (offer(shop, 900, title=shop) for shop in ("plain", "usual", "both"))
    pages = [
        Page((both,), 1, ("usual.size", "usual.price")),
        Page((usual,), 1, ("usual.size",)),
        Page((plain,), 1),
        Page((offer("asked", 900, title="asked"),), 1, ("color",)),
        Page((), 0, ("everything",)),
    ]
    page = merged(pages)
    assert [one.source for one in page.products] == ["plain", "usual", "both"]
    assert (page.total, page.relaxed) == (3, ())
    assert merged(pages[:2]).relaxed == ("usual.size",)


def test_where_nobody_has_all_of_it_what_gave_up_least_comes_first() -> None:
    two = Page((offer("two", 900, title="two"),), 1, ("color", "size"))
    one = Page((offer("one", 900, title="one"),), 1, ("color",))
    page = merged([two, one])
    assert ([item.source for item in page.products], page.relaxed) == (["one", "two"], ("color",))


def test_no_shop_that_found_anything_is_an_empty_page() -> None:
    assert merged([Page((), 0, ("color",))]) == Page((), 0)


def test_shops_that_gave_up_as_much_take_turns_and_one_alone_keeps_its_order() -> None:
    mine, theirs = (tuple(offer(shop, n, title=f"{shop}{n}") for n in range(2)) for shop in "ab")
    page = merged([Page(mine, 2), Page(theirs, 2)])
    assert [one.title for one in page.products] == ["a0", "b0", "a1", "b1"]
    assert merged([Page(mine, 2)]) == Page(mine, 2)
