"""What the contract suites of the catalogue run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from storage.catalogue import StoredProducts
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.tables import ProductRow
from storage.unit_of_work import Database


@pytest.fixture(scope="module")
def products_database(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("media")
    config = StorageConfig(database_url=module_database_url, redis_url="redis://localhost/0", data=folder)
    database = Database(config, LocalMediaStore(folder))
    yield database
    database.close()


@pytest.fixture
def stored_products(products_database: Database) -> Iterator[StoredProducts]:
    """The index in PostgreSQL, empty."""
    yield StoredProducts(products_database)
    products_database.call(lambda uow: uow.session.execute(sa.delete(ProductRow)))
