"""Real PostgreSQL and Valkey for the tests: a pair for each process that runs tests, a database for each test.

What takes seconds is made once a run: a data folder as `./fashioncore migrate` leaves it. Every pair of servers
starts on a copy. DATABASE_URL and REDIS_URL are never touched by a test.

Where SHARED is set, its two URLs are the servers of a run: tests.mutants starts hundreds of runs of a second each.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from bot.settings import BotSettings
from bot.stocking import prepare
from storage.local_servers import DATABASE, LocalServers
from storage.migrate import upgrade

MIGRATED = "migrated"
"""In every cluster of the tests, beside the stocked database: the newest schema and no rows, to copy from."""

SHARED = "FASHIONCORE_TEST_SERVERS"
"""PostgreSQL's URL and Valkey's, of servers that somebody else keeps."""


class _Shared(LocalServers):
    def __init__(self, urls: str) -> None:
        super().__init__(Path("shared"))
        self.database_url, self.redis_url = urls.split()


@pytest.fixture(scope="session")
def stocked_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample catalogue, to copy from. Whichever process of the run comes first makes it."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    data = run / "stocked"
    with (run / "stocked.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            fresh = run / "stocking"
            with LocalServers(fresh, durable=False) as made:
                prepare(BotSettings(DATABASE_URL=made.database_url, REDIS_URL=made.redis_url, data=fresh))
                make_template(made)
            fresh.rename(data)
    return data


def make_template(servers: LocalServers) -> None:
    """The database that those of the tests are copies of."""
    _execute(servers.database_url, f'CREATE DATABASE "{MIGRATED}" TEMPLATE template0')
    upgrade(_beside(servers.database_url, MIGRATED))


def stock_media(stocked_data: Path, folder: Path) -> Path:
    """Put the pictures of the sample catalogue into a data folder; returns it."""
    shutil.copytree(stocked_data / "media", folder / "media")
    return folder


@contextmanager
def _copied(stocked_data: Path, data: Path) -> Iterator[LocalServers]:
    subprocess.run(["cp", "-a", stocked_data, data], check=True)
    with LocalServers(data, durable=False) as running:
        yield running


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServers]:
    """The servers of all tests of this process. A test that restarts one leaves both running."""
    if urls := os.environ.get(SHARED):
        yield _Shared(urls)
        return
    stocked: Path = request.getfixturevalue("stocked_data")
    with _copied(stocked, tmp_path_factory.mktemp("servers") / "data") as running:
        yield running


@pytest.fixture
def own_servers(stocked_data: Path, tmp_path: Path) -> Iterator[LocalServers]:
    """Stocked servers of one test alone, for a test that breaks them."""
    with _copied(stocked_data, tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(servers: LocalServers) -> str:
    """The server's maintenance database: for creating others, not for tables."""
    return _beside(servers.database_url, "postgres")


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """A database of this test alone, migrated and empty."""
    with _database(postgres_url, template=MIGRATED) as url:
        yield url


@pytest.fixture
def stocked_database_url(postgres_url: str) -> Iterator[str]:
    """A database of this test alone, with the sample catalogue."""
    with _database(postgres_url, template=DATABASE) as url:
        yield url


@pytest.fixture(scope="module")
def module_database_url(postgres_url: str) -> Iterator[str]:
    """A database shared by the tests of one file, migrated and empty at the start."""
    with _database(postgres_url, template=MIGRATED) as url:
        yield url


@pytest.fixture(scope="module")
def module_stocked_database_url(postgres_url: str) -> Iterator[str]:
    """A database shared by the tests of one file, with the sample catalogue."""
    with _database(postgres_url, template=DATABASE) as url:
        yield url


@pytest.fixture
def empty_database_url(postgres_url: str) -> Iterator[str]:
    """A database without any table."""
    with _database(postgres_url) as url:
        yield url


@pytest.fixture
def redis_url(servers: LocalServers) -> str:
    """An empty Valkey."""
    return _emptied(servers)


@pytest.fixture(scope="module")
def module_redis_url(servers: LocalServers) -> str:
    """A Valkey for the tests of one file, empty at the start."""
    return _emptied(servers)


def _emptied(servers: LocalServers) -> str:
    with closing(redis.Redis.from_url(servers.redis_url)) as client:
        client.flushdb()
    return servers.redis_url


@contextmanager
def _database(server_url: str, template: str = "template0") -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _beside(server_url, name)
    finally:
        _execute(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _beside(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _execute(url: str, statement: str) -> None:
    # Inside of libpq no signal ends a wait: the test's own time limit would not.
    with closing(psycopg2.connect(url, connect_timeout=30, options="-c statement_timeout=120s")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
