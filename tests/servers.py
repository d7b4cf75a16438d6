"""Real PostgreSQL and Valkey for the tests: started once a run, a fresh database for every test.

FASHIONCORE_TEST_DATABASE_URL (a user that may create databases) and FASHIONCORE_TEST_REDIS_URL (its logical
database is emptied) name servers to use instead. DATABASE_URL and REDIS_URL are never touched by a test.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from storage.local_servers import LocalServers
from storage.migrate import upgrade


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServers]:
    """The run's own servers. A test that restarts one leaves both running."""
    with LocalServers(tmp_path_factory.mktemp("servers") / "data", durable=False) as running:
        yield running


@pytest.fixture
def own_servers(tmp_path: Path) -> Iterator[LocalServers]:
    """Servers of one test alone (about a second), for a test that breaks them."""
    with LocalServers(tmp_path / "data", durable=False) as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """The server's maintenance database: for creating others, not for tables."""
    if given := os.environ.get("FASHIONCORE_TEST_DATABASE_URL"):
        return given
    running: LocalServers = request.getfixturevalue("servers")
    return running.database_url


@pytest.fixture(scope="session")
def migrated_template(postgres_url: str) -> Iterator[str]:
    """The name of a database with the newest schema and no rows, to copy from."""
    with _database(postgres_url) as url:
        upgrade(url)
        yield _name(url)


@pytest.fixture
def database_url(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """A database of this test alone, migrated and empty."""
    with _database(postgres_url, template=migrated_template) as url:
        yield url


@pytest.fixture(scope="module")
def module_database_url(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """A database shared by the tests of one file, migrated and empty at the start."""
    with _database(postgres_url, template=migrated_template) as url:
        yield url


@pytest.fixture
def empty_database_url(postgres_url: str) -> Iterator[str]:
    """A database without any table."""
    with _database(postgres_url) as url:
        yield url


@pytest.fixture
def redis_url(request: pytest.FixtureRequest) -> str:
    """An empty Valkey."""
    url = os.environ.get("FASHIONCORE_TEST_REDIS_URL")
    if url is None:
        running: LocalServers = request.getfixturevalue("servers")
        url = running.redis_url
    with closing(redis.Redis.from_url(url)) as client:
        client.flushdb()
    return url


@contextmanager
def _database(server_url: str, template: str = "template0") -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    finally:
        _execute(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _execute(url: str, statement: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
