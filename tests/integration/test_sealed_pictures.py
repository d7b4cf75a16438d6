"""Pictures of people at rest: nobody opens them without the person's key, and erasing the person destroys it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.backup import BackupError, back_up, restore
from bot.bootstrap import open_database
from bot.media_moves import rotate_master_key, seal_media
from bot.operations import doctor
from bot.settings import BotSettings
from storage.config import StorageConfig
from storage.errors import MediaMissing, MediaUnavailable
from storage.master_key import MasterKey
from storage.media import LocalMediaStore
from storage.s3 import BucketMediaStore
from storage.seals import is_sealed
from storage.unit_of_work import Database, UnitOfWork
from tests.buckets import NewBucket

PHOTO = b"\xff\xd8 a photo of somebody \xff\xd9" * 1000
SHIRT = b"\xff\xd8 a shirt of a shop"


def _keep(uow: UnitOfWork, account: str, data: bytes = PHOTO) -> tuple[UUID, str]:
    person = uow.conversations.open("web", account).person_id
    return person, uow.media.keep(data, "photo", "image/jpeg", person)


def _erase(database: Database, person: UUID) -> None:
    asyncio.run(database.forget(database.call(lambda uow: uow.people.erase(person))))


def _quiet(_what: str, _part: float | None, _count: int) -> None:
    pass


def test_a_picture_lies_sealed_and_is_read_as_it_was(database: Database) -> None:
    _, key = database.call(lambda uow: _keep(uow, "ann"))
    blob = database.store.get(key)
    assert is_sealed(blob)
    assert b"somebody" not in blob
    assert database.call(lambda uow: uow.media.read(key)) == PHOTO


def test_the_same_picture_is_one_blob_of_a_person_and_another_of_somebody_else(database: Database) -> None:
    first, again, others = (database.call(lambda uow, who=who: _keep(uow, who)[1]) for who in ("ann", "ann", "bo"))  # type: ignore[misc] # a lambda's default
    assert first == again != others
    assert database.store.get(first)[5:] != database.store.get(others)[5:]


def test_pictures_of_shops_stay_plain_and_only_they_have_links(
    storage_config: StorageConfig, new_bucket: NewBucket
) -> None:
    store = BucketMediaStore(replace(new_bucket(), links=True))
    store.prepare()
    database = Database(storage_config, store, master=MasterKey(MasterKey.new()))

    def work(uow: UnitOfWork) -> tuple[str | None, str | None]:
        person, photo = _keep(uow, "ann")
        shirt = uow.media.keep(SHIRT, "catalogue", "image/jpeg", None)
        mine, shops = uow.media.visible(photo, person), uow.media.visible(shirt, person)
        assert mine is not None
        assert shops is not None
        assert store.get(shirt) == uow.media.read(shirt) == SHIRT
        return uow.media.link(mine), uow.media.link(shops)

    mine, shops = database.call(work)
    database.close()
    assert mine is None, "a browser could not open it"
    assert shops is not None


def test_what_was_copied_before_the_person_was_erased_opens_no_more(database: Database) -> None:
    person, key = database.call(lambda uow: _keep(uow, "ann"))
    blob = database.store.get(key)
    rows = "SELECT row_to_json(m) FROM media m"
    row = database.call(lambda uow: uow.session.execute(sa.text(rows)).scalar_one())
    _erase(database, person)

    # Everything that a backup could bring back but the key: the blob, the person, the row.
    def bring_back(uow: UnitOfWork) -> bytes:
        uow.session.execute(sa.text("INSERT INTO people (id) VALUES (:id)"), {"id": person})
        fields = sa.text(
            "INSERT INTO media (key, person_id, kind, mime, bytes, key_id, sealed) OVERRIDING SYSTEM VALUE"
            " VALUES (:key, :person_id, :kind, :mime, :bytes, :key_id, decode(substr(:sealed, 3), 'hex'))"
        )
        uow.session.execute(fields, row)
        return uow.media.read(key)

    database.store.put(blob, key)
    with pytest.raises(MediaMissing):
        database.call(bring_back)


def test_linked_accounts_open_all_and_parted_ones_what_their_chats_show(database: Database) -> None:
    (ann, hers), (_, his) = (
        database.call(lambda uow, who=who: _keep(uow, who, f"photo of {who}".encode()))  # type: ignore[misc] # a lambda's default
        for who in ("ann", "bo")
    )

    def link(uow: UnitOfWork) -> None:
        joins = uow.people.find_or_create("web", "bo")
        talk = uow.conversations.find("web", "bo")
        assert talk is not None
        shown = [{"media": key, "alt": "", "role": "photo"} for key in (hers, his)]
        uow.conversations.say(talk.id, "web", {"pictures": shown, "products": []}, "a")
        assert uow.people.link(ann, joins)

    def read(uow: UnitOfWork) -> list[bytes]:
        return [uow.media.read(key) for key in (hers, his)]

    database.call(link)
    assert database.call(read) == [b"photo of ann", b"photo of bo"]
    alone = database.call(lambda uow: uow.people.unlink(ann, "web", "bo"))
    assert alone is not None
    assert database.call(read) == [b"photo of ann", b"photo of bo"]
    _erase(database, ann)
    assert database.call(read) == [b"photo of ann", b"photo of bo"], "bo's chat shows both"
    _erase(database, alone)
    assert list(database.store.listing()) == []
    assert database.call(lambda uow: uow.seals.check()) == 0


def test_bytes_that_somebody_changed_are_not_shown(database: Database) -> None:
    _, key = database.call(lambda uow: _keep(uow, "ann"))
    blob = bytearray(database.store.get(key))
    blob[-1] ^= 1
    database.store.put(bytes(blob), key)
    with pytest.raises(MediaUnavailable, match="not those that were sealed"):
        database.call(lambda uow: uow.media.read(key))


# --- what an operator does ------------------------------------------------------------------------------


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> BotSettings:
    return BotSettings(DATABASE_URL=database_url, REDIS_URL="redis://localhost/0", data=tmp_path / "here")


def _sealed_by(settings: BotSettings, *master: str) -> BotSettings:
    return settings.model_copy(update={"master_key": SecretStr(",".join(master)) if master else None})


@contextmanager
def _opened(settings: BotSettings) -> Iterator[Database]:
    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()


def _read(settings: BotSettings, *keys: str) -> list[bytes]:
    with _opened(settings) as database:
        return database.call(lambda uow: [uow.media.read(key) for key in keys])


def test_what_was_kept_plain_is_sealed_later_and_keeps_its_name(settings: BotSettings) -> None:
    with _opened(_sealed_by(settings)) as plain:
        both = [plain.call(lambda uow, who=who: _keep(uow, who))[1] for who in ("ann", "bo")]  # type: ignore[misc] # a lambda's default
        shirt = plain.call(lambda uow: uow.media.keep(SHIRT, "catalogue", "image/jpeg", None))
        other = plain.call(lambda uow: _keep(uow, "ann", b"another"))[1]
        assert both[0] == both[1]
        # A program that died between the two steps.
        with _opened(settings) as died:
            assert died.call(lambda uow: uow.media.prepare_seal(other))
            assert died.call(lambda uow: uow.media.read(other)) == b"another"

    assert seal_media(settings, _quiet) == 2
    assert seal_media(settings, _quiet) == 0
    assert _read(settings, both[0], other, shirt) == [PHOTO, b"another", SHIRT]
    with _opened(settings) as database:
        assert [is_sealed(database.store.get(key)) for key in (both[0], other, shirt)] == [True, True, False]
        ann = database.call(lambda uow: uow.people.find_or_create("web", "ann"))
        _erase(database, ann)
        assert database.call(lambda uow: uow.media.read(both[0])) == PHOTO, "bo holds it, too"


def test_a_sealed_picture_comes_into_a_backup_that_had_it_plain(settings: BotSettings, tmp_path: Path) -> None:
    with _opened(_sealed_by(settings)) as plain:
        key = plain.call(lambda uow: _keep(uow, "ann"))[1]
    copy = LocalMediaStore(tmp_path / "backup" / "media")
    back_up(settings, tmp_path / "backup", 7, _quiet)
    assert copy.get(key) == PHOTO
    seal_media(settings, _quiet)
    back_up(settings, tmp_path / "backup", 7, _quiet)
    assert is_sealed(copy.get(key))


def test_one_master_key_follows_another_while_pictures_are_read(settings: BotSettings) -> None:
    old, new = MasterKey.new(), MasterKey.new()
    with _opened(_sealed_by(settings, old)) as database:
        key = database.call(lambda uow: _keep(uow, "ann"))[1]
        database.call(lambda uow: _keep(uow, "bo"))
    assert _read(_sealed_by(settings, new, old), key) == [PHOTO]
    assert rotate_master_key(_sealed_by(settings, new, old), _quiet) == 2
    assert _read(_sealed_by(settings, new), key) == [PHOTO]
    with pytest.raises(MediaUnavailable, match="is not what people's keys were wrapped with"):
        _read(_sealed_by(settings, old), key)
    with pytest.raises(MediaUnavailable, match="FASHIONCORE_MASTER_KEY is not set"):
        _read(_sealed_by(settings), key)
    found = next(found for found in doctor(_sealed_by(settings, old)) if found.what == "media store")
    assert (found.well, "is not what" in found.detail) == (False, True)


def _two_in_a_dump(
    settings: BotSettings, database: Database, folder: Path
) -> tuple[tuple[UUID, str], tuple[UUID, str], Path]:
    """Ann and Bo, each with the name of their picture, and a dump of long ago that has both."""
    ann = database.call(lambda uow: _keep(uow, "ann", b"photo of ann"))
    bo = database.call(lambda uow: _keep(uow, "bo", b"photo of bo"))
    dump = back_up(settings, folder, 7, _quiet).rename(folder / "fashioncore-20200101T000000Z.dump")
    return ann, bo, dump


def test_no_dump_and_no_master_key_open_a_picture_of_who_was_erased_before_the_last_backup(
    settings: BotSettings, empty_database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    with _opened(settings) as database:
        (ann, hers), (_, his), old = _two_in_a_dump(settings, database, folder)
        kept = LocalMediaStore(folder / "media").get(hers)
        _erase(database, ann)
    back_up(settings, folder, 7, _quiet)

    # Whoever has the old dump, an old copy of the pictures and the master key, and does not erase her again.
    (folder / "erased.txt").unlink()
    LocalMediaStore(folder / "media").put(kept, hers)
    there = settings.model_copy(update={"database_url": SecretStr(empty_database_url), "data": tmp_path / "there"})
    restore(there, folder, _quiet, old)
    assert _read(there, his) == [b"photo of bo"]
    with pytest.raises(MediaMissing):
        _read(there, hers)


def test_pictures_of_a_dump_from_before_accounts_were_linked_open(
    settings: BotSettings, empty_database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    with _opened(settings) as database:
        (ann, hers), (bo, his), old = _two_in_a_dump(settings, database, folder)
        assert database.call(lambda uow: uow.people.link(ann, bo))
    back_up(settings, folder, 7, _quiet)
    there = settings.model_copy(update={"database_url": SecretStr(empty_database_url), "data": tmp_path / "there"})
    with pytest.raises(BackupError, match="another FASHIONCORE_MASTER_KEY"):
        restore(_sealed_by(there, MasterKey.new()), folder, _quiet, old)
    with pytest.raises(BackupError, match="Set FASHIONCORE_MASTER_KEY"):
        restore(_sealed_by(there), folder, _quiet, old)
    restore(there, folder, _quiet, old)
    with _opened(there) as database:
        _erase(database, ann)
        assert database.call(lambda uow: uow.media.read(his)) == b"photo of bo"
        with pytest.raises(MediaMissing):
            database.call(lambda uow: uow.media.read(hers))
