"""Amazon: tokens of both families, its limits and moods, and what its terms ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from catalog.errors import ProviderError
from catalog.pacing import LocalPace, Window
from catalog.providers.amazon import DISCLOSURE, TOKEN_URLS, WINDOWS, AmazonKeys, AmazonProvider
from catalog.shop_api import ShopApi
from catalog.types import Money, Page, Product, Query
from tests.data import needs_test_data
from tests.fakes.shops.amazon import ID, SECRET, TAG, FakeAmazon, asin
from tests.fakes.shops.base import says, status
from tests.unit.catalog.products import product
from tests.unit.catalog.shops.stage import NOON, Time, example

DRESS = Query(category=("dress",))


def dresses(count: int, **fields: Any) -> tuple[Product, ...]:
    return tuple(
        product(f"d{n}", f"Red dress {n}", "dress", price=Money(100_00 + n, "INR"), color="red", **fields)
        for n in range(count)
    )


class Shopper:
    def __init__(self, runner: asyncio.Runner, server: FakeAmazon, provider: AmazonProvider) -> None:
        self.runner, self.server, self.provider = runner, server, provider

    def search(self, query: Query = DRESS, limit: int = 10, offset: int = 0) -> Page:
        return self.runner.run(self.provider.search(query, limit, offset))

    def refresh(self, *refs: str) -> dict[str, Product]:
        return self.runner.run(self.provider.refresh(refs))


@contextmanager
def opened(
    runner: asyncio.Runner, time: Time, *, windows: tuple[Window, ...] = (), secret: str = SECRET, **keys: Any
) -> Iterator[Shopper]:
    version = keys.pop("version", "3.2")
    server = FakeAmazon(version)
    runner.run(server.__aenter__())
    told = AmazonKeys(ID, secret, version, TAG, base=server.url, token_url=f"{server.url}/token")
    api = ShopApi("amazon", windows, pace=LocalPace(time.clock), waiting=time.waiting)
    provider = AmazonProvider(replace(told, **keys), api, time.now)
    server.products = dresses(3, picture="https://m.media-amazon.com/images/I/1.jpg")
    try:
        yield Shopper(runner, server, provider)
    finally:
        runner.run(provider.close())
        runner.run(server.__aexit__(None, None, None))


@pytest.fixture
def shopper(runner: asyncio.Runner, time: Time) -> Iterator[Shopper]:
    with opened(runner, time) as found:
        yield found


@pytest.mark.parametrize("version", sorted(TOKEN_URLS))
def test_every_version_of_credentials_gets_in(runner: asyncio.Runner, time: Time, version: str) -> None:
    with opened(runner, time, version=version) as shopper:
        assert len(shopper.search().products) == 3
        assert len(shopper.search(replace(DRESS, color=("red",))).products) == 3
        assert len(shopper.server.tokens) == 1, "one token serves all"


def test_a_token_that_ended_is_renewed_once(shopper: Shopper) -> None:
    shopper.search()
    shopper.server.expired = set(shopper.server.tokens)
    assert len(shopper.search(replace(DRESS, color=("red",))).products) == 3
    assert len(shopper.server.tokens) == 2


def test_a_token_that_is_never_good_ends_the_asking(shopper: Shopper) -> None:
    shopper.server.faults.extend([status(401, {"reason": "UnsupportedClient"})] * 5)
    with pytest.raises(ProviderError, match="shop_refused") as caught:
        shopper.search()
    assert caught.value.pause_s > 60
    assert len(shopper.server.faults) == 3, "asked, renewed, asked once more"


def test_a_wrong_secret_is_the_operators_to_mend(
    runner: asyncio.Runner, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(runner, time, secret="wrong") as shopper, pytest.raises(ProviderError, match="shop_refused"):
        shopper.search()
    assert "invalid_client" in caplog.text
    assert "wrong" not in caplog.text


def test_an_associate_without_sales_is_refused_for_a_while(
    shopper: Shopper, caplog: pytest.LogCaptureFixture
) -> None:
    shopper.server.faults.append(status(403, {"reason": "AssociateNotEligible", "message": "Not eligible."}))
    with pytest.raises(ProviderError, match="shop_refused"):
        shopper.search()
    assert "AssociateNotEligible" in caplog.text


def test_it_waits_as_long_as_it_is_told_to(shopper: Shopper, time: Time) -> None:
    answers = iter([True, False])
    shopper.server.limit = lambda: next(answers)
    assert len(shopper.search().products) == 3
    assert time.slept == [1.0]


def test_it_asks_once_a_second(runner: asyncio.Runner, time: Time) -> None:
    with opened(runner, time, windows=WINDOWS) as shopper:
        calls: list[float] = []

        def too_fast() -> bool:
            calls.append(time.s)
            return len(calls) > 1 and calls[-1] - calls[-2] < 1.0

        shopper.server.limit = too_fast
        for color in ("red", "blue", "green"):
            shopper.search(replace(DRESS, color=(color,)))
    assert shopper.server.refusals == []
    assert len(calls) == 3


def test_pages_are_asked_for_as_they_are_needed_and_once(shopper: Shopper) -> None:
    shopper.server.products = dresses(25, picture="https://m.media-amazon.com/images/I/1.jpg")
    first = shopper.search(limit=6)
    assert first.total == 25
    assert [body["itemPage"] for body in shopper.server.bodies] == [1]
    titles = [item.title for at in range(0, 30, 6) for item in shopper.search(limit=6, offset=at).products]
    assert titles == [f"Red dress {n}" for n in range(25)]
    assert [body["itemPage"] for body in shopper.server.bodies] == [1, 2, 3]


def test_it_never_asks_past_the_tenth_page(shopper: Shopper) -> None:
    shopper.server.products = dresses(130, picture="https://m.media-amazon.com/images/I/1.jpg")
    seen = [item.title for at in range(0, 130, 10) for item in shopper.search(limit=10, offset=at).products]
    assert len(seen) == 100
    assert shopper.search(limit=10, offset=100).total == 100
    assert shopper.server.refusals == []


def test_wishes_become_words_and_parameters(shopper: Shopper) -> None:
    shopper.search(
        Query(
            text="ek laal dress", category=("dress",), color=("red",), size=("M",), gender="women",
            brand=("zoya",), style=("party",), price_min=500, price_max=1999.5, currency="INR", sort="price_asc",
        )
    )  # fmt: skip
    body = shopper.server.bodies[-1]
    assert body["keywords"] == "women zoya red party dress size M"
    assert (body["minPrice"], body["maxPrice"]) == (50_000, 199_950)
    assert (body["sortBy"], body["brand"], body["partnerTag"]) == ("Price:LowToHigh", "zoya", TAG)
    assert (body["searchIndex"], body["itemCount"]) == ("Fashion", 10)


def test_a_marketplace_without_the_department_is_searched_as_a_whole(shopper: Shopper) -> None:
    shopper.server.indexes = ("All",)
    assert len(shopper.search().products) == 3
    shopper.search(replace(DRESS, color=("red",)))
    assert [body["searchIndex"] for body in shopper.server.bodies][-1] == "All"
    assert len(shopper.server.refusals) == 1, "it is not tried again"


def test_the_terms_are_kept(shopper: Shopper) -> None:
    item = shopper.search().products[0]
    assert item.picture_kept is False
    assert item.disclosure == DISCLOSURE
    assert item.fresh_until is not None
    assert item.fresh_until - NOON <= timedelta(hours=24)
    assert item.url == f"https://www.amazon.in/dp/{item.ref}?tag={TAG}&linkCode=osi&th=1&psc=1&section=2"


def test_a_link_without_our_tag_gets_it(shopper: Shopper) -> None:
    def bare(item: dict[str, Any]) -> object:
        return {**item, "detailPageURL": "https://www.amazon.in/dp/X?th=1"}

    shopper.server.edit = bare
    assert shopper.search().products[0].url == f"https://www.amazon.in/dp/X?th=1&tag={TAG}"


def test_ten_things_are_one_question_and_what_is_gone_is_missing(shopper: Shopper) -> None:
    shopper.server.products = dresses(23, picture="https://m.media-amazon.com/images/I/1.jpg")
    refs = [asin(item) for item in shopper.server.products]
    assert set(shopper.refresh(*refs, "B0GONE")) == set(refs)
    assert [len(body["itemIds"]) for body in shopper.server.bodies] == [10, 10, 4]


def test_404_means_that_there_is_nothing(shopper: Shopper) -> None:
    shopper.server.faults.extend([status(404, {"type": "ResourceNotFoundException"})] * 2)
    assert shopper.search() == Page((), 0)
    assert shopper.refresh("B0GONE") == {}


def test_no_changed_type_and_no_new_word_loses_a_page(shopper: Shopper) -> None:
    changes: Iterator[Callable[[dict[str, Any]], object]] = iter(
        [
            lambda item: item["offersV2"]["listings"][0]["price"]["money"].update(amount="₹1,299.00"),
            lambda item: item["offersV2"]["listings"][0].update(type="FLASH_OF_LIGHT", availability=7),
            lambda item: item["itemInfo"].update(features="no list", productInfo=[]),
        ]
    )

    def changed(item: dict[str, Any]) -> object:
        next(changes)(item)
        return item

    shopper.server.edit = changed
    found = shopper.search().products
    assert [item.price for item in found] == [Money(1299_00, "INR"), Money(100_01, "INR"), Money(100_02, "INR")]
    assert [item.in_stock for item in found] == [True, None, True]


def test_a_body_that_is_no_object_is_no_answer(shopper: Shopper) -> None:
    shopper.server.faults.append(says("[]"))
    with pytest.raises(ProviderError, match="shop_unanswered"):
        shopper.search()


@needs_test_data
@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("search_items_page1.json", 4),
        ("search_items_page2.json", 1),
        ("search_items_minimal.json", 0),
        ("search_items_no_results.json", 0),
    ],
)
def test_the_contracts_example_answers_are_read(shopper: Shopper, path: str, found: int) -> None:
    shopper.server.faults.append(status(200, example(f"amazon/{path}")))
    page = shopper.search(Query(category=("dress",)))
    assert len(page.products) == found
    if path == "search_items_page1.json":
        first = page.products[0]
        assert (first.brand, first.color, first.sizes, first.gender) == ("Aavya", ("red",), ("M",), "women")
        assert first.price == Money(1299_00, "INR")
        assert page.products[1].pattern == "floral"
        assert page.products[3].price is None, "it has no offer"
        assert "B0TSTDRS05" not in {item.ref for item in page.products}, "it has no picture"


@needs_test_data
def test_what_is_not_accessible_any_more_is_missing(shopper: Shopper) -> None:
    shopper.server.faults.append(status(200, example("amazon/get_items_partial.json")))
    assert set(shopper.refresh("B0TSTDRS01", "B0TSTGONE9")) == {"B0TSTDRS01"}
