"""What shops tell live, through the whole bot: shown as each of them allows, and never older than it may be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from bot.dialogue import replies
from bot.photos import PhotoDesk
from bot.pictures import PictureDesk
from bot.products import ProductDesk
from bot.watches import EVERY, WatchDesk
from bot.web.app import build_app
from bot.web.chat import Chat
from bot.web.streams import Streams
from catalog.outbound import OutboundClient
from catalog.providers.amazon import DISCLOSURE, PICTURE_HOSTS, AmazonKeys, AmazonProvider
from catalog.rates import load_rates
from catalog.samples import sample_picture, sample_products
from catalog.search import Catalogue
from catalog.shop_api import ShopApi
from catalog.types import Money, Page, Product, Query
from storage.bell import Bell
from storage.hints import Hints
from storage.products import LINK_KEPT, TOLD_KEPT
from storage.tables import InboxRow, ProductRow, Watch
from storage.unit_of_work import Database, UnitOfWork
from tests.fakes.shops.amazon import ID, SECRET, TAG, FakeAmazon
from tests.pages import answer, shop
from tests.talks import CHANNEL, Talk, talks

PICTURE = sample_picture(next(p.picture for p in sample_products() if p.part == "upper"))


def red_dress(price: int = 199_900, **more: object) -> Product:
    told = Product(
        id="d1", source="amazon", title="Red dress", category="dress", part="dress", color=("red",),
        picture="https://m.media-amazon.com/images/I/1.jpg", price=Money(price, "INR"),
        url="https://www.amazon.in/dp/B0D1?tag=stylist-21",
    )  # fmt: skip
    return replace(told, **more)  # type: ignore[arg-type] # fields by name


def told_just_now(**more: object) -> Product:
    fresh = datetime.now(UTC) + timedelta(hours=1)
    return red_dress(**{"fresh_until": fresh, "ref": "B0D1", "picture_kept": False, **more})  # type: ignore[arg-type]


@pytest.fixture
def with_amazon(database_url: str, redis_url: str, tmp_path: Path) -> Callable[..., None]:
    """Runs a story with a bot that asks Amazon."""

    def run(story: Callable[[FakeAmazon, Talk], Awaitable[None]]) -> None:
        async def play() -> None:
            async with FakeAmazon() as amazon:
                settings = {
                    "AMAZON_CREDENTIAL_ID": ID, "AMAZON_CREDENTIAL_SECRET": SECRET, "AMAZON_PARTNER_TAG": TAG,
                    "AMAZON_CREDENTIAL_VERSION": amazon.version, "AMAZON_API_BASE": amazon.url,
                    "AMAZON_TOKEN_URL": f"{amazon.url}/token",
                }  # fmt: skip
                async with talks(database_url, redis_url, tmp_path, {}, more=settings) as (_, someone):
                    await story(amazon, someone("anna"))

        asyncio.run(play())

    return run


def grow_old(uow: UnitOfWork) -> None:
    uow.session.execute(sa.update(ProductRow).values(fresh_until=sa.func.now() - timedelta(minutes=1)))


def test_a_live_product_is_shown_as_its_shop_wants_and_asked_for_again_before_its_price_is_said(
    with_amazon: Callable[..., None], database: Database
) -> None:
    async def story(amazon: FakeAmazon, anna: Talk) -> None:
        amazon.products = (red_dress(),)
        await anna.press("consent:yes")
        await anna.say("prices in euros please")
        shown = await anna.say("red dress", lambda body: bool(body["products"]))
        [card] = shown["products"]
        assert card["picture"] == f"shop:{card['id']}", "its picture is not ours to keep"
        assert card["credit"] == DISCLOSURE
        assert (card["price_minor"], card["currency"]) == (199_900, "INR")
        assert card["about_currency"] == "EUR"
        await anna.say("save the first one")

        amazon.products = (red_dress(149_900),)
        await database.run(grow_old)
        saved = await anna.say("my favourites", lambda body: bool(body["products"]))
        assert saved["products"][0]["price_minor"] == 149_900

        amazon.products = ()
        await database.run(grow_old)
        gone = await anna.say("my favourites", lambda body: bool(body["products"]))
        assert replies.NOT_SOLD(titles="Red dress") in gone["text"]

    with_amazon(story)
    found = database.call(lambda uow: uow.products.search(Query(text="red dress"), 6))
    assert found.total == 0, "it is part of no search of our own"


def test_prices_on_screen_are_asked_for_again_when_they_grew_old(
    with_amazon: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.providers.amazon.FRESH", timedelta(seconds=-1))

    async def story(amazon: FakeAmazon, anna: Talk) -> None:
        amazon.products = (red_dress(),)
        await anna.press("consent:yes")
        await anna.say("red dress", lambda body: bool(body["products"]))
        monkeypatch.setattr("catalog.providers.amazon.FRESH", timedelta(hours=1))
        amazon.products = (red_dress(149_900),)
        told = await anna.say("how much is the first one?")
        assert "1,499" in told["text"]

    with_amazon(story)


def test_who_waits_for_a_price_is_told_once_when_it_falls_and_no_more_when_they_say_so(
    with_amazon: Callable[..., None], database: Database
) -> None:
    def due(uow: UnitOfWork) -> None:
        grow_old(uow)
        uow.session.execute(sa.update(Watch).values(looked_at=sa.func.now() - EVERY - timedelta(minutes=1)))

    async def story(amazon: FakeAmazon, anna: Talk) -> None:
        photos = PhotoDesk(1)
        keys = AmazonKeys(ID, SECRET, amazon.version, TAG, base=amazon.url, token_url=f"{amazon.url}/token")
        provider = AmazonProvider(keys, ShopApi("amazon"))
        pictures = PictureDesk(database, OutboundClient(), photos.clean)
        desk = WatchDesk(database, ProductDesk(Catalogue([provider]), pictures), CHANNEL, anna.bot.inbox)

        async def look() -> int:
            await database.run(due)
            before = await database.run(lambda uow: uow.session.scalar(sa.select(sa.func.count(InboxRow.id))) or 0)
            await desk.look()
            return (
                await database.run(lambda uow: uow.session.scalar(sa.select(sa.func.count(InboxRow.id))) or 0)
            ) - before

        amazon.products = (red_dress(),)
        await anna.press("consent:yes")
        await anna.say("red dress", lambda body: bool(body["products"]))
        told = await anna.say("tell me when the first one gets cheaper")
        assert told["text"] == replies.WATCHING(title="Red dress", price="₹1,999")
        assert await look() == 0, "it costs what it did"
        amazon.products = (red_dress(149_900),)
        before = anna.heard
        assert await look() == 1
        news = await anna.wait(before, lambda body: bool(body["products"]))
        assert news["text"] == replies.PRICE_FELL(title="Red dress", price="₹1,499", was="₹1,999")
        assert await look() == 0, "it was said"
        amazon.products = ()
        assert await look() == 0, "that it is gone is no news"
        amazon.products = (red_dress(149_900),)
        before = anna.heard
        assert await look() == 1
        back = await anna.wait(before, lambda body: bool(body["products"]))
        assert back["text"] == replies.BACK_IN_STOCK(title="Red dress")
        [stop] = [c["action"] for c in back["choices"] if c["action"].startswith("unwatch:")]
        await anna.press(stop)
        amazon.products = (red_dress(99_900),)
        assert await look() == 0
        await provider.close()
        await pictures.close()
        photos.close()

    with_amazon(story)


def test_what_a_shop_told_ends_and_of_what_may_not_be_kept_only_the_name_stays(database: Database) -> None:
    kept = told_just_now(id="d2", ref="B0D2", picture_kept=True)

    def story(uow: UnitOfWork) -> None:
        person = uow.conversations.open("web", "anna").person_id
        uow.products.put_told([told_just_now(), told_just_now(id="d3", ref="B0D3"), kept])
        uow.people.save_favourite(person, "d1", saved=True)
        assert uow.products.pictures(["d1"])["d1"].front == "shop:d1"
        assert uow.products.picture_link("shop:d1") == red_dress().picture
        _age(uow, LINK_KEPT)
        uow.products.forget_told()
        assert uow.products.get("d3") is None
        assert uow.products.get("d2") == kept
        old = uow.products.get("d1")
        assert old is not None
        assert (old.title, old.picture, old.price, old.ref) == ("dress", "", None, "B0D1")
        assert uow.products.picture_link("shop:d1") is None
        _age(uow, TOLD_KEPT)
        uow.products.forget_told()
        assert uow.products.get("d2") is None
        assert uow.products.get("d1") is not None, "somebody saved it"
        uow.products.put_told([told_just_now()])
        assert uow.products.get("d1") == told_just_now(fresh_until=uow.products.get("d1").fresh_until)  # type: ignore[union-attr]

    database.call(story)


def _age(uow: UnitOfWork, past: timedelta) -> None:
    uow.session.execute(sa.update(ProductRow).values(told_at=ProductRow.told_at - past - timedelta(minutes=1)))


class OneShop:
    """A live shop that sells these, at whatever address their pictures are."""

    name = "one"

    def __init__(self, *products: Product) -> None:
        self.products = products

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        del query
        return Page(self.products[offset : offset + limit], len(self.products))

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        return {str(p.ref): p for p in self.products if p.ref in refs}

    async def close(self) -> None:
        return


def test_a_picture_that_may_not_be_kept_is_lent_to_a_try_on(database: Database) -> None:
    async def story() -> None:
        async with shop({"/1.jpg": answer(PICTURE, "image/png")}) as opened:
            photos = PhotoDesk(1)
            pictures = PictureDesk(database, opened.client(), photos.clean)
            lent = told_just_now(source="one", picture=f"{opened.url}/1.jpg")
            kept = told_just_now(source="one", id="d2", ref="2", picture=lent.picture, picture_kept=True)
            desk = ProductDesk(Catalogue([OneShop(lent, kept)]), pictures, load_rates())
            assert not await desk.shown([lent, kept])
            async with database.transaction() as tx:
                person = await tx.run(lambda uow: uow.conversations.open("web", "anna").person_id)
                found = await tx.run(lambda uow: uow.products.pictures(["d1", "d2"]))
                assert found["d1"].front == "shop:d1"
                assert len(await tx.run(lambda uow: uow.media.read(found["d2"].front))) > 1000
                borrowed = await desk.lent(["d1", "d2"], person, tx)
                assert list(borrowed) == ["d1"], "the other one is there"
                assert await tx.run(lambda uow: uow.media.visible(borrowed["d1"].front, person)) is not None
            await pictures.close()
            photos.close()

    asyncio.run(story())


def test_the_page_is_led_to_a_picture_at_its_shop_and_nowhere_else(database: Database, redis_url: str) -> None:
    database.call(lambda uow: uow.products.put_told([told_just_now()]))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield

    async def look() -> list[httpx.Response]:
        hints = Hints(redis_url)
        chat = Chat(database, Streams(database, hints), Bell(), secure=True)
        app = build_app(chat, database, hints, lifespan, [f"https://{host}" for host in PICTURE_HOSTS])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://stylist.example") as it:
            return [await it.get(f"/media/{key}") for key in ("shop:d1", "shop:none", "shop:../d1")]

    there, none, odd = asyncio.run(look())
    assert (there.status_code, there.headers["location"]) == (302, red_dress().picture)
    assert there.headers["cache-control"] == "no-store"
    assert "img-src 'self' blob: data: https://m.media-amazon.com" in there.headers["content-security-policy"]
    assert (none.status_code, odd.status_code) == (404, 404)
