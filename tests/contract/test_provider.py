"""What every provider promises. A new one adds a line to MAKERS that fills its shop with the given products."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import web

from catalog.errors import ProviderError
from catalog.outbound import OutboundClient, OutboundLimits
from catalog.pacing import Window
from catalog.ports import LiveProvider, ProductIndex, Provider
from catalog.providers.amazon import AmazonKeys, AmazonProvider
from catalog.providers.flipkart import FlipkartKeys, FlipkartProvider
from catalog.providers.local import LocalProvider
from catalog.providers.registry import PROVIDERS
from catalog.providers.shopify import ShopifyCatalog, ShopifyProvider
from catalog.providers.shopify_shop import Shop, ShopProvider
from catalog.shop_api import ApiLimits, ShopApi, Waiting
from catalog.types import Money, Page, Product, Query
from catalog.ucp import PROFILE as PROFILE_DOCUMENT
from storage.catalogue import StoredProducts
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.unit_of_work import Database
from tests.fakes.product_index import FakeProductIndex
from tests.fakes.shops import amazon, flipkart, shopify
from tests.fakes.shops.base import FakeShop, Fault, badly_packed, breaks_off, does_not_end, says, status
from tests.unit.catalog.products import product

SHOP = tuple(
    product(
        f"item-{n}", f"{color.title()} t-shirt", "t-shirt", color=color, picture=f"https://cdn.example/{n}.jpg"
    )
    for n, color in enumerate(("white", "black", "red", "green", "yellow"))
)

LIMITS = ApiLimits(answer_s=5.0, first_wait_s=0.001, max_bytes=1_000_000)


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class AnyPace:
    """As often as one likes."""

    async def take(self, _name: str, _windows: Sequence[Window]) -> float:
        return 0.0


@dataclass
class Stall:
    """A provider and where it runs; `shop` is the server behind a live one."""

    provider: Provider
    runner: asyncio.Runner
    server: FakeShop | None = None
    clock: Clock = field(default_factory=Clock)

    @property
    def shop(self) -> FakeShop:
        assert self.server is not None
        return self.server

    def search(self, query: Query, limit: int = 10, offset: int = 0) -> Page:
        return self.runner.run(self.provider.search(query, limit, offset))

    def refresh(self, *products: Product) -> dict[str, Product]:
        assert isinstance(self.provider, LiveProvider)
        return self.runner.run(self.provider.refresh([item.ref or "" for item in products]))


Open = Callable[[asyncio.Runner, AsyncExitStack], Stall]


def _serve(server: FakeShop, make: Callable[[Waiting], LiveProvider]) -> Open:
    def open_stall(runner: asyncio.Runner, stack: AsyncExitStack) -> Stall:
        runner.run(stack.enter_async_context(server))
        clock = Clock()
        provider = make(Waiting(clock=clock, chance=lambda: 0.001))
        stack.push_async_callback(provider.close)
        return Stall(provider, runner, server, clock)

    return open_stall


def _amazon(version: str) -> Open:
    server = amazon.FakeAmazon(version)

    def make(waiting: Waiting) -> LiveProvider:
        keys = AmazonKeys(
            amazon.ID, amazon.SECRET, version, amazon.TAG, base=server.url, token_url=f"{server.url}/token"
        )
        return AmazonProvider(keys, ShopApi("amazon", limits=LIMITS, waiting=waiting))

    return _serve(server, make)


def _flipkart(*, legacy: bool = False) -> Open:
    server = flipkart.FakeFlipkart()
    server.legacy = legacy

    def make(waiting: Waiting) -> LiveProvider:
        keys = FlipkartKeys(flipkart.ID, flipkart.TOKEN, server.url)
        return FlipkartProvider(keys, ShopApi("flipkart", limits=LIMITS, waiting=waiting))

    return _serve(server, make)


def _shopify(*, with_key: bool = False) -> Open:
    server = shopify.FakeCatalog(PROFILE_DOCUMENT)
    server.with_key = with_key

    def make(waiting: Waiting) -> LiveProvider:
        catalog = ShopifyCatalog(shopify.PROFILE, "IN", "INR", url=f"{server.url}/api/ucp/mcp")
        if with_key:
            key = {"client_id": shopify.ID, "secret": shopify.SECRET, "token_url": f"{server.url}/token"}
            catalog = replace(catalog, **key)
        return ShopifyProvider(catalog, ShopApi("shopify", limits=LIMITS, waiting=waiting))

    return _serve(server, make)


def _shopify_shop(*, tool: bool) -> Open:
    server = shopify.FakeShopifyShop(PROFILE_DOCUMENT if tool else None)

    def make(waiting: Waiting) -> LiveProvider:
        limits = OutboundLimits(answer_s=5.0, ports={"http": frozenset({server.port})})
        client = OutboundClient(limits, also=(ip_network("127.0.0.1/32"),))
        profile = shopify.PROFILE if tool else None
        shop = Shop(f"127.0.0.1:{server.port}", profile, "IN", "INR", scheme="http")
        return ShopProvider(shop, client, pace=AnyPace(), waiting=waiting)

    return _serve(server, make)


LIVE: dict[str, Callable[[], Open]] = {
    "amazon-cognito": lambda: _amazon("2.2"),
    "amazon-lwa": lambda: _amazon("3.2"),
    "flipkart": _flipkart,
    "flipkart-legacy": lambda: _flipkart(legacy=True),
    "shopify": _shopify,
    "shopify-key": lambda: _shopify(with_key=True),
    "shopify_shop-list": lambda: _shopify_shop(tool=False),
    "shopify_shop-tool": lambda: _shopify_shop(tool=True),
}

LOCAL = ("local", "local-postgres")


def _local(index: ProductIndex, runner: asyncio.Runner) -> Stall:
    index.put(SHOP)
    return Stall(LocalProvider(index), runner)


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all: the servers run beside whoever asks them."""
    with asyncio.Runner() as running:
        yield running


def _opened(name: str, runner: asyncio.Runner, products: Iterable[Product]) -> Iterator[Stall]:
    stack = AsyncExitStack()
    stall = LIVE[name]()(runner, stack)
    stall.shop.products = tuple(products)
    yield stall
    runner.run(stack.aclose())


@pytest.fixture(params=[*LOCAL, *LIVE])
def stall(request: pytest.FixtureRequest, runner: asyncio.Runner) -> Iterator[Stall]:
    if request.param in LIVE:
        yield from _opened(request.param, runner, SHOP)
    elif request.param == "local":
        yield _local(FakeProductIndex(), runner)
    else:
        yield _local(request.getfixturevalue("stored_products"), runner)


@pytest.fixture(params=[*LIVE])
def live(request: pytest.FixtureRequest, runner: asyncio.Runner) -> Iterator[Stall]:
    yield from _opened(request.param, runner, DRESSES)


def test_every_registered_provider_is_under_contract() -> None:
    assert {name.split("-")[0] for name in (*LOCAL, *LIVE)} == set(PROVIDERS)


def test_its_name_is_a_lower_case_word(stall: Stall) -> None:
    name = stall.provider.name
    assert name.isascii()
    assert name == name.lower().strip()


def test_it_finds_what_is_asked_for(stall: Stall) -> None:
    page = stall.search(Query(text="red t-shirt", category=("t-shirt",), color=("red",)))
    assert [item.title for item in page.products] == ["Red t-shirt"]
    assert page.total == 1
    assert page.relaxed == ()


def test_products_carry_what_a_card_needs(stall: Stall) -> None:
    for item in stall.search(Query(category=("t-shirt",))).products:
        assert len(item.id.encode()) <= 40
        assert set(item.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert item.source
        assert item.title
        assert item.picture


def test_it_never_gives_more_than_the_limit(stall: Stall) -> None:
    page = stall.search(Query(category=("t-shirt",)), limit=2)
    assert len(page.products) == 2
    assert page.total == len(SHOP)


def test_pages_follow_each_other(stall: Stall) -> None:
    pages = [stall.search(Query(category=("t-shirt",)), 2, offset) for offset in (0, 2, 4, 6)]
    titles = [item.title for page in pages for item in page.products]
    assert sorted(titles) == sorted(item.title for item in SHOP)
    assert pages[3].products == ()


def test_nonsense_gives_an_empty_page(stall: Stall) -> None:
    assert stall.search(Query(text="qwertyuiop")) == Page((), 0)


def test_a_foreign_source_gives_an_empty_page(stall: Stall) -> None:
    assert stall.search(Query(category=("t-shirt",), source=("somewhere-else",))).products == ()


def test_searches_at_the_same_time_do_not_disturb_each_other(stall: Stall) -> None:
    colors = ("white", "black", "red", "green", "yellow")

    async def ask() -> list[Page]:
        return await asyncio.gather(*(stall.provider.search(Query(color=(color,)), 5) for color in colors))

    assert [page.products[0].color for page in stall.runner.run(ask())] == [(color,) for color in colors]


def test_an_index_that_is_away_is_a_provider_error(tmp_path: Path, runner: asyncio.Runner) -> None:
    config = StorageConfig(database_url="postgresql://nobody@127.0.0.1:1/none", redis_url="", data=tmp_path)
    database = Database(config, LocalMediaStore(tmp_path))
    with pytest.raises(ProviderError, match="index_unavailable"):
        Stall(LocalProvider(StoredProducts(database)), runner).search(Query())
    database.close()


# --- shops that are asked each time --------------------------------------------------------------------


def dress(number: int, title: str, price: int, **fields: object) -> Product:
    picture = f"https://cdn.example/{number}.jpg"
    return product(f"dress-{number}", title, "dress", price=Money(price, "INR"), picture=picture, **fields)


SAID = "<b>Soft</b> &amp; light"
DRESSES = (
    dress(
        1,
        "Red cotton dress",
        129_900,
        color="red",
        sizes="M",
        brand="Aavya",
        description="<b>Soft</b> &amp; light",
    ),
    dress(2, "Red silk dress", 899_900, color="red", sizes="L", brand="Miraya"),
    dress(3, "Navy cotton dress", 79_950, color="navy", sizes="S", brand="Zoya"),
    dress(4, "Red sold out dress", 49_900, color="red", sizes="S", brand="Zoya", in_stock=False),
    dress(5, "Yellow <script>alert(1)</script>dress\u202e", 99_900, color="yellow", brand="Aavya"),
)
ANY_DRESS = Query(category=("dress",))


def titles(page: Page) -> list[str]:
    return [item.title for item in page.products]


def by_title(page: Page, title: str) -> Product:
    return next(item for item in page.products if item.title == title)


def test_it_tells_what_is_needed_to_show_a_product_and_to_ask_for_it_again(live: Stall) -> None:
    item = by_title(live.search(ANY_DRESS), "Red cotton dress")
    assert item.source == live.provider.name
    assert item.price == Money(129_900, "INR")
    assert (item.category, item.part, item.color, item.sizes) == ("dress", "dress", ("red",), ("M",))
    assert item.material == ("cotton",)
    assert item.in_stock is not False
    assert item.picture.startswith("https://")
    assert item.url is not None
    assert item.url.startswith("http")
    assert item.url.isascii(), "parameters such as &section=2 stay what they are"
    assert item.ref
    assert item.fresh_until is not None
    assert item.fresh_until.tzinfo is not None


def test_a_price_limit_holds_whatever_the_shop_sends(live: Stall) -> None:
    for _ in range(2):
        page = live.search(replace(ANY_DRESS, price_min=800, price_max=1500))
        assert {"Navy cotton dress", "Red silk dress"}.isdisjoint(titles(page))
        assert "Red cotton dress" in titles(page)
    assert live.search(replace(ANY_DRESS, price_max=100)) == Page((), 0), "too dear is no answer"
    assert live.search(replace(ANY_DRESS, price_max=100, currency="USD")) == Page((), 0), "rupees are no dollars"


def test_what_is_excluded_stays_away(live: Stall) -> None:
    assert titles(live.search(replace(ANY_DRESS, exclude={"color": ("red", "yellow")}))) == ["Navy cotton dress"]
    if live.provider.name != "shopify":
        assert "Red silk dress" not in titles(live.search(replace(ANY_DRESS, exclude={"material": ("silk",)})))


def test_what_was_given_up_is_named(live: Stall) -> None:
    page = live.search(replace(ANY_DRESS, color=("red",), size=("XXL",)))
    assert set(titles(page)) == {"Red cotton dress", "Red silk dress"}
    assert page.relaxed == ("size",)


def test_sold_out_things_are_not_found(live: Stall) -> None:
    assert "Red sold out dress" not in titles(live.search(ANY_DRESS))


def test_prices_decide_the_order_where_they_are_asked_to(live: Stall) -> None:
    up = titles(live.search(replace(ANY_DRESS, sort="price_asc")))
    assert [title.split()[0] for title in up] == ["Navy", "Yellow", "Red", "Red"]
    assert titles(live.search(replace(ANY_DRESS, sort="price_desc"))) == up[::-1]


def test_no_markup_and_nothing_invisible_comes_through(live: Stall) -> None:
    page = live.search(ANY_DRESS)
    assert "Yellow dress" in titles(page)
    assert by_title(page, "Red cotton dress").description.startswith("Soft & light")


def test_an_item_that_cannot_be_read_costs_itself_and_not_its_page(live: Stall) -> None:
    live.shop.broken = (
        None,
        7,
        "text",
        [],
        {},
        {"asin": {"b": 1}, "productBaseInfoV1": [], "variants": {}, "id": []},
    )
    assert len(live.search(ANY_DRESS).products) == 4


def test_a_product_is_asked_for_again(live: Stall) -> None:
    page = live.search(ANY_DRESS)
    first, gone = by_title(page, "Red cotton dress"), by_title(page, "Red silk dress")
    cheaper = replace(DRESSES[0], price=Money(99_900, "INR"), in_stock=False)
    live.shop.products = (cheaper, *DRESSES[2:])
    # A list that was just read would not be read again at once.
    live.clock.now_s += 1000.0
    found = live.refresh(first, gone)
    assert list(found) == [first.ref]
    again = found[first.ref or ""]
    assert again.id == first.id
    assert again.price == Money(99_900, "INR")
    assert again.in_stock is False


def test_a_hiccup_is_asked_away(live: Stall) -> None:
    live.shop.faults.append(status(503))
    assert len(live.search(ANY_DRESS).products) == 4


@pytest.mark.parametrize(
    "fault",
    [
        status(500),
        status(404),
        says("<html>closed</html>", "text/html"),
        says("[1, 2"),
        says("[]"),
        breaks_off,
        badly_packed,
    ],
    ids=["500", "404", "html", "half", "list", "breaks-off", "packed"],
)
def test_a_shop_that_answers_nonsense_is_a_provider_error_or_finds_nothing(live: Stall, fault: Fault) -> None:
    live.shop.faults.extend([fault] * 20)
    try:
        found = live.search(ANY_DRESS).products
    except ProviderError:
        found = ()
    assert found == ()


def test_a_body_without_end_is_not_read(live: Stall) -> None:
    live.shop.faults.extend([does_not_end] * 20)
    with pytest.raises(ProviderError, match="shop_unanswered"):
        live.search(ANY_DRESS)


def test_somebody_who_stops_waiting_leaves_the_shop_in_order(live: Stall) -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    async def hangs(_request: web.Request) -> web.StreamResponse:
        asked.set()
        await answer.wait()
        return web.json_response({}, status=503)

    async def give_up() -> Page:
        live.shop.faults.append(hangs)
        asking = asyncio.create_task(live.provider.search(ANY_DRESS, 5))
        await asked.wait()
        asking.cancel()
        await asyncio.wait([asking])
        answer.set()
        return await live.provider.search(ANY_DRESS, 5)

    assert len(live.runner.run(give_up()).products) == 4
