"""A person with history everywhere is exported whole and erased whole: a walk over all tables, files and keys."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import redis
import sqlalchemy as sa

from bot.channels.discord.replies import Incoming, Replies, Reply
from bot.channels.telegram.pace import Pace
from bot.mail.transport import FolderCarrier
from bot.messages import card_of
from bot.operations import erase_user, export_user
from bot.settings import BotSettings
from storage.belongings import LEAVING, NOBODYS, STAYING, WITHHELD, rows_of
from storage.config import StorageConfig
from storage.letters import folder_of
from storage.linking import account_hash
from storage.mail_address import address_hash
from storage.people import erasure_mark
from storage.products import ProductPictures
from storage.queue import PREVIEW_QUEUE, WakeUps
from storage.records import ResultRecord, SentRecord
from storage.schedules import Schedule
from storage.tables import ModelUse
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.town import Town
from tests.unit.catalog.products import product
from workers.housekeeping import sweep

COOKIE = hashlib.sha256(b"the cookie of a browser").hexdigest()
TELEGRAM, DISCORD = "4711004711", "815081508150815"
MAIL, NAME = "canary.person@example.com", "Canaria Quibble"
PICTURES = {kind: f"\xff\xd8 canary {kind}".encode("latin-1") for kind in ("photo", "upload", "result", "garment")}

PERSONAL = ("person_id", "conversation_id", "turn_id", "address", "account", "external_id", "media_key")
"""How columns are called that lead to somebody."""

RESULT = "canary-result"


@dataclass
class Life:
    """What a person has left behind: their ids, the media keys, and how long each thing of the kind may live."""

    person: UUID
    talks: list[UUID]
    media: list[str]
    kept: dict[str, str]
    """What stands for them where something stays."""

    def traces(self) -> dict[str, str]:
        """What is searched for, by its name: all of them and its hashes, in the ways bytes are written."""
        said = {
            "their id": str(self.person),
            "their id in hex": self.person.hex,
            "the cookie": COOKIE,
            "Telegram": TELEGRAM,
            "Discord": DISCORD,
            "mail": MAIL,
            "name": NAME,
            "words": "canary",
            **{f"chat {n}": str(talk) for n, talk in enumerate(self.talks)},
            **{f"picture {n}": key for n, key in enumerate(self.media)},
        }
        plain = {
            **{name: text.encode() for name, text in said.items() if name not in ("words",)},
            **{f"the {kind}": data for kind, data in PICTURES.items()},
            "the bytes of their id": self.person.bytes,
        }
        said |= self.kept
        for name in (f"mail:{MAIL}", f"telegram:{TELEGRAM}", f"discord:{DISCORD}", f"web:{COOKIE}"):
            said[f"hash of {name} without a key"] = hashlib.sha256(name.encode()).hexdigest()
        for name, data in plain.items():
            digest = hashlib.sha256(data).digest()
            said[f"hash of {name}"] = digest.hex()
            said[f"hash of {name} in base64"] = base64.b64encode(digest).decode().rstrip("=")
            said[f"{name} in base64"] = base64.b64encode(data).decode().rstrip("=")
            said[f"{name} in hex"] = data.hex()
        return said


@pytest.fixture
def settings(storage_config: StorageConfig) -> BotSettings:
    return BotSettings(
        DATABASE_URL=storage_config.database_url, REDIS_URL=storage_config.redis_url, data=storage_config.data
    )


@pytest.fixture
def town(town: Town, database: Database) -> Town:
    def stock(uow: UnitOfWork) -> None:
        coats = (product("coat-red", "Red coat", "coat", color="red"), product("coat-blue", "Blue coat", "coat"))
        uow.products.put(coats)
        for one in coats:
            uow.products.set_pictures(one.id, ProductPictures("0" * 64, None))

    database.call(stock)
    return town


def _live(town: Town, data: Path, redis_url: str) -> Life:
    """Somebody talks in three chats that are one person's, and does everything that can be done."""
    web, telegram = town.chat("web", COOKIE), town.chat("telegram", TELEGRAM)
    web.say("hello, I am Canaria Quibble")
    web.press("consent:yes")
    web.say("a coat please, canary")
    web.press("save:coat-red")
    web.say("I wear size M")
    web.link_with(telegram)
    telegram.say(f"my email is {MAIL}")
    telegram.say("every friday at 9")
    web.code()
    life = town.database.call(_write)
    asyncio.run(_outside(town.database, data, redis_url, life))
    return life


def _write(uow: UnitOfWork) -> Life:
    """What takes photos, workers, shops and platforms in life, by the same calls."""
    person = uow.people.find_or_create("web", COOKIE)
    talk = uow.conversations.find("web", COOKIE)
    other = uow.conversations.find("telegram", TELEGRAM)
    assert talk is not None
    assert other is not None
    assert other.person_id == person, "linked"
    third = uow.conversations.open("discord", f"99:{DISCORD}")
    assert uow.people.link(person, third.person_id)
    photo, upload = (
        uow.media.keep(PICTURES[kind], kind, "image/jpeg", person, size=(3, 4), kept=timedelta(days=30))
        for kind in ("photo", "upload")
    )
    uow.media.keep_photo(person, photo, (3, 4), None, timedelta(days=30))
    own = product("x", "Canary jacket", "jacket", part="upper")
    garment = uow.product_of(uow.items.keep(person, own, PICTURES["garment"], (3, 4), timedelta(days=30)), person)
    assert garment is not None
    card = asdict(card_of(own, "0" * 64))
    uow.jobs.request(
        person, talk.id, "q", RESULT, {"photo": photo, "photo_size": [3, 4], "card": card, "canary": NAME}
    )
    lease = uow.jobs.claim("q", "w")
    assert lease is not None
    result = uow.media.keep(PICTURES["result"], "result", "image/jpeg", person)
    uow.jobs.finish(lease, ResultRecord(RESULT, result, 3, 4, "preview", {"canary": NAME}))
    said = uow.conversations.latest_turns(other.id, 1)[0]
    uow.outbox.note("telegram", SentRecord(other.id, said.id, "main", 1, TELEGRAM, "77", None))
    uow.outbox.keep_file_id("telegram", result, "canary file")
    assert uow.watches.begin(person, talk.id, "coat-blue", None, gone=False)
    uow.session.add(ModelUse(person_id=person, day=datetime.now(UTC).date(), messages=1, tokens=2, micro_usd=3))
    assert uow.credits.paid(TELEGRAM, "canary charge", 10, 100)
    uow.mailing.subscribe(person, MAIL, Schedule("weekly", weekday=4), "en")
    uow.mailing.confirm(uow.mailing.new_confirmation(person))
    uow.mailing.post(person, "sign_in", {"code": "canary", "minutes": 15})
    uow.mailing.stop(MAIL, complained=True)
    assert uow.links.try_code("ABCD-2345", "telegram", TELEGRAM) == "unknown"
    uow.inbox.accept("telegram", TELEGRAM, "9001", "text", {"text": f"still waiting, {NAME}"})
    uow.people.note(person, "canary_note")
    talks = [talk.id, other.id, third.id]
    kept = {
        "keyed hash of the address": address_hash(uow.session, uow.house, MAIL),
        "keyed hash of the account": account_hash(uow.session, uow.house, "telegram", TELEGRAM),
        "mark of their being erased": erasure_mark(person),
    }
    return Life(person, talks, [photo, upload, result, garment[0].picture], kept)


async def _outside(database: Database, data: Path, redis_url: str, life: Life) -> None:
    """What lies beside the database: letters in the folder, and what Valkey holds."""

    async def begin() -> bool:
        return True

    refs = await database.run(
        lambda uow: list(
            uow.session.scalars(sa.text("SELECT ref FROM mails WHERE person_id = :who"), {"who": life.person})
        )
    )
    carrier = FolderCarrier(folder_of(data))
    for ref in refs:
        await carrier.carry("us@example.org", MAIL, ref, f"To: {MAIL}\n\nDear {NAME}".encode(), begin)
    await carrier.carry("us@example.org", MAIL, "purged", f"To: {MAIL}\n\nLong ago".encode(), begin)
    wake_ups, replies = WakeUps(redis_url), Replies(redis_url)
    client = redis.asyncio.Redis.from_url(redis_url)
    try:
        await wake_ups.wake(PREVIEW_QUEUE)
        reply = Reply("5551", "1", "canary token", "99", False, 1, False)
        came = Incoming("5551", DISCORD, f"99:{DISCORD}", "99", (("5551", "text", {"text": NAME}),), reply=reply)
        await replies.keep(came)
        await replies.stored(came)
        await replies.miss(str(life.talks[2]))
        async with Pace(client, 1).turn(int(TELEGRAM)):
            pass
    finally:
        await wake_ups.close()
        await replies.close()
        await client.aclose()


# --- the walk --------------------------------------------------------------------------------------------


def _tables(database: Database) -> dict[str, str]:
    """Every row of every table of the database, whoever made the table, as text."""

    def read(uow: UnitOfWork) -> dict[str, str]:
        names = uow.session.scalars(
            sa.text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        ).all()
        whole: sa.ColumnElement[str] = sa.literal_column("t::text")
        return {
            name: "\n".join(map(str, uow.session.scalars(sa.select(whole).select_from(sa.table(name).alias("t")))))
            for name in names
        }

    return database.call(read)


def _files(data: Path) -> dict[str, str]:
    """Every file of the data folder, by its path."""
    paths = [path for path in data.rglob("*") if path.is_file()]
    return {str(path.relative_to(data)): path.read_bytes().decode("latin-1") for path in paths}


def _valkey(redis_url: str) -> dict[str, str]:
    """Every key with its value, but for those that end by themselves in the time that FADES gives them."""
    with redis.Redis.from_url(redis_url) as client:
        found = {}
        # Any: typed for clients of both kinds.
        left: Any = client.pttl
        dumped: Any = client.dump
        for key in client.scan_iter():
            most = next((most for begins, most in FADES.items() if key.decode().startswith(begins)), timedelta())
            if not 0 <= left(key) <= most.total_seconds() * 1000:
                found[key.decode()] = (dumped(key) or b"").decode("latin-1")
        return found


def _found(places: dict[str, str], traces: dict[str, str]) -> set[tuple[str, str]]:
    """Where which traces are, also in the names of files and keys."""
    return {
        (place, name)
        for place, text in places.items()
        for name, trace in traces.items()
        if trace.lower() in place.lower() or trace.lower() in text.lower()
    }


FADES = {
    "fashioncore:discord:reply:": timedelta(minutes=14),
    "fashioncore:discord:missed:": timedelta(days=1),
    "fashioncore:telegram:1:": timedelta(minutes=2),
}
"""How keys in Valkey begin that name a chat or a place, and how long they live at most."""


def _left(town: Town, settings: BotSettings, redis_url: str, traces: dict[str, str]) -> set[tuple[str, str]]:
    """What of somebody is anywhere."""
    asyncio.run(sweep(town.database))
    everywhere = {**_tables(town.database), **_files(settings.data), **_valkey(redis_url)}
    return _found(everywhere, traces)


STAYS = {
    ("star_ledger", "Telegram"),
    ("star_ledger", "words"),
    ("mail_asks", "keyed hash of the address"),
    ("mail_stops", "keyed hash of the address"),
    ("link_tries", "keyed hash of the account"),
    ("activity", "mark of their being erased"),
}
"""What docs/privacy.md says stays: money, what makes tries count, that a complaint is one, that they are gone."""


def test_of_every_table_it_is_said_whose_its_rows_are(database: Database) -> None:
    def read(uow: UnitOfWork) -> list[Any]:
        columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        return list(uow.session.execute(sa.text(columns)))

    columns = database.call(read)
    said = [*LEAVING, *STAYING, *NOBODYS]
    assert sorted(said) == sorted({table for table, _ in columns} - {"alembic_version"}), "and of each once"
    leading = {table for table, column in columns if column in PERSONAL or column.endswith("_hash")}
    assert leading <= {*LEAVING, *STAYING}
    assert {table for table, columns in WITHHELD.items() if columns} <= {*LEAVING}


def test_a_person_with_history_everywhere_is_exported_and_erased(
    town: Town, settings: BotSettings, redis_url: str, tmp_path: Path
) -> None:
    database = town.database
    # Who lives beside them loses nothing.
    other = town.chat("web", "b" * 64)
    other.say("a coat")
    life = _live(town, settings.data, redis_url)
    traces = life.traces()
    before = database.call(lambda uow: rows_of(uow.session, uow.house, life.person))
    assert set(before) == {*LEAVING, *STAYING}, "the story leaves something in every table"
    everywhere = {**_tables(database), **_files(settings.data), **_valkey(redis_url)}
    seen = {name for _, name in _found(everywhere, traces)}
    assert {"their id", "the cookie", "Telegram", "Discord", "mail", "name", "words"} <= seen, "what is looked for"
    assert not any(name.startswith("the photo") for name in seen), "pictures are sealed"

    # The export holds all of it, and pictures as they were.
    assert export_user(settings, life.person, tmp_path / "out") == len(before["media"])
    exported = json.loads((tmp_path / "out" / "person.json").read_text())
    assert {table: len(rows) for table, rows in exported.items()} == {t: len(rows) for t, rows in before.items()}
    for table, rows in before.items():
        assert {*rows[0]} - {*exported[table][0]} == {*WITHHELD.get(table, ())}, table
    shown = {path.read_bytes() for path in (tmp_path / "out").glob("*-*.jpg")}
    assert shown >= set(PICTURES.values())
    letters = [path.read_text() for path in (tmp_path / "out").glob("mail-*.eml")]
    assert len(letters) == len(before["mails"])

    assert asyncio.run(erase_user(settings, life.person))

    after = database.call(lambda uow: rows_of(uow.session, uow.house, life.person))
    assert after == {}
    assert _left(town, settings, redis_url, traces) == STAYS
    assert database.call(lambda uow: uow.conversations.find("web", "b" * 64)) is not None
    assert other.turns


def test_who_says_it_in_a_chat_is_gone_from_all_chats_and_begins_anew(
    town: Town, settings: BotSettings, redis_url: str
) -> None:
    life = _live(town, settings.data, redis_url)
    web, telegram = town.chat("web", COOKIE), town.chat("telegram", TELEGRAM)
    web.say("delete everything about me")
    web.press("erase:yes")
    assert [len(web.turns), len(telegram.turns)] == [1, 1], "each says that all is deleted, and nothing else"
    # The accounts are those of new people, of whom nothing else is known.
    accounts = ("the cookie", "Telegram", "Discord")
    traces = {name: trace for name, trace in life.traces().items() if not name.startswith(accounts)}
    assert _left(town, settings, redis_url, traces) == {(place, name) for place, name in STAYS if name in traces}
    new = town.database.call(lambda uow: uow.people.find_or_create("web", COOKIE))
    known = town.database.call(lambda uow: rows_of(uow.session, uow.house, new))
    assert set(known) <= {"people", "identities", "conversations", "turns", "outbox", "inbox"}
