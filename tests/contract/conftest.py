"""What the contract suites run on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa
from telegram import Bot

from storage.catalogue import StoredProducts
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.tables import ProductRow
from storage.unit_of_work import Database
from tests.fakes.telegram import NO_LIMITS, FakeTelegram


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


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns where it still gives seconds as numbers; this is its new way."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """The fake Bot API server, without flood limits."""
    async with FakeTelegram(limits=NO_LIMITS, webhook_pause_s=0.05) as server:
        yield server


@pytest.fixture
async def telegram_bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    """python-telegram-bot, connected to it."""
    base = telegram.base
    async with Bot(telegram.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
        yield bot
