"""What people did, counted a day at a time and without whom."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from starlette.applications import Starlette

from bot.messages import card_of
from bot.shop_links import ShopLinks
from bot.stats_table import lines
from bot.web.chat import Chat
from bot.web.errors import ApiError, answer
from bot.web.sessions import COOKIE, address_of
from bot.web.shop_door import ShopDoor
from bot.web.streams import Streams
from storage import tallies
from storage.bell import Bell
from storage.config import StorageConfig
from storage.hints import Hints
from storage.items import OWN
from storage.media import LocalMediaStore
from storage.products import ProductPictures
from storage.reports import happened, statistics
from storage.tables import Base, Tally
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.town import Town
from tests.unit.catalog.products import product

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WHOSE = "c" * 40


def _counted(database: Database) -> dict[tuple[str, str], int]:
    found = database.call(lambda uow: tallies.since(uow.session, 1))
    return {(one.what, one.subject): one.count for one in found}


def test_somebody_counts_once_a_day_and_is_new_once(database: Database) -> None:
    moments = [None, NOON - timedelta(hours=1), NOON - timedelta(hours=13), NOON - timedelta(days=9)]

    def work(uow: UnitOfWork) -> None:
        for before in moments:
            seen = None if before is None else before.timestamp()
            tallies.count_visit(uow.session, "web", seen, NOON)

    database.call(work)
    assert _counted(database) == {("new", "web"): 1, ("came", "web"): 3}


def test_folding_puts_rows_together_and_changes_no_number(database: Database) -> None:
    def fill(uow: UnitOfWork) -> None:
        for _ in range(5):
            tallies.count(uow.session, "click", "A shop")
        tallies.count(uow.session, "click", "Another")

    database.call(fill)
    before = _counted(database)
    for _ in range(2):
        database.call(lambda uow: tallies.fold(uow.session))
    assert database.call(lambda uow: uow.session.scalar(sa.select(sa.func.count()).select_from(Tally))) == 2
    assert _counted(database) == before == {("click", "A shop"): 5, ("click", "Another"): 1}


def test_who_talks_is_counted_by_the_channel_and_stays_counted_when_they_are_erased(
    town: Town, database: Database
) -> None:
    chat = town.chat("web", "anna")
    chat.say("hello")
    chat.say("hello again")
    town.chat("telegram", "1").say("hello")
    counted = {("new", "telegram"): 1, ("new", "web"): 1, ("came", "telegram"): 1, ("came", "web"): 1}
    assert _counted(database) == counted
    person = database.call(lambda uow: uow.conversations.open("web", "anna").person_id)
    database.call(lambda uow: uow.people.erase(person))
    assert _counted(database) == counted
    columns = {column.name for column in Base.metadata.tables["tallies"].columns}
    assert columns == {"id", "day", "what", "subject", "count"}


def _clicked(database: Database, redis_url: str, body: Any, cookie: str = WHOSE) -> int:
    async def run() -> int:
        hints = Hints(redis_url)
        chat = Chat(database, Streams(database, hints), Bell(), secure=False)
        app = Starlette(routes=chat.routes(), exception_handlers={ApiError: answer})
        headers = {"X-Fashioncore": "1"} | ({"Cookie": f"{COOKIE}={cookie}"} if cookie else {})
        transport = httpx.ASGITransport(app=app)
        try:
            async with httpx.AsyncClient(transport=transport, base_url="http://chat", headers=headers) as client:
                return (await client.post("/api/clicks", json=body)).status_code
        finally:
            await hints.close()

    return asyncio.run(run())


def test_a_click_counts_for_the_shop_and_only_what_may_be_seen_can_be_clicked(
    database: Database, redis_url: str
) -> None:
    def stock(uow: UnitOfWork) -> None:
        uow.products.put([product("coat", "Red coat", "coat", color="red")])
        uow.products.set_pictures("coat", ProductPictures("0" * 64, None))

    database.call(stock)
    database.call(lambda uow: uow.conversations.open("web", address_of(WHOSE)))
    sold = database.call(lambda uow: uow.products.get("coat"))
    assert sold is not None
    assert _clicked(database, redis_url, {"product": "coat"}) == 204
    assert _clicked(database, redis_url, {"product": "nothing"}) == 404
    assert _clicked(database, redis_url, {"product": OWN + "0" * 12}) == 404
    assert _clicked(database, redis_url, {"product": ["coat"]}) == 422
    assert _clicked(database, redis_url, {"product": "coat"}, cookie="") == 404
    assert _counted(database) == {("click", sold.seller or sold.source): 1}


BROWSER = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1"}


def _gone_through(database: Database, address: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def run() -> httpx.Response:
        app = Starlette(routes=ShopDoor(database).routes(), exception_handlers={ApiError: answer})
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, headers=headers) as client:
            return await client.request(method, address)

    return asyncio.run(run())


def test_a_link_in_a_message_leads_to_its_shop_and_counts_where_a_browser_shows_it(database: Database) -> None:
    coat = product("coat", "Red coat", "coat", url="https://shop.example/coat?size=M&a=%C3%A9")
    card = card_of(coat, "0" * 64)
    link = database.call(lambda uow: ShopLinks.of("https://stylist.example", ()).to(uow, card))
    assert link is not None
    assert WHOSE not in link
    shop = ("click", card.source or "")
    answers = [
        _gone_through(database, link),
        _gone_through(database, link, "HEAD", **BROWSER),
        _gone_through(database, link, **BROWSER, **{"Sec-Purpose": "prefetch"}),
        _gone_through(database, link, **{**BROWSER, "Sec-Fetch-Dest": "image"}),
    ]
    assert _counted(database) == {}, "programs that look at links go nowhere"
    answers.append(_gone_through(database, link, **BROWSER))
    assert _counted(database) == {shop: 1}
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(302, coat.url)}
    elsewhere = link.replace("shop.example", "evil.example")
    for wrong in (elsewhere, link.replace("/shop/", "/shop/x"), link.partition("?")[0], f"{link}x"):
        refused = _gone_through(database, wrong, **BROWSER)
        assert (refused.status_code, "location" in refused.headers) == (404, False)
    assert _counted(database) == {shop: 1}


def test_a_way_to_a_shop_is_open_while_the_database_is_away(database: Database, tmp_path: Path) -> None:
    card = card_of(product("coat", "Red coat", "coat", url="https://shop.example/coat"), "0" * 64)
    link = database.call(lambda uow: ShopLinks.of("https://stylist.example", ()).to(uow, card)) or ""
    config = StorageConfig("postgresql://nobody@/nothing?host=/nowhere", "", tmp_path)
    away = Database(config, LocalMediaStore(config.media))
    assert _gone_through(away, link).status_code == 503, "it cannot know the key yet"
    away._house = database._house
    assert _gone_through(away, link, **BROWSER).status_code == 302
    away.close()


def test_an_operator_reads_what_happened(database: Database) -> None:
    def fill(uow: UnitOfWork) -> None:
        uow.products.put([product("coat", "Red \x1bcoat", "coat", color="red")])
        for what, subject, times in (
            ("came", "web", 3), ("new", "web", 1), ("asked", "coat", 4), ("asked", "own", 1), ("tryon", "done", 3),
            ("tryon", "failed", 2), ("failure", "no_person", 2), ("click", "A shop", 2),
        ):  # fmt: skip
            for _ in range(times):
                tallies.count(uow.session, what, subject)  # type: ignore[arg-type] # words of What

    database.call(fill)
    with database.unit_of_work() as uow:
        counted = {"now": statistics(uow.session), **happened(uow.session, 7)}
    assert counted["days"] == [
        {
            "day": datetime.now(UTC).date().isoformat(), "came": 3, "new": 1, "asked": 5, "done": 3, "failed": 2,
            "cancelled": 0, "clicks": 2,
        }
    ]  # fmt: skip
    told = "\n".join(lines(counted))
    assert "\x1b" not in told
    for line in ("try-ons failed  no person 2", "tried on        Red  coat 4, own 1", "gone to shops   A shop 2"):
        assert line in told, told
