"""A database of our own tables with its media store, for tests that talk to the storage itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.config import StorageConfig
from storage.master_key import MasterKey
from storage.media import LocalMediaStore
from storage.tables import InboxRow, Person, Tally
from storage.unit_of_work import Database
from tests.integration.town import Town


@pytest.fixture
def storage_config(database_url: str, redis_url: str, tmp_path: Path) -> StorageConfig:
    return StorageConfig(database_url, redis_url, tmp_path / "kept")


@pytest.fixture
def database(storage_config: StorageConfig) -> Iterator[Database]:
    master = MasterKey(os.environ["FASHIONCORE_MASTER_KEY"])
    opened = Database(storage_config, LocalMediaStore(storage_config.media), master=master)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def _lasting(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    media = tmp_path_factory.mktemp("media")
    config = StorageConfig(module_database_url, "redis://localhost/0", media)
    opened = Database(config, LocalMediaStore(media), master=MasterKey(os.environ["FASHIONCORE_MASTER_KEY"]))
    yield opened
    opened.close()


@pytest.fixture
def emptied_database(_lasting: Database) -> Iterator[Database]:
    """The same for all tests of a file, without people, events and tallies: far quicker than one each."""
    yield _lasting
    with _lasting.unit_of_work() as uow:
        for table in (Person, InboxRow, Tally):
            uow.session.execute(sa.delete(table))


@pytest.fixture
def town(database: Database, redis_url: str) -> Iterator[Town]:
    """All channels over the test's database."""
    made = Town(database, redis_url)
    with closing(made.photos):
        yield made
