"""A backup brings everything back into an empty place, and nobody who was erased since."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.backup import BackupError, back_up, restore
from bot.bootstrap import open_database
from bot.settings import BotSettings
from storage.schedules import Schedule
from storage.seals import is_sealed
from storage.tables import Base
from storage.unit_of_work import Database, UnitOfWork


def _settings(database_url: str, data: Path) -> BotSettings:
    return BotSettings(DATABASE_URL=database_url, REDIS_URL="redis://localhost/0", data=data)


@pytest.fixture
def before(database_url: str, tmp_path: Path) -> BotSettings:
    return _settings(database_url, tmp_path / "before")


@pytest.fixture
def after(empty_database_url: str, tmp_path: Path) -> BotSettings:
    return _settings(empty_database_url, tmp_path / "after")


def _live(uow: UnitOfWork, name: str) -> UUID:
    talk = uow.conversations.open("web", name)
    person = talk.person_id
    uow.people.record_consent(person, "1")
    photo = uow.media.keep(f"photo of {name}".encode(), "photo", "image/jpeg", person, size=(3, 4))
    uow.media.keep_photo(person, photo, (3, 4), None, timedelta(days=30))
    uow.conversations.heard(talk.id, f"event of {name}", {"text": "hello"})
    uow.conversations.say(talk.id, "web", {"text": "hello, too"}, "slot")
    uow.inbox.accept("web", name, f"waiting of {name}", "text", {"text": "a red dress"})
    uow.jobs.request(person, talk.id, "q", f"job of {name}", {"photo": photo})
    uow.mailing.subscribe(person, f"{name}@example.com", Schedule("daily"), "en")
    return person


def _erase(database: Database, person: UUID) -> None:
    asyncio.run(database.forget(database.call(lambda uow: uow.people.erase(person))))


def _rows(settings: BotSettings) -> dict[str, list[tuple[object, ...]]]:
    database = open_database(settings)
    try:
        with database.unit_of_work() as uow:
            return {
                table.name: sorted((tuple(row) for row in uow.session.execute(sa.select(table))), key=repr)
                for table in Base.metadata.sorted_tables
            }
    finally:
        database.close()


def _blobs(settings: BotSettings) -> set[bytes]:
    """What the kept pictures show, of which none is kept as it is."""
    database = open_database(settings)
    try:
        keys = [key for key, _ in database.store.listing()]
        assert all(is_sealed(database.store.get(key)) for key in keys)
        return set(database.call(lambda uow: [uow.media.read(key) for key in keys]))
    finally:
        database.close()


def _quiet(_what: str, _part: float | None, _count: int) -> None:
    pass


WAITED = ("inbox", "outbox", "jobs")


def test_everything_comes_back_and_what_waited_does_not_happen_twice(
    before: BotSettings, after: BotSettings, tmp_path: Path
) -> None:
    database = open_database(before)
    database.call(lambda uow: [_live(uow, name) for name in ("ann", "bo")])
    database.close()

    dump = back_up(before, tmp_path / "backup", 7, _quiet)
    assert restore(after, tmp_path / "backup", _quiet) == dump

    was, now = _rows(before), _rows(after)
    assert was.keys() == now.keys()
    assert {name: rows for name, rows in now.items() if name not in WAITED} == {
        name: rows for name, rows in was.items() if name not in WAITED
    }
    assert [len(now[name]) for name in WAITED] == [len(was[name]) for name in WAITED] == [2, 2, 2]
    assert not any(status in repr(now[name]) for name in WAITED for status in ("pending", "queued", "running"))
    assert _blobs(after) == _blobs(before) == {b"photo of ann", b"photo of bo"}


def test_who_was_erased_after_the_dump_stays_erased(
    before: BotSettings, after: BotSettings, tmp_path: Path
) -> None:
    database = open_database(before)
    ann, bo = database.call(lambda uow: [_live(uow, name) for name in ("ann", "bo")])
    old = back_up(before, tmp_path / "backup", 7, _quiet)
    kept = old.rename(tmp_path / "backup" / "fashioncore-20200101T000000Z.dump")
    _erase(database, ann)
    back_up(before, tmp_path / "backup", 7, _quiet)
    database.close()
    assert str(ann) not in (tmp_path / "backup" / "erased.txt").read_text()

    restore(after, tmp_path / "backup", _quiet, kept)

    everything = repr(_rows(after))
    assert str(ann) not in everything
    assert str(bo) in everything
    assert _blobs(after) == {b"photo of bo"}


def test_a_backup_is_brought_up_to_date_and_keeps_no_more_dumps_than_asked(
    before: BotSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    database = open_database(before)
    person = database.call(lambda uow: _live(uow, "ann"))
    for day in range(1, 4):
        back_up(before, folder, 7, _quiet).rename(folder / f"fashioncore-2020010{day}T000000Z.dump")
    _erase(database, person)
    database.close()
    newest = back_up(before, folder, 2, _quiet)
    assert sorted(folder.glob("*.dump")) == [folder / "fashioncore-20200103T000000Z.dump", newest]
    assert list((folder / "media").glob("??/??/*")) == []


def test_nothing_is_restored_over_people_or_out_of_nothing(before: BotSettings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="There is no backup"):
        restore(before, tmp_path, _quiet)
    database = open_database(before)
    database.call(lambda uow: _live(uow, "ann"))
    database.close()
    back_up(before, tmp_path / "backup", 7, _quiet)
    with pytest.raises(BackupError, match="holds 1 people"):
        restore(before, tmp_path / "backup", _quiet)


def test_a_database_that_does_not_answer_leaves_no_dump(before: BotSettings, tmp_path: Path) -> None:
    broken = before.model_copy(
        update={"database_url": type(before.database_url)("postgresql://x:y@127.0.0.1:1/z")}
    )
    with pytest.raises(Exception, match="refused"):
        back_up(broken, tmp_path / "backup", 7, _quiet)
    assert list((tmp_path / "backup").glob("*.dump")) == []
