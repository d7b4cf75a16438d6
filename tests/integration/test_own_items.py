"""Garments that people bring, through the whole bot: seen by nobody else, and gone with who brought them."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image as PillowImage
from PIL import ImageDraw

from bot.bootstrap import Bot
from bot.dialogue import replies
from bot.links import LINK, LINK_LOST_AFTER, LOOKING_S, PATIENCE_S
from catalog.outbound import OutboundClient, OutboundLimits
from catalog.samples import sample_picture, sample_products
from catalog.types import Money, Product, Query
from storage.items import item_id
from storage.products import ProductPictures
from storage.retention import retire
from storage.tables import Base, Item, Media
from storage.unit_of_work import Database, UnitOfWork
from tests.pages import Answer, Shop, Write, answer, redirect, shop
from tests.programs import until
from tests.samples import sample_person
from tests.talks import CHANNEL, Talk, talks

TEE = sample_picture(next(p.picture for p in sample_products() if p.part == "upper"))
TROUSERS = sample_picture(next(p.picture for p in sample_products() if p.part == "lower"))


def _paper() -> bytes:
    """A sheet of paper with lines on it, on a table."""
    picture = PillowImage.new("RGB", (700, 900), (120, 90, 60))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 80, 600, 820), fill=(250, 250, 250))
    for y in range(140, 780, 40):
        draw.line((150, y, 540, y), fill=(40, 40, 40), width=4)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


PICTURES = {
    "me": sample_person().read_bytes(),
    "other": sample_person("people/2_posture.jpg").read_bytes(),
    "tee": TEE,
    "trousers": TROUSERS,
    "paper": _paper(),
}

Someone = Callable[[str], Talk]
Story = Callable[[Bot, Someone, Shop], Awaitable[None]]


@pytest.fixture
def tell(database_url: str, redis_url: str, tmp_path: Path) -> Callable[..., None]:
    """Runs a story with the bot and a shop whose pages it may reach."""

    def run(story: Story, answers: dict[str, Answer] | None = None, *, guarded: bool = False) -> None:
        async def play() -> None:
            async with shop(answers or {}) as opened:
                client = OutboundClient(opened.limits()) if guarded else opened.client()
                async with talks(database_url, redis_url, tmp_path, PICTURES, client) as (bot, someone):
                    await story(bot, someone, opened)

        asyncio.run(play())

    return run


def page(**said: Any) -> bytes:
    """A shop's page of a shirt."""
    product = {
        "@type": "Product",
        "name": "Linen shirt",
        "image": "/shirt-front.png",
        "brand": "Example",
        "offers": {"price": "49.90", "priceCurrency": "EUR"},
        **said,
    }
    return answer(f'<script type="application/ld+json">{json.dumps(product)}</script>')


SHIRT_SHOP: dict[str, Answer] = {"/p": page(), "/shirt-front.png": answer(TEE, "image/png")}


def actions(body: dict[str, Any]) -> list[str]:
    return [choice["action"] for choice in body["choices"]]


def has_products(body: dict[str, Any]) -> bool:
    return bool(body["products"])


def is_job(body: dict[str, Any]) -> bool:
    return body["job"] is not None


async def agreed(talk: Talk) -> None:
    await talk.press("consent:yes")


async def with_photo(talk: Talk) -> None:
    await agreed(talk)
    await talk.show("me", meets=lambda body: replies.PHOTO_KEPT() in body["text"])


# --- pictures --------------------------------------------------------------------------------------


def test_a_picture_of_a_garment_is_kept_shown_and_tried_on(tell: Callable[..., None]) -> None:
    async def story(bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await with_photo(anna)
        card = (await anna.show("tee", meets=has_products))["products"][0]
        assert (card["part"], card["source"]) == ("upper", "Your picture")
        job = await anna.press(f"try:{card['id']}", is_job)
        assert card["title"] in job["text"]

        def requested(uow: UnitOfWork) -> dict[str, Any]:
            talk = uow.conversations.find(CHANNEL, "anna")
            assert talk is not None
            return uow.jobs.active(talk.id)[0].request

        request = await bot.database.run(requested)
        assert (request["garment"], request["part"]) == (card["picture"], "upper")

    tell(story)


def test_a_person_and_a_garment_in_one_message_start_the_try_on(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await agreed(anna)
        job = await anna.show("trousers", "me", meets=is_job)
        assert replies.PHOTO_KEPT() in job["text"]

    tell(story)


def test_a_garment_named_as_one_by_the_channel_may_be_worn_by_a_model(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await with_photo(anna)
        job = await anna.show({"file": "me", "as": "garment"}, text="try this", meets=is_job)
        assert job["text"]

    tell(story)


def test_a_garment_without_a_photo_waits_for_one(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await agreed(anna)
        await anna.show("tee", meets=lambda body: replies.ASK_PHOTO() in body["text"])
        assert (await anna.show("me", meets=is_job))["job"]

    tell(story)


def test_a_further_photo_of_somebody_is_asked_about(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await with_photo(anna)
        question = await anna.show("other", meets=lambda body: "picture:me" in actions(body))
        assert question["text"] == replies.PICTURE_FOR_WHAT()
        await anna.press("picture:me", lambda body: replies.PHOTO_REPLACED() in body["text"])

    tell(story)


def test_of_several_pictures_those_that_are_there_are_used(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await agreed(anna)
        await anna.show("gone", "me", meets=lambda body: "not there any more" in body["text"])
        assert (await anna.say("white t-shirt"))["text"]

    tell(story)


def test_neither_a_person_nor_a_garment_is_refused_with_what_works(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await with_photo(anna)
        told = await anna.show("paper", text="try this")
        assert "neither a person nor a single garment" in told["text"]
        assert replies.PHOTO_REFUSED_KEEP() in told["text"]

    tell(story)


# --- privacy ---------------------------------------------------------------------------------------


def test_nobody_else_can_use_find_or_see_an_item(tell: Callable[..., None]) -> None:
    async def story(bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna, ben = someone("anna"), someone("ben")
        await agreed(anna)
        card = (await anna.show("tee", meets=has_products))["products"][0]
        await with_photo(ben)
        for action in ("try", "save", "similar"):
            await ben.press(f"{action}:{card['id']}", lambda body: replies.PRODUCT_GONE() in body["text"])
        await ben.say("show saved", lambda body: body["text"] == replies.SAVED_NONE())

        def look(uow: UnitOfWork) -> tuple[Any, ...]:
            mine, theirs = (uow.conversations.open(CHANNEL, who).person_id for who in ("anna", "ben"))
            found = uow.products.search(Query(text=card["title"], category=("top",)), 10)
            return (
                uow.product_of(card["id"], mine) is not None,
                uow.product_of(card["id"], theirs) is None,
                uow.media.visible(card["picture"], mine) is not None,
                uow.media.visible(card["picture"], theirs) is None,
                found.total == 0,
            )

        assert await bot.database.run(look) == (True,) * 5

    tell(story)


def test_erasing_a_person_takes_their_items_and_pictures(tell: Callable[..., None]) -> None:
    async def story(bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        await agreed(anna)
        card = (await anna.show("tee", meets=has_products))["products"][0]
        await anna.say("delete my data")
        await anna.press("erase:yes", lambda body: body["text"] == replies.ERASE_DONE())

        def rows(uow: UnitOfWork) -> str:
            tables = Base.metadata.sorted_tables
            return "\n".join(str(tuple(row)) for table in tables for row in uow.session.execute(sa.select(table)))

        assert card["id"] not in await bot.database.run(rows)
        # The blobs go after the commit.
        await asyncio.to_thread(
            until, lambda: not list(bot.database.store.listing()), 10, "a picture of the person is left"
        )

    tell(story)


def _item(uow: UnitOfWork, kept: timedelta) -> tuple[Any, str]:
    person = uow.people.find_or_create("web", "a")
    product = Product("", "own", "Blue top", "top", "upper", "", price=Money(100, "EUR"))
    return person, uow.items.keep(person, product, b"a garment", (3, 4), kept)


def test_an_item_goes_with_its_picture_when_its_term_is_over(database: Database) -> None:
    person, ident = database.call(lambda uow: _item(uow, timedelta(seconds=-1)))
    assert database.call(lambda uow: uow.product_of(ident, person)) is None
    asyncio.run(database.forget(database.call(lambda uow: retire(uow.session))))
    assert list(database.store.listing()) == []
    assert database.call(lambda uow: uow.session.scalar(sa.select(sa.func.count()).select_from(Item))) == 0


def test_a_saved_item_stays_and_one_that_is_no_longer_saved_gets_its_term_again(database: Database) -> None:
    month = timedelta(days=30)
    person, ident = database.call(lambda uow: _item(uow, month))

    def terms(uow: UnitOfWork) -> list[bool]:
        return [bool(uow.session.scalar(sa.select(table.expires_at.is_(None)))) for table in (Item, Media)]

    database.call(lambda uow: uow.items.save(person, ident, month, saved=True))
    assert database.call(terms) == [True, True]
    assert database.call(lambda uow: uow.people.favourites(person, 5)) == [ident]
    assert database.call(lambda uow: _item(uow, month)) == (person, ident), "the same picture is the same item"
    assert database.call(terms) == [True, True]
    database.call(lambda uow: uow.items.save(person, ident, month, saved=False))
    assert database.call(terms) == [False, False]
    assert database.call(lambda uow: uow.people.favourites(person, 5)) == []


def test_the_id_of_an_item_tells_nothing_and_fits_every_button(database: Database) -> None:
    person, ident = database.call(lambda uow: _item(uow, timedelta(days=1)))
    assert ident == item_id(person, database.call(lambda uow: uow.session.scalars(sa.select(Media.key)).one()))
    assert len(f"unsave:{ident}".encode()) <= 64


# --- links -----------------------------------------------------------------------------------------


def test_a_link_becomes_an_item_with_its_shop_its_price_and_its_link(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, opened: Shop) -> None:
        anna = someone("anna")
        first = await anna.say(f"{opened.url}/p?utm_source=mail")
        assert first["text"] == replies.LINK_READING()
        seen = await anna.say("help", has_products)  # said meanwhile, and answered after the link
        card = seen["products"][0]
        assert (card["title"], card["brand"], card["part"]) == ("Linen shirt", "Example", "upper")
        assert (card["price_minor"], card["currency"]) == (4990, "EUR")
        assert (card["source"], card["url"]) == ("127.0.0.1", f"{opened.url}/p")
        assert card["id"].startswith("own:")
        await anna.press(f"save:{card['id']}")
        assert (await anna.say("show saved", has_products))["products"][0]["id"] == card["id"]

    tell(story, SHIRT_SHOP)


def test_a_link_to_try_on_goes_on_when_the_photo_is_there(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, opened: Shop) -> None:
        anna = someone("anna")
        await anna.say(f"try this on {opened.url}/p", lambda body: "consent:yes" in actions(body))
        await agreed(anna)
        job = await anna.show("me", meets=is_job)
        assert "Linen shirt" in job["text"]

    tell(story, SHIRT_SHOP)


def test_a_link_to_a_picture_is_looked_at_like_one_that_was_sent(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, opened: Shop) -> None:
        card = (await someone("anna").say(f"{opened.url}/tee.png", has_products))["products"][0]
        assert card["part"] == "upper"

    tell(story, {"/tee.png": answer(TEE, "image/png")})


def test_a_page_of_the_catalogue_is_not_read_again(tell: Callable[..., None]) -> None:
    async def story(bot: Bot, someone: Someone, opened: Shop) -> None:
        url = f"{opened.url}/p"

        def stock(uow: UnitOfWork) -> None:
            known = Product("shop-1", "shop", "Known shirt", "shirt", "upper", "x", url=url)
            uow.products.put([known])
            key = uow.media.keep(TEE, "catalogue", "image/png", None)
            uow.products.set_pictures("shop-1", ProductPictures(key, None))

        await bot.database.run(stock)
        seen = await someone("anna").say(f"{url}?utm_campaign=x", has_products)
        assert [card["id"] for card in seen["products"]] == ["shop-1"]
        assert opened.asked == []

    tell(story, SHIRT_SHOP)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"/p": answer("<p>words")}, "cannot find a product"),
        ({"/p": page(name="White sneakers")}, "White sneakers is nothing"),
        ({"/p": page()}, "does not exist"),
        ({"/p": page(), "/shirt-front.png": answer("<svg/>", "image/svg+xml")}, "can't open"),
        ({"/p": answer("", status="403 Forbidden")}, "does not let me"),
        ({"/p": redirect("http://169.254.169.254/latest/meta-data/")}, "could not reach"),
        ({"/p": page(image="http://10.0.0.1/x.jpg")}, "could not reach"),
    ],
)
def test_a_page_that_gives_nothing_is_said_so_in_plain_words(
    tell: Callable[..., None], answers: dict[str, Answer], words: str
) -> None:
    async def story(bot: Bot, someone: Someone, opened: Shop) -> None:
        told = await someone("anna").say(f"{opened.url}/p", lambda body: body["text"] != replies.LINK_READING())
        assert words in told["text"]
        assert told["choices"]
        assert list(bot.database.store.listing()) == [], "nothing of it is kept"

    tell(story, answers)


def test_as_in_production_a_link_into_this_machine_is_not_followed(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, opened: Shop) -> None:
        told = await someone("anna").say(f"{opened.url}/p", lambda body: body["text"] != replies.LINK_READING())
        assert "could not reach that page" in told["text"]
        assert opened.asked == []

    tell(story, SHIRT_SHOP, guarded=True)


def test_a_slow_shop_holds_up_nobody_else(tell: Callable[..., None]) -> None:
    release = asyncio.Event()

    async def slow(write: Write) -> None:
        await release.wait()
        await write(page())

    async def story(_bot: Bot, someone: Someone, opened: Shop) -> None:
        for number in range(6):  # more than there are consumers
            await someone(f"anna{number}").say(f"{opened.url}/slow")
        assert (await someone("ben").say("help"))["text"] == replies.HELP()
        release.set()

    tell(story, {"/slow": slow})


def test_whoever_is_erased_while_their_link_is_read_leaves_nothing(tell: Callable[..., None]) -> None:
    release = asyncio.Event()

    async def slow(write: Write) -> None:
        await release.wait()
        await write(page())

    async def story(bot: Bot, someone: Someone, opened: Shop) -> None:
        await someone("anna").say(f"{opened.url}/slow")

        def erase(uow: UnitOfWork) -> list[str]:
            return uow.people.erase(uow.conversations.open(CHANNEL, "anna").person_id)

        await bot.database.forget(await bot.database.run(erase))
        release.set()
        await someone("ben").say(f"{opened.url}/p", has_products)  # read after the first, by the same desk

        def items(uow: UnitOfWork) -> int | None:
            return uow.session.scalar(sa.select(sa.func.count()).select_from(Item))

        assert await bot.database.run(items) == 1

    tell(story, {"/slow": slow, **SHIRT_SHOP})


def test_a_link_whose_reader_died_is_answered_all_the_same(tell: Callable[..., None]) -> None:
    async def story(_bot: Bot, someone: Someone, _shop: Shop) -> None:
        anna = someone("anna")
        before = await anna.send(LINK, {"then": "show"})  # as it falls due without an outcome
        told = await anna._channel.wait("anna", before, lambda _: True)
        assert told["text"] == replies.LINK_LOST()

    tell(story)


def test_the_program_waits_eight_seconds_for_a_shop_at_the_most() -> None:
    assert PATIENCE_S == 8.0
    assert LINK_LOST_AFTER.total_seconds() > PATIENCE_S + LOOKING_S
    assert OutboundLimits().answer_s == 5.0


def test_linked_accounts_share_their_items(database: Database) -> None:
    def work(uow: UnitOfWork) -> tuple[bool, list[str], str]:
        joins, ident = _item(uow, timedelta(days=30))
        uow.items.save(joins, ident, timedelta(days=30), saved=True)
        stays = uow.people.find_or_create("telegram", "b")
        uow.people.link(stays, joins)
        return uow.product_of(ident, stays) is not None, uow.people.favourites(stays, 5), ident

    found, saved, ident = database.call(work)
    assert found
    assert saved == [ident]
