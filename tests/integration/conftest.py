"""A database of our own tables with its media store, for tests that talk to the storage itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.config import StorageConfig
from storage.master_key import MasterKey
from storage.media import LocalMediaStore
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


@pytest.fixture
def town(database: Database, redis_url: str) -> Iterator[Town]:
    """All channels over the test's database."""
    made = Town(database, redis_url)
    with closing(made.photos):
        yield made
