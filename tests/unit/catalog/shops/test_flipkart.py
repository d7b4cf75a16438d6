"""Flipkart: both versions of its answers, the feeds behind its search, sizes that are products of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from catalog.errors import ProviderError
from catalog.pacing import LocalPace
from catalog.providers.flipkart import DISCLOSURE, WINDOWS, FlipkartKeys, FlipkartProvider
from catalog.shop_api import ShopApi
from catalog.types import Money, Page, Product, Query
from tests.data import needs_test_data
from tests.fakes.shops.base import status
from tests.fakes.shops.flipkart import ID, TOKEN, FakeFlipkart
from tests.unit.catalog.products import product
from tests.unit.catalog.shops.stage import Time, example

DRESS = Query(category=("dress",), gender="women")
PICTURE = "https://rukminim1.flixcart.com/1.jpeg"


def dresses(count: int, **fields: Any) -> tuple[Product, ...]:
    values: dict[str, Any] = {"color": "red", "gender": "women", "picture": PICTURE} | fields
    return tuple(
        product(f"d{n}", f"Red dress {n}", "dress", price=Money(100_00 + n, "INR"), **values) for n in range(count)
    )


class Shopper:
    def __init__(self, runner: asyncio.Runner, server: FakeFlipkart, provider: FlipkartProvider) -> None:
        self.runner, self.server, self.provider = runner, server, provider

    def search(self, query: Query = DRESS, limit: int = 10, offset: int = 0) -> Page:
        return self.runner.run(self.provider.search(query, limit, offset))


@pytest.fixture
def shopper(runner: asyncio.Runner, time: Time) -> Iterator[Shopper]:
    server = FakeFlipkart()
    runner.run(server.__aenter__())
    api = ShopApi("flipkart", WINDOWS, pace=LocalPace(time.clock), waiting=time.waiting)
    provider = FlipkartProvider(FlipkartKeys(ID, TOKEN, server.url), api, time.now)
    yield Shopper(runner, server, provider)
    runner.run(provider.close())
    runner.run(server.__aexit__(None, None, None))


def test_a_wrong_token_is_the_operators_to_mend(shopper: Shopper, time: Time) -> None:
    keys = FlipkartKeys(ID, "old", shopper.server.url)
    provider = FlipkartProvider(keys, ShopApi("flipkart", waiting=time.waiting))
    with pytest.raises(ProviderError, match="shop_refused"):
        shopper.runner.run(provider.search(DRESS, 5))
    shopper.runner.run(provider.close())


def test_the_same_comes_out_of_either_version(shopper: Shopper) -> None:
    shopper.server.products = dresses(2, sizes="M")
    new = shopper.search(replace(DRESS, gender=None)).products
    shopper.server.legacy = True
    old = shopper.search(replace(DRESS, gender=None, style=("red",))).products
    assert [(p.ref, p.title, p.price, p.sizes, p.url) for p in new] == [
        (p.ref, p.title, p.price, p.sizes, p.url) for p in old
    ]
    assert new[0].disclosure == DISCLOSURE
    assert new[0].url == f"https://dl.flipkart.com/dl/x?pid=d0&affid={ID}&section=2"


def test_more_than_a_search_gives_comes_out_of_the_categorys_feed(shopper: Shopper) -> None:
    shopper.server.products = (*dresses(25), *dresses(1, gender="men"))
    shopper.server.batch = 20
    titles = [item.title for at in range(0, 30, 5) for item in shopper.search(limit=5, offset=at).products]
    assert titles == [f"Red dress {n}" for n in range(25)]
    assert [path.rpartition("/")[2] for path in shopper.server.asked] == [
        "search.json", f"{ID}.json", "womens_clothing.json", "womens_clothing-20.json",
    ]  # fmt: skip


def test_a_feed_whose_address_ended_is_looked_up_anew(shopper: Shopper) -> None:
    shopper.server.products = dresses(15)
    assert len(shopper.search(limit=15).products) == 15
    shopper.server.signature = "sig2"
    assert len(shopper.search(replace(DRESS, color=("red",)), limit=15).products) == 15
    assert any("410" in refusal for refusal in shopper.server.refusals)


def test_our_token_is_sent_to_nobody_else(shopper: Shopper) -> None:
    shopper.server.products = dresses(15)
    listing = {"availableVariants": {"v1.1.0": {"get": "https://evil.example/feed?sig=1"}}}
    evil = {"apiGroups": {"affiliate": {"apiListings": {"womens_clothing": listing}}}}
    shopper.search(limit=5)
    shopper.server.faults.append(status(200, evil))
    assert shopper.search(limit=15).total == 10, "the feed is left alone"


def test_it_asks_twenty_times_a_second_at_most(shopper: Shopper, time: Time) -> None:
    calls: list[float] = []

    def too_fast() -> bool:
        calls.append(time.s)
        return len(calls) > 20 and calls[-1] - calls[-21] < 1.0

    shopper.server.limit = too_fast
    shopper.server.products = dresses(1)
    refs = [f"D{n}" for n in range(45)]
    found = shopper.runner.run(shopper.provider.refresh(refs))
    assert list(found) == ["D0"]
    assert shopper.server.refusals == []
    assert time.slept == [1.0, 1.0]


def test_sizes_become_one_product_at_the_lowest_price(shopper: Shopper) -> None:
    one = dresses(1, sizes="M")[0]
    shopper.server.products = (
        one,
        replace(one, id="d0-l", sizes=("L",), price=Money(90_00, "INR")),
        replace(one, id="d0-blue", sizes=("L",), color=("blue",)),
    )
    red, blue = shopper.search().products
    assert (red.sizes, red.price, red.ref) == (("M", "L"), Money(90_00, "INR"), "D0-L")
    assert blue.sizes == ("L",)


def test_pictures_are_fetched_safely_and_na_is_nothing(shopper: Shopper) -> None:
    shopper.server.products = dresses(1)
    (item,) = shopper.search().products
    assert item.picture == PICTURE, "the largest, over https"
    assert item.brand is None
    assert item.description == ""


def test_a_category_may_be_json_in_a_text(shopper: Shopper) -> None:
    def said(item: dict[str, Any]) -> object:
        item["productBaseInfoV1"]["categoryPath"] = '[[{"title": "Apparels>Women>Skirts"}]]'
        item["productBaseInfoV1"]["title"] = "Aurelle Flared"
        return item

    shopper.server.products = dresses(1)
    shopper.server.edit = said
    assert shopper.search(Query(text="red")).products[0].category == "skirt"


@needs_test_data
@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("search_v1.0.json", ["Aurelle Women A-line Red Dress", "Nayra Women Fit and Flare Maroon Dress"]),
        ("legacy_search_v0.1.0.json", ["Aurelle Women A-line Red Dress"]),
        (
            "category_feed_page1_v1.1.0.json",
            ["Aurelle Women A-line Red Dress", "Nayra Women Fit and Flare Maroon Dress"],
        ),
        ("search_empty.json", []),
    ],
)
def test_the_contracts_example_answers_are_read(shopper: Shopper, path: str, titles: list[str]) -> None:
    shopper.server.faults.append(status(200, example(f"flipkart/{path}")))
    found = shopper.search(replace(DRESS, gender=None)).products
    assert [item.title for item in found] == titles
    for item in found:
        assert item.price is not None
        assert item.price.currency == "INR"
        assert item.category == "dress"
    if titles:
        assert found[0].price == Money(749_00, "INR"), "the special price where there is one"
        assert found[0].brand == "Aurelle"


@needs_test_data
def test_a_product_of_the_contract_is_read(shopper: Shopper) -> None:
    shopper.server.faults.append(status(200, example("flipkart/product_v1.0.json")))
    found = shopper.runner.run(shopper.provider.refresh(["DREGTEST00000001"]))["DREGTEST00000001"]
    assert (found.gender, found.material, found.pattern, found.sizes) == ("women", ("cotton",), "solid", ("M",))
    assert found.in_stock is True
