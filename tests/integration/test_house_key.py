"""What stays of an address is hashed with a key that neither the database nor its backups tell."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import sqlalchemy as sa

from storage.config import StorageConfig
from storage.errors import MediaUnavailable
from storage.mail_address import address_hash, plain_hash
from storage.mailing import MailRefused
from storage.master_key import MasterKey
from storage.media import LocalMediaStore
from storage.schedules import Schedule
from storage.tables import HouseKeyRow, MailStop
from storage.unit_of_work import Database, UnitOfWork
from workers.housekeeping import retire

ANN = "Ann@example.com"
OLD, NEW = MasterKey.new(), MasterKey.new()

Opened = Callable[[str | None], Database]


@pytest.fixture
def opened(storage_config: StorageConfig) -> Iterator[Opened]:
    """A process with this master key."""
    with ExitStack() as stack:

        def process(master: str | None) -> Database:
            store = LocalMediaStore(storage_config.media)
            database = Database(storage_config, store, master=None if master is None else MasterKey(master))
            stack.callback(database.close)
            return database

        yield process


def _digest(uow: UnitOfWork) -> str:
    return uow.house.digest(uow.session, "account", "telegram:4711")


def _kept(database: Database) -> str:
    return database.call(lambda uow: uow.session.scalars(sa.select(HouseKeyRow.wrapped)).one())


def test_every_process_hashes_with_the_same_key_which_stands_nowhere_as_it_is(opened: Opened) -> None:
    first = opened(OLD)
    first.call(lambda uow: uow.house.wrap(uow.session))
    told = first.call(_digest)
    assert told == opened(OLD).call(_digest) == first.call(_digest)
    assert told != first.call(lambda uow: uow.house.digest(uow.session, "mail", "telegram:4711"))
    assert len(MasterKey(OLD).unwrap(_kept(first))) == 32


def test_a_worker_wraps_what_was_made_without_a_master_key_and_that_once(opened: Opened) -> None:
    database = opened(OLD)
    told = opened(None).call(_digest)
    kept = []
    for _ in range(2):
        asyncio.run(retire(database))
        kept.append(_kept(database))
    assert kept[0] == kept[1]
    assert not kept[0].startswith("plain:")
    assert database.call(_digest) == told


def test_it_follows_a_new_master_key_and_opens_with_no_other(opened: Opened) -> None:
    told = opened(None).call(_digest)
    opened(OLD).call(lambda uow: uow.house.wrap(uow.session))
    assert opened(OLD).call(_digest) == told
    opened(f"{NEW},{OLD}").call(lambda uow: uow.house.wrap(uow.session))
    assert opened(NEW).call(_digest) == told
    for without in (OLD, None):
        with pytest.raises(MediaUnavailable):
            opened(without).call(_digest)


def test_where_its_master_key_is_lost_another_one_is_made(opened: Opened) -> None:
    opened(OLD).call(lambda uow: uow.house.wrap(uow.session))
    told = opened(OLD).call(_digest)
    assert not opened(OLD).call(lambda uow: uow.house.begin_anew(uow.session))
    assert opened(NEW).call(lambda uow: uow.house.begin_anew(uow.session))
    assert opened(NEW).call(_digest) != told


def _ask(uow: UnitOfWork) -> None:
    person = uow.people.find_or_create("web", "ann")
    uow.mailing.subscribe(person, ANN, Schedule("daily"), "en")


def test_a_complaint_that_was_kept_without_a_key_counts_and_is_keyed_a_day_later(opened: Opened) -> None:
    database = opened(OLD)
    kept = MailStop(address_hash=plain_hash(ANN), complained=True)
    database.call(lambda uow: uow.session.add(kept))

    def hashes_after(days: int) -> list[str]:
        age = sa.update(HouseKeyRow).values(created_at=sa.func.now() - sa.text(f"interval '{days} days'"))
        database.call(lambda uow: uow.session.execute(age))
        asyncio.run(retire(database))
        with pytest.raises(MailRefused, match="complained"):
            database.call(_ask)
        return database.call(lambda uow: list(uow.session.scalars(sa.select(MailStop.address_hash))))

    assert hashes_after(0) == [plain_hash(ANN)], "processes of the earlier version look for it"
    keyed = database.call(lambda uow: address_hash(uow.session, uow.house, ANN.lower()))
    assert hashes_after(2) == [keyed]
