"""Erasing a person leaves nothing of them, in any table or in the media store."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import sqlalchemy as sa

from storage.records import ResultRecord
from storage.retention import retire
from storage.tables import Base
from storage.unit_of_work import Database, UnitOfWork

ADDRESS = "canary-address-4711"


def _live(uow: UnitOfWork) -> list[str]:
    """A little of everything that a person leaves behind; returns the media keys."""
    talk = uow.conversations.open("web", ADDRESS)
    person = talk.person_id
    uow.people.record_consent(person, "1")
    photo = uow.media.keep(b"canary photo", "photo", "image/jpeg", person, size=(3, 4), kept=timedelta(hours=1))
    uow.media.keep_photo(person, photo, (3, 4), None, timedelta(days=30))
    upload = uow.media.keep(b"canary upload", "upload", "application/octet-stream", person)
    uow.conversations.heard(talk.id, "canary-event", {"text": "canary words"})
    uow.conversations.say(talk.id, "web", {"text": "canary answer"}, "slot")
    uow.conversations.save_state(talk.id, {"canary": True})
    uow.inbox.accept("web", ADDRESS, "e1", "text", {"text": "canary words"})
    uow.jobs.request(person, talk.id, "q", "canary-key", {"photo": photo})
    lease = uow.jobs.claim("q", "w")
    assert lease is not None
    result = uow.media.keep(b"canary result", "result", "image/jpeg", person)
    sketch = uow.media.keep(b"canary sketch", "sketch", "image/jpeg", person)
    uow.jobs.heartbeat(lease, "denoise", 0.5, sketch)
    uow.jobs.finish(lease, ResultRecord("canary-key", result, 3, 4, "preview", {"canary": 1}))
    uow.jobs.request(person, talk.id, "q", "canary-key-2", {"photo": photo})
    uow.people.prefer(person, "size", "canary kind", "canary size")
    uow.people.note(person, "canary_note")
    return [photo, upload, sketch, result]


def _everything(uow: UnitOfWork) -> str:
    """Every row of every table as text."""
    rows = [
        str(tuple(row)) for table in Base.metadata.sorted_tables for row in uow.session.execute(sa.select(table))
    ]
    return "\n".join(rows)


def test_erasing_leaves_no_trace_in_any_table_or_blob(database: Database) -> None:
    keys = database.call(_live)
    person, talk = database.call(
        lambda uow: (
            uow.conversations.open("web", ADDRESS).person_id,
            uow.conversations.open("web", ADDRESS).id,
        )
    )
    before = database.call(_everything)
    traces = ["canary", ADDRESS, str(person), str(talk), *keys]
    assert all(trace in before for trace in traces), "the test must see what it looks for"

    held = database.call(lambda uow: uow.people.erase(person))
    asyncio.run(database.forget(held))

    after = database.call(_everything)
    assert [trace for trace in traces if trace in after] == []
    assert list(database.store.listing()) == []
    assert "person_erased" in after, "that somebody was erased is noted, not who"


def test_a_blob_that_two_people_hold_goes_with_the_second(database: Database) -> None:
    def keep(uow: UnitOfWork, name: str) -> None:
        person = uow.people.find_or_create("web", name)
        uow.media.keep(b"the same picture", "photo", "image/jpeg", person)

    for name in ("a", "b"):
        database.call(lambda uow, name=name: keep(uow, name))  # type: ignore[misc] # a lambda's default
    for name, left in (("a", 1), ("b", 0)):
        person = database.call(lambda uow, name=name: uow.people.find_or_create("web", name))  # type: ignore[misc] # a lambda's default
        held = database.call(lambda uow, person=person: uow.people.erase(person))  # type: ignore[misc] # a lambda's default
        asyncio.run(database.forget(held))
        assert len(list(database.store.listing())) == left


def test_a_term_that_is_over_takes_row_and_blob(database: Database) -> None:
    def keep(uow: UnitOfWork) -> str:
        person = uow.people.find_or_create("web", "a")
        uow.media.keep(b"old", "photo", "image/jpeg", person, kept=timedelta(seconds=-1))
        return uow.media.keep(b"new", "photo", "image/jpeg", person, kept=timedelta(hours=1))

    new = database.call(keep)
    asyncio.run(database.forget(database.call(lambda uow: retire(uow.session))))
    assert [key for key, _ in database.store.listing()] == [new]


def test_nobody_sees_another_persons_picture(database: Database) -> None:
    def work(uow: UnitOfWork) -> tuple[bool, bool, bool]:
        one, other = uow.people.find_or_create("web", "a"), uow.people.find_or_create("web", "b")
        mine = uow.media.keep(b"mine", "photo", "image/jpeg", one)
        everybodys = uow.media.keep(b"shop", "catalogue", "image/jpeg", None)
        see = uow.media.visible
        return see(mine, one) is not None, see(mine, other) is not None, see(everybodys, other) is not None

    assert database.call(work) == (True, False, True)
