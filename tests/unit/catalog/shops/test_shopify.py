"""Shopify: the global catalogue, a single shop, and the profile of our agent that both of them fetch."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest

from catalog.errors import ProviderError
from catalog.outbound import OutboundClient, OutboundLimits
from catalog.pacing import LocalPace
from catalog.providers.shopify import ShopifyCatalog, ShopifyProvider
from catalog.providers.shopify_shop import Shop, ShopProvider
from catalog.shop_api import ShopApi
from catalog.types import Likeness, Money, Page, Product, Query
from catalog.ucp import PROFILE as DOCUMENT
from tests.data import needs_test_data
from tests.fakes.shops.base import status
from tests.fakes.shops.shopify import ID, PROFILE, SECRET, FakeCatalog, FakeShopifyShop
from tests.unit.catalog.products import product
from tests.unit.catalog.shops.stage import NOON, Time, example

DRESS = Query(category=("dress",))


def dresses(count: int, **fields: Any) -> tuple[Product, ...]:
    values: dict[str, Any] = {"color": "red", "picture": "https://cdn.shopify.com/1.jpg"} | fields
    return tuple(
        product(f"dress-{n}", f"Red dress {n}", "dress", price=Money(100_00 + n, "INR"), **values)
        for n in range(count)
    )


# --- the global catalogue ------------------------------------------------------------------------------


class Everywhere:
    def __init__(self, runner: asyncio.Runner, server: FakeCatalog, time: Time) -> None:
        self.runner, self.server, self.time = runner, server, time
        self.provider = self.made()

    def made(self, **changes: Any) -> ShopifyProvider:
        catalog = ShopifyCatalog(
            PROFILE, "IN", "INR", url=f"{self.server.url}/api/ucp/mcp", token_url=f"{self.server.url}/token"
        )
        api = ShopApi("shopify", waiting=self.time.waiting)
        return ShopifyProvider(replace(catalog, **changes), api, self.time.now)

    def search(self, query: Query = DRESS, limit: int = 10, offset: int = 0) -> Page:
        return self.runner.run(self.provider.search(query, limit, offset))


@pytest.fixture
def everywhere(runner: asyncio.Runner, time: Time) -> Iterator[Everywhere]:
    server = FakeCatalog(DOCUMENT)
    runner.run(server.__aenter__())
    server.products = dresses(3, sizes=("S", "M"))
    found = Everywhere(runner, server, time)
    yield found
    runner.run(found.provider.close())
    runner.run(server.__aexit__(None, None, None))


def test_one_question_gives_all_that_is_shown(everywhere: Everywhere) -> None:
    everywhere.server.products = dresses(70)
    seen = [item.title for at in range(0, 60, 10) for item in everywhere.search(limit=10, offset=at).products]
    assert len(set(seen)) == 50
    assert len(everywhere.server.calls) == 1


def test_price_country_and_currency_are_told(everywhere: Everywhere) -> None:
    everywhere.search(replace(DRESS, price_max=150.5, price_min=10))
    call = everywhere.server.calls[-1]
    assert call["filters"] == {
        "available": True, "price": {"min": 1000, "max": 15050}, "ships_to": {"country": "IN"},
    }  # fmt: skip
    assert call["context"] == {"address_country": "IN", "currency": "INR"}
    assert call["pagination"] == {"limit": 50}


def test_without_a_currency_no_price_is_told_but_kept(everywhere: Everywhere) -> None:
    everywhere.provider = everywhere.made(country=None, currency=None)
    assert everywhere.search(replace(DRESS, price_max=100)).total == 1
    assert everywhere.server.calls[-1]["filters"] == {"available": True}


@pytest.mark.parametrize("profile", [None, {"ucp": {"capabilities": {"dev.ucp.shopping.catalog": []}}}])
def test_a_profile_that_shopify_cannot_use_is_the_operators_to_mend(
    everywhere: Everywhere, profile: Any, caplog: pytest.LogCaptureFixture
) -> None:
    everywhere.server.profile = profile
    with pytest.raises(ProviderError, match="shop_refused"):
        everywhere.search()
    assert "profile" in caplog.text


def test_our_profile_declares_search_and_look_up_one_by_one() -> None:
    capabilities = DOCUMENT["ucp"]["capabilities"]
    assert {"dev.ucp.shopping.catalog.search", "dev.ucp.shopping.catalog.lookup"} <= set(capabilities)
    for name, versions in capabilities.items():
        origin = "https://shopify.dev/" if name.startswith("dev.shopify.") else "https://ucp.dev/"
        assert all(one[kind].startswith(origin) for one in versions for kind in ("spec", "schema"))
    json.dumps(DOCUMENT)


def test_with_a_key_a_token_is_sent_and_renewed(everywhere: Everywhere) -> None:
    everywhere.server.with_key = True
    everywhere.provider = everywhere.made(client_id=ID, secret=SECRET)
    assert everywhere.search().total == 3
    everywhere.server.expired = set(everywhere.server.tokens)
    assert everywhere.search(replace(DRESS, color=("red",))).total == 3


def test_without_a_key_where_one_is_needed_it_is_refused(everywhere: Everywhere) -> None:
    everywhere.server.with_key = True
    with pytest.raises(ProviderError, match="shop_refused"):
        everywhere.search()


def test_things_that_look_alike_are_found_by_picture_or_product(everywhere: Everywhere) -> None:
    looks = Likeness("samples", name="a", picture=b"\xff\xd8")
    page = everywhere.runner.run(everywhere.provider.search(Query(like=looks), 5))
    assert page.total == 3
    known = replace(DRESS, like=Likeness("shopify", "gid://shopify/p/1", "b", b"\xff\xd8"))
    everywhere.runner.run(everywhere.provider.search(known, 5))
    pictured, alike = everywhere.server.calls[-2:]
    assert pictured["like"] == [{"image": {"content_type": "image/jpeg", "data": "/9g="}}]
    assert "query" not in pictured
    assert (alike["like"], alike["query"]) == ([{"id": "gid://shopify/p/1"}], "dress")


def test_prices_are_told_again_for_many_at_once(everywhere: Everywhere, time: Time) -> None:
    everywhere.server.products = dresses(60)
    refs = [f"gid://shopify/ProductVariant/{n}" for n in range(60)]
    time.s = 600.0
    found = everywhere.runner.run(everywhere.provider.refresh([*refs, "gid://shopify/ProductVariant/999"]))
    assert list(found) == refs
    assert [len(call["ids"]) for call in everywhere.server.calls] == [50, 11]
    fresh = found[refs[0]].fresh_until
    assert fresh is not None
    assert timedelta(minutes=10) < fresh - NOON < timedelta(minutes=60)


def test_a_product_has_all_its_sizes_its_bar_code_and_its_seller(everywhere: Everywhere) -> None:
    everywhere.server.products = dresses(1, sizes=("S", "M"), gtin="4006381333931")
    (item,) = everywhere.search().products
    assert (item.sizes, item.gtin, item.seller) == (("S", "M"), "4006381333931", "Test Shop")
    assert item.url == "https://shop-a.example/products/dress-0?variant=0&_gsid=abc&section=2"


def test_the_cheapest_offer_that_can_be_bought_is_told(everywhere: Everywhere) -> None:
    def offers(item: dict[str, Any]) -> object:
        (one,) = item["variants"]
        sold_out = {
            **one,
            "id": "a",
            "price": {"amount": 1, "currency": "INR"},
            "availability": {"available": False},
        }
        dear = {**one, "id": "b", "price": {"amount": 999_00, "currency": "INR"}}
        return {**item, "variants": [sold_out, dear, {**one, "id": "c"}, {"id": "d", "price": "free"}]}

    everywhere.server.products = dresses(1)
    everywhere.server.edit = offers
    (item,) = everywhere.search().products
    assert (item.ref, item.price, item.in_stock) == ("c", Money(100_00, "INR"), True)


@needs_test_data
def test_the_contracts_example_answers_are_read(everywhere: Everywhere) -> None:
    everywhere.server.faults.append(status(200, example("shopify_ucp/search_catalog_ok.json")))
    found = everywhere.search().products
    assert [(item.title, item.category, item.color, item.sizes) for item in found] == [
        ("Red cotton summer dress", "dress", ("red",), ("S", "M")),
        ("Crimson tiered midi", "dress", ("crimson",), ("S", "M")),
    ], "a midi that is found for a dress is one"
    assert found[0].price == Money(1499_00, "INR")
    everywhere.server.faults.append(status(200, example("shopify_ucp/search_catalog_empty.json")))
    assert everywhere.search(replace(DRESS, color=("red",))) == Page((), 0)
    everywhere.server.faults.append(status(200, example("shopify_ucp/error_tool_not_found.json")))
    with pytest.raises(ProviderError, match="shop_refused"):
        everywhere.search(replace(DRESS, color=("blue",)))


# --- a single shop -------------------------------------------------------------------------------------


class Corner:
    def __init__(self, runner: asyncio.Runner, server: FakeShopifyShop, time: Time) -> None:
        self.runner, self.server, self.time = runner, server, time
        self.opened: list[ShopProvider] = []
        self.provider = self.made()

    def made(self, *, public_only: bool = False, **changes: Any) -> ShopProvider:
        here = () if public_only else (ip_network("127.0.0.1/32"),)
        ports = {"http": frozenset({self.server.port}), "https": frozenset({443})}
        client = OutboundClient(OutboundLimits(ports=ports), also=here)
        shop = replace(Shop(f"127.0.0.1:{self.server.port}", scheme="http"), **changes)
        pace = LocalPace(self.time.clock)
        self.provider = ShopProvider(shop, client, pace=pace, waiting=self.time.waiting, now=self.time.now)
        self.opened.append(self.provider)
        return self.provider

    def search(self, query: Query = DRESS, limit: int = 10, offset: int = 0) -> Page:
        return self.runner.run(self.provider.search(query, limit, offset))


@pytest.fixture
def corner(runner: asyncio.Runner, time: Time) -> Iterator[Corner]:
    server = FakeShopifyShop()
    runner.run(server.__aenter__())
    server.products = dresses(3)
    found = Corner(runner, server, time)
    yield found
    for provider in found.opened:
        runner.run(provider.close())
    runner.run(server.__aexit__(None, None, None))


def test_its_list_is_read_page_by_page_and_kept(corner: Corner, time: Time) -> None:
    corner.server.products = dresses(600)
    assert corner.search().total == 600
    assert corner.search(replace(DRESS, color=("red",))).total == 600
    assert corner.server.pages == [1, 2, 3]
    time.s += 3700
    corner.search()
    assert corner.server.pages == [1, 2, 3, 1, 2, 3]


def test_variants_become_colours_and_the_sizes_that_can_be_bought(corner: Corner) -> None:
    def sold(item: dict[str, Any]) -> object:
        item["variants"] = [
            {"option1": "Red", "option2": "S", "price": "120.00", "available": False},
            {"option1": "Red", "option2": "M", "price": "110.50", "available": True},
            {"option1": "Navy", "option2": "L", "price": "99.00", "available": True},
        ]
        return item

    corner.server.products = dresses(1)
    corner.server.edit = sold
    (item,) = corner.search().products
    assert (item.color, item.sizes, item.price) == (("red", "navy"), ("M", "L"), Money(99_00, "INR"))
    assert item.url == f"{corner.server.url}/products/dress-0"


def test_a_shop_that_does_not_say_its_currency_has_the_one_that_is_set_or_no_prices(corner: Corner) -> None:
    corner.server.says_currency = False
    assert corner.search().products[0].price is None
    corner.made(currency="EUR")
    assert corner.search().products[0].price == Money(100_00, "EUR")


def test_its_own_search_is_asked_where_it_has_one(corner: Corner) -> None:
    corner.server.tool, corner.server.profile = True, DOCUMENT
    corner.made(profile=PROFILE)
    assert corner.search().total == 3
    assert corner.server.pages == []
    found = corner.runner.run(corner.provider.refresh(["gid://shopify/ProductVariant/1"]))
    assert found["gid://shopify/ProductVariant/1"].price == Money(100_01, "INR")


def test_a_shop_without_a_search_of_its_own_is_read_and_not_asked_again_at_once(corner: Corner) -> None:
    corner.made(profile=PROFILE)
    assert corner.search().total == 3
    corner.server.tool, corner.server.profile = True, DOCUMENT
    corner.search(replace(DRESS, color=("red",)))
    assert corner.server.calls == []


def test_an_address_inside_is_not_read(corner: Corner) -> None:
    corner.made(public_only=True)
    with pytest.raises(ProviderError, match="shop_unanswered"):
        corner.search()
    assert corner.server.asked == []


def test_prices_that_are_told_again_are_not_old(corner: Corner, time: Time) -> None:
    item = corner.search().products[0]
    corner.server.products = dresses(3, in_stock=False)
    time.s += 60
    assert corner.runner.run(corner.provider.refresh([item.ref or ""]))[item.ref or ""].in_stock is True
    time.s += 600
    assert corner.runner.run(corner.provider.refresh([item.ref or ""]))[item.ref or ""].in_stock is False
    time.s += 600
    corner.server.faults.extend([status(500)] * 9)
    with pytest.raises(ProviderError, match="shop_unanswered"):
        corner.runner.run(corner.provider.refresh([item.ref or ""]))
