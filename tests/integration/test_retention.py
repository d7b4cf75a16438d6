"""Every term is over when docs/privacy.md says so, on a clock that the test moves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from bot.mail.transport import FolderCarrier
from storage.config import StorageConfig
from storage.letters import folder_of
from storage.linking import WRONG_WITHIN
from storage.mailing import ASKED_WITHIN, BOUNCED_KEPT
from storage.records import ResultRecord
from storage.retention import LOG_KEPT, MAILS_KEPT, RULES
from storage.schedules import Schedule
from storage.tables import MailRow, ModelUse
from storage.unit_of_work import Database, UnitOfWork
from tests.unit.catalog.products import product
from workers.housekeeping import ORPHAN_GRACE, retire, sweep

MONTH = timedelta(days=30)
MINUTE = timedelta(minutes=1)
"""Longer than the transaction takes in which all is written."""

TERMS = {
    "photos": MONTH,
    "items": MONTH,
    "results": MONTH,
    "media": MONTH,
    "inbox": LOG_KEPT,
    "outbox": LOG_KEPT,
    "jobs": LOG_KEPT,
    "model_use": timedelta(days=LOG_KEPT.days, hours=12),
    "star_ledger": LOG_KEPT,
    "link_codes": timedelta(minutes=15),
    "link_tries": WRONG_WITHIN,
    "mail_asks": ASKED_WITHIN,
    "mail_stops": BOUNCED_KEPT,
    "mails": MAILS_KEPT,
}
"""After how long rows of each table go that were written at noon of a day (UTC)."""


def _live(uow: UnitOfWork, noon: datetime) -> UUID:
    """A row for each rule."""
    talk = uow.conversations.open("web", "somebody")
    person = talk.person_id
    photo = uow.media.keep(b"photo", "photo", "image/jpeg", person, size=(3, 4), kept=MONTH)
    uow.media.keep_photo(person, photo, (3, 4), None, MONTH)
    uow.items.keep(person, product("x", "Jacket", "jacket", part="upper"), b"jacket", (3, 4), MONTH)
    uow.jobs.request(person, talk.id, "q", "key", {"photo": photo})
    lease = uow.jobs.claim("q", "w")
    assert lease is not None
    result = uow.media.keep(b"result", "result", "image/jpeg", person, kept=MONTH)
    uow.jobs.finish(lease, ResultRecord("key", result, 3, 4, "preview", {}))
    uow.session.execute(sa.text("DELETE FROM inbox"))
    uow.inbox.once("web", "seen")
    uow.conversations.say(talk.id, "web", {"text": "hello"})
    uow.session.execute(sa.text("UPDATE outbox SET status = 'sent'"))
    uow.session.add(ModelUse(person_id=person, day=noon.date(), messages=1, tokens=2, micro_usd=3))
    assert uow.credits.reserve("4711", lease.job_id, 3)
    uow.links.open_code("ABCD-2345", person, talk.id, timedelta(minutes=15))
    uow.links.try_code("WRON-GONE", "web", "somebody")
    uow.mailing.subscribe(person, "ann@example.com", Schedule("daily"), "en")
    uow.session.execute(sa.update(MailRow).values(status="sent", done_at=sa.func.now()))
    uow.mailing.stop("gone@example.com", complained=False)
    return person


def _moved_to(uow: UnitOfWork, noon: datetime) -> None:
    """All that this transaction has written, moved to the moment from which the terms are counted."""
    columns = sa.text(
        "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = 'public' AND data_type LIKE 'timestamp%'"
    )
    for table, column in uow.session.execute(columns).all():
        moved: sa.ColumnClause[datetime] = sa.column(column)
        uow.session.execute(
            sa.update(sa.table(table, moved)).values({column: moved + (sa.literal(noon) - sa.func.now())})
        )


def _counts(database: Database) -> dict[str, int]:
    def count(uow: UnitOfWork) -> dict[str, int]:
        tables = {rule.table.__tablename__: rule.table for rule in RULES}
        return {
            name: uow.session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }

    return database.call(count)


def test_everything_goes_when_its_time_is_over_and_not_before(database: Database) -> None:
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)

    def live(uow: UnitOfWork) -> UUID:
        person = _live(uow, noon)
        _moved_to(uow, noon)
        return person

    person = database.call(live)
    assert set(TERMS) == set(_counts(database)), "a term for every rule"
    assert all(_counts(database).values()), "and a row"
    for term in sorted(set(TERMS.values())):
        asyncio.run(retire(database, noon + term - MINUTE))
        counts = _counts(database)
        assert {name for name, count in counts.items() if count} == {n for n, t in TERMS.items() if t >= term}
        asyncio.run(retire(database, noon + term + MINUTE))
        counts = _counts(database)
        assert {name for name, count in counts.items() if count} == {n for n, t in TERMS.items() if t > term}
    assert list(database.store.listing()) == [], "the pictures went with their rows"
    assert database.call(lambda uow: uow.people.stay(person)), "the person stays"


def test_what_was_paid_and_who_complained_stays_and_what_was_saved_has_no_term(database: Database) -> None:
    def live(uow: UnitOfWork) -> None:
        person = uow.conversations.open("web", "somebody").person_id
        item = uow.items.keep(person, product("x", "Jacket", "jacket", part="upper"), b"jacket", (3, 4), MONTH)
        uow.items.save(person, item, MONTH, saved=True)
        uow.credits.paid("4711", "charge", 10, 100)
        uow.mailing.stop("angry@example.com", complained=True)

    database.call(live)
    asyncio.run(retire(database, datetime.now(UTC) + timedelta(days=4000)))
    left = {name: count for name, count in _counts(database).items() if count}
    assert left == {"items": 1, "media": 1, "star_ledger": 1, "mail_stops": 1}


def test_what_nobody_holds_is_swept(database: Database, storage_config: StorageConfig) -> None:
    folder = folder_of(storage_config.data)

    async def letter(ref: str) -> None:
        async def begin() -> bool:
            return True

        await FolderCarrier(folder).carry("us@example.org", "ann@example.com", ref, b"Dear Ann", begin)

    def post(uow: UnitOfWork) -> str:
        person = uow.conversations.open("web", "somebody").person_id
        uow.mailing.subscribe(person, "ann@example.com", Schedule("daily"), "en")
        return uow.session.execute(sa.select(MailRow.ref)).scalar_one()

    ref = database.call(post)
    for name in (ref, "of-a-mail-that-is-gone"):
        asyncio.run(letter(name))
    database.store.put(b"of a transaction that never ended")
    asyncio.run(sweep(database))
    assert [path.stem for path in Path(folder).iterdir()] == [ref]
    assert len(list(database.store.listing())) == 1, "it may end yet"
    asyncio.run(sweep(database, datetime.now(UTC) + ORPHAN_GRACE + MINUTE))
    assert list(database.store.listing()) == []
