"""What letters say of real rows: news once, each to whose it is, and nothing of who is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from bot.dialogue.types import ProductCard
from bot.mail.composing import Composer
from bot.mail.content import Rules
from bot.mail.letter import Order, Written
from bot.mail.writing import House
from bot.messages import card_of
from bot.products import ProductDesk
from bot.web.app import build_app
from bot.web.chat import Chat
from bot.web.mail_links import ABOUT, MailLinks
from bot.web.streams import Streams
from catalog.samples import sample_picture, sample_products
from catalog.search import Catalogue
from catalog.types import Money, Product
from storage.bell import Bell
from storage.config import StorageConfig
from storage.hints import Hints
from storage.mailing import Kind
from storage.master_key import MasterKey
from storage.media import LocalMediaStore
from storage.records import ConversationRecord, ResultRecord
from storage.tables import InboxRow, Person, ToldProduct
from storage.unit_of_work import Database, UnitOfWork
from tests.servers import stock_media

WEEK = timedelta(days=7)
SHIRT, TROUSERS, JACKET = "samples-shirts-1", "samples-pants-1", "samples-jackets-1"


class Town:
    """People, a shop, and what writes to them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        house = House("fashionCORE", "https://stylist.example.org", rules=Rules())
        self.composer = Composer(database, ProductDesk(Catalogue([])), house, lambda: datetime.now(UTC))
        # What the shop had before is no arrival of this week.
        self.age(JACKET, *(one.id for one in sample_products()))

    def age(self, *ids: str) -> None:
        """These products have been there for long."""
        self.database.call(
            lambda uow: uow.session.execute(
                sa.text("UPDATE products SET updated_at = now() - interval '90 days' WHERE id = ANY(:ids)"),
                {"ids": list(ids)},
            )
        )

    def somebody(self, name: str = "anna") -> ConversationRecord:
        return self.database.call(lambda uow: uow.conversations.open("web", name))

    def sells(
        self, ident: str, price: int | None, sizes: Sequence[str] = ("S", "M", "L"), **more: object
    ) -> Product:
        """The shop tells of a product as it is now."""
        sample = next(one for one in sample_products() if one.id == ident)
        money = None if price is None else Money(price * 100, "INR")
        url = f"https://shop.example.org/{ident}"
        told = replace(sample, price=money, sizes=tuple(sizes), url=url, **more)  # type: ignore[arg-type] # by name
        self.database.call(lambda uow: uow.products.put([told]))
        self.age(ident)
        return told

    def saves(self, person: UUID, ident: str) -> None:
        self.database.call(lambda uow: uow.people.save_favourite(person, ident, saved=True))

    def tries_on(self, talk: ConversationRecord, *ids: str, picture: int = 0) -> tuple[str, str]:
        """A finished try-on; the media keys of the photo and of the result."""
        pictures = [sample_picture(one.picture) for one in sample_products()]

        def work(uow: UnitOfWork) -> tuple[str, str]:
            person = talk.person_id
            photo = uow.media.keep(pictures[picture], "photo", "image/jpeg", person, size=(3, 4))
            result = uow.media.keep(pictures[picture + 1], "result", "image/jpeg", person, size=(3, 4))
            cards = [asdict(self.card(uow, ident)) for ident in ids]
            request = {"photo": photo, "card": cards[0], "more_cards": cards[1:]}
            uow.jobs.request(person, talk.id, "q", f"key-{talk.address}-{picture}", request)
            lease = uow.jobs.claim("q", "w")
            assert lease is not None
            uow.jobs.finish(lease, ResultRecord(lease.key, result, 3, 4, "preview", {}))
            return photo, result

        return self.database.call(work)

    @staticmethod
    def card(uow: UnitOfWork, ident: str) -> ProductCard:
        product = uow.products.get(ident)
        assert product is not None
        return card_of(product, uow.products.pictures([ident])[ident].front)

    def write(
        self, person: UUID, kind: Kind = "digest", language: str = "en", **payload: object
    ) -> Written | None:
        now = datetime.now(UTC)
        stop = "https://stylist.example.org/mail/unsubscribe/x"
        order = Order(kind, person, language, now, payload, since=now - WEEK, stop=stop)
        (written,) = asyncio.run(self.composer.write([order]))
        return written

    def sent(self, person: UUID, **payload: object) -> Written | None:
        """Written and handed over."""
        written = self.write(person, **payload)  # type: ignore[arg-type] # payload only
        if written is not None:
            self.database.call(lambda uow: uow.told.keep(person, written.told))
        return written


@pytest.fixture
def town(stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path) -> Iterator[Town]:
    media = stock_media(stocked_data, tmp_path) / "media"
    config, master = StorageConfig(stocked_database_url, redis_url, media), MasterKey(MasterKey.new())
    database = Database(config, LocalMediaStore(media), master=master)
    yield Town(database)
    database.close()


# --- news ------------------------------------------------------------------------------------------------


def test_where_nothing_is_new_there_is_no_mail(town: Town) -> None:
    anna = town.somebody().person_id
    assert town.write(anna) is None
    town.sells(SHIRT, 999)
    town.saves(anna, SHIRT)
    assert town.write(anna) is None, "that it was saved is not news to who saved it"


def test_a_price_that_fell_is_told_once_and_again_only_when_it_falls_below_that(town: Town) -> None:
    anna = town.somebody().person_id
    town.sells(SHIRT, 999)
    town.saves(anna, SHIRT)
    town.sells(SHIRT, 799)

    first, again = town.write(anna), town.sent(anna)
    assert first is not None
    assert again is not None
    assert first.letter == again.letter, "what is written again before it was sent is the same"
    assert first.letter.subject == "Light blue button-down shirt now costs ₹799"
    assert "₹799 instead of ₹999" in first.letter.text
    assert "20% less" in first.letter.text

    assert town.sent(anna) is None
    town.sells(SHIRT, 950)
    assert town.sent(anna) is None, "they know of 799"
    town.sells(SHIRT, 700)
    later = town.sent(anna)
    assert later is not None
    assert "₹700 instead of ₹799" in later.letter.text


def test_the_size_they_take_is_told_when_it_comes_back(town: Town) -> None:
    anna = town.somebody().person_id
    town.database.call(lambda uow: uow.people.prefer(anna, "size", "", "M"))
    town.sells(SHIRT, 999, ["S", "L"])
    town.sells(TROUSERS, 1299)
    for one in (SHIRT, TROUSERS):
        town.saves(anna, one)
    town.sells(SHIRT, 999, ["S", "M", "L"])
    back = town.sent(anna)
    assert back is not None
    assert back.letter.subject == "Light blue button-down shirt is there again in M"

    town.sells(TROUSERS, 1299, in_stock=False)
    assert town.sent(anna) is None, "that it is sold out is no reason to write"
    town.sells(TROUSERS, 1299, in_stock=True)
    again = town.sent(anna)
    assert again is not None
    assert "There again in your size, M" in again.letter.text


def test_new_try_ons_come_with_the_photo_they_were_made_of_and_with_what_goes_with_them(town: Town) -> None:
    anna = town.somebody()
    for ident, price in ((SHIRT, 999), (TROUSERS, 1299), (JACKET, 2499)):
        town.sells(ident, price)
    town.tries_on(anna, SHIRT)
    written = town.sent(anna.person_id)
    assert written is not None
    letter = written.letter
    assert letter.subject == "You in Light blue button-down shirt"
    assert 'alt="Your photo, as you sent it"' in letter.html
    assert 'alt="Try-on: you in Light blue button-down shirt"' in letter.html
    assert "An outfit around Light blue button-down shirt" in letter.text
    suggested = letter.text.split("Chosen for you")[1].split("An outfit")[0]
    assert suggested.count("\n* ") == 3
    assert "* Light blue" not in suggested, "what they tried on is not suggested to them"

    town.tries_on(anna, TROUSERS, picture=2)
    after = town.sent(anna.person_id)
    assert after is not None
    again = {line[2:] for line in suggested.splitlines() if line.startswith("* ")}
    fresh = after.letter.text.partition("Chosen for you")[2].partition("An outfit")[0]
    assert not any(f"* {title}" in fresh for title in again), "nothing is suggested twice"


def test_a_photo_that_was_taken_back_is_in_no_mail_and_nor_is_a_picture_that_is_gone(town: Town) -> None:
    anna = town.somebody()
    photo, result = town.tries_on(anna, SHIRT)
    town.database.call(lambda uow: uow.media.release(photo, anna.person_id, ["photo"]))
    written = town.write(anna.person_id)
    assert written is not None
    assert "as you sent it" not in written.letter.html
    town.database.store.delete(result)
    without = Town(town.database).write(anna.person_id)
    assert without is not None
    assert "Try-on: you" not in without.letter.html, "the blob is gone"
    town.database.call(lambda uow: uow.media.release(result, anna.person_id, ["result"]))
    assert town.write(anna.person_id) is None


def test_nobody_gets_anything_of_somebody_else_and_who_is_gone_gets_nothing(town: Town) -> None:
    anna, ben = town.somebody("anna"), town.somebody("ben")
    town.tries_on(anna, SHIRT)
    job = town.database.call(lambda uow: uow.session.scalars(sa.text("SELECT id FROM jobs")).one())
    assert town.write(ben.person_id) is None
    assert town.write(ben.person_id, "ready", job=str(job)) is None
    assert town.write(ben.person_id, "items", job=str(job), products=["own:0123456789ab", "gone"]) is None

    assert town.write(anna.person_id, "ready", job=str(job)) is not None
    town.database.call(lambda uow: uow.people.erase(anna.person_id))
    for kind, payload in (
        ("digest", {}),
        ("ready", {"job": str(job)}),
        ("confirm", {"link": "https://x.example/"}),
    ):
        assert town.write(anna.person_id, kind, **payload) is None  # type: ignore[arg-type] # a kind
    town.database.call(lambda uow: uow.told.keep(anna.person_id, []))


def test_each_kind_of_letter_is_written_in_the_language_of_its_reader(town: Town) -> None:
    anna = town.somebody()
    town.sells(SHIRT, 799)
    town.tries_on(anna, SHIRT)
    job = str(town.database.call(lambda uow: uow.session.scalars(sa.text("SELECT id FROM jobs")).one()))
    title = "Light blue button-down shirt"
    orders: list[tuple[Kind, dict[str, object], str]] = [
        ("digest", {}, f"Du in {title}"),
        ("digest", {"product": SHIRT, "was": [99_900, "INR"]}, f"{title} kostet jetzt 799\xa0₹"),
        ("confirm", {"link": "https://x.example/", "when": ""}, "Bitte bestätige deine Adresse"),
        ("sign_in", {"code": "ABCD-EFGH", "minutes": 15}, "Dein Link zum Chat"),
        ("ready", {"job": job}, f"Deine Anprobe ist fertig: {title}"),
        ("items", {"products": [SHIRT, "gone", TROUSERS]}, f"Wie gewünscht: {title} und Dark blue slim jeans"),
    ]  # fmt: skip
    for kind, payload, subject in orders:
        written = town.write(anna.person_id, kind, "de", **payload)
        assert written is not None, kind
        assert written.letter.subject == subject
        assert 'lang="de"' in written.letter.html


def test_a_price_alert_for_what_is_sold_out_again_is_not_written(town: Town) -> None:
    anna = town.somebody().person_id
    town.sells(SHIRT, 799, in_stock=False)
    assert town.write(anna, product=SHIRT, was=[99_900, "INR"]) is None


def test_new_stock_that_suits_somebody_is_news_to_them_and_to_nobody_else(town: Town) -> None:
    anna, ben = town.somebody("anna").person_id, town.somebody("ben").person_id
    town.database.call(lambda uow: uow.people.prefer(anna, "color", "white", "liked"))
    assert town.write(anna) is None
    white = next(one for one in sample_products() if "white" in one.color)
    town.database.call(lambda uow: uow.session.execute(sa.text("UPDATE products SET updated_at = now()")))
    written = town.sent(anna)
    assert written is not None
    assert written.letter.subject.startswith(f"New for you: {white.title}"[:20])
    assert "In white, which you like." in written.letter.text
    assert town.write(ben) is None


def test_what_somebody_knows_goes_with_them_when_they_are_erased(town: Town) -> None:
    anna = town.somebody().person_id
    town.saves(anna, SHIRT)
    town.database.call(lambda uow: uow.people.erase(anna))
    assert town.database.call(lambda uow: uow.session.scalars(sa.select(ToldProduct)).all()) == []


# --- links -----------------------------------------------------------------------------------------------


def test_a_button_in_a_mail_does_what_it_says_for_a_browser_and_nothing_for_what_looks_at_links(
    town: Town, redis_url: str
) -> None:
    async def story() -> None:
        hints, database = Hints(redis_url), town.database

        @asynccontextmanager
        async def lifespan(_: Starlette):  # type: ignore[no-untyped-def] # nothing runs beside it
            yield

        chat = Chat(database, Streams(database, hints), Bell(), secure=False)
        links = MailLinks(database, Bell(), secure=False)
        app = build_app(chat, database, hints, lifespan, more=links.routes())
        transport = httpx.ASGITransport(app)

        def rows() -> list[tuple[str, dict[str, object]]]:
            found = database.call(lambda uow: uow.session.scalars(sa.select(InboxRow).order_by(InboxRow.id)).all())
            return [(row.kind, row.payload) for row in found]

        def people() -> int:
            return database.call(lambda uow: uow.session.query(Person).count())

        for path in (f"/go/try/{SHIRT}", f"/go/about/{SHIRT}", "/go/last"):
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as scanner:
                for _ in range(2):
                    scanner.cookies.clear()
                    looked = await scanner.get(path)
                    scanner.cookies.clear()
                    await scanner.get(looked.headers["location"])
        assert (rows(), people()) == ([], 0)

        async with httpx.AsyncClient(
            transport=transport, base_url="http://test", follow_redirects=False
        ) as browser:
            early = await browser.get(f"/go/try/{SHIRT}", headers={"Sec-Purpose": "prefetch;prerender"})
            assert early.status_code == 503
            there = await browser.get(f"/go/try/{SHIRT}")
            there = await browser.get(there.headers["location"])
            assert (there.status_code, there.headers["location"]) == (303, "/")
            assert rows() == [("start", {}), ("press", {"action": f"try:{SHIRT}", "turn": None})]
            for path in ("about/" + SHIRT, f"try/{SHIRT}+{TROUSERS}", "saved", "mail"):
                await browser.get(f"/go/{path}")
            for path in ("erase/yes", "try/../x", "try/a b", "last/x", "try/" + "a+" * 20, "about/a+b", "erase"):
                await browser.get(f"/go/{path}")
            assert [payload.get("action") or payload["text"] for _, payload in rows()[2:]] == [
                ABOUT, f"try:{SHIRT}+{TROUSERS}", "saved", "What mails do I get?",
            ]  # fmt: skip
        await hints.close()

    asyncio.run(story())
