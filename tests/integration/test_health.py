"""What a process says about itself to whoever watches the machine."""

from __future__ import annotations

import asyncio
import threading
from contextlib import closing
from pathlib import Path

import httpx
import psycopg2
import pytest

from storage.config import StorageConfig
from storage.health import health_port, health_routes
from storage.hints import Hints
from storage.media import LocalMediaStore
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.programs import free_port

NOBODY = "redis://127.0.0.1:1/0"


def _asked(
    database_url: str, redis_url: str, tmp_path: Path, missing: list[str] | None = None, *, busy: bool = False
) -> list[tuple[int, str]]:
    """The answers to `/healthz` and `/readyz`; `busy` while a thread works."""
    port = free_port()

    async def ask() -> list[tuple[int, str]]:
        database = Database(StorageConfig(database_url, redis_url, tmp_path, 2), LocalMediaStore(tmp_path))
        hints, done = Hints(redis_url), threading.Event()
        routes = health_routes(database, hints, lambda: missing[0] if missing else None)
        try:
            async with health_port(port, routes), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                working = asyncio.get_running_loop().run_in_executor(None, done.wait if busy else int)
                answers = [await client.get(path) for path in ("/healthz", "/readyz")]
                done.set()
                await working
                return [(answer.status_code, answer.text) for answer in answers]
        finally:
            await hints.close()
            database.close()

    return asyncio.run(ask())


def test_a_process_that_can_work_says_so_even_while_a_picture_takes_long(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    assert _asked(database_url, redis_url, tmp_path, busy=True) == [(200, "ok"), (200, "ready")]


def test_a_process_lives_but_is_not_ready_while_its_models_load(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    assert _asked(database_url, redis_url, tmp_path, ["the models are being loaded"]) == [
        (200, "ok"),
        (503, "the models are being loaded"),
    ]


def test_what_does_not_answer_is_named(database_url: str, redis_url: str, tmp_path: Path) -> None:
    nobody = "postgresql://nobody@127.0.0.1:1/none"
    assert _asked(nobody, redis_url, tmp_path)[1] == (503, "the database does not answer")
    assert _asked(database_url, NOBODY, tmp_path)[1] == (503, "the queue does not answer")


def test_a_process_is_not_ready_before_the_database_has_its_migrations(
    empty_database_url: str, redis_url: str, tmp_path: Path
) -> None:
    lacking = (503, "the database lacks migrations of this version: run the command migrate")
    assert _asked(empty_database_url, redis_url, tmp_path)[1] == lacking
    upgrade(empty_database_url)
    assert _asked(empty_database_url, redis_url, tmp_path)[1] == (200, "ready")
    with closing(psycopg2.connect(empty_database_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("UPDATE alembic_version SET version_num = '9999_of_a_later_version'")
    assert _asked(empty_database_url, redis_url, tmp_path)[1] == (200, "ready")


def test_a_port_that_is_taken_stops_the_start() -> None:
    async def twice() -> None:
        port = free_port()
        async with health_port(port, []), health_port(port, []):
            pass

    with pytest.raises(OSError, match="in use"):
        asyncio.run(twice())


def test_without_a_port_nobody_is_answered() -> None:
    async def run() -> None:
        async with health_port(None, []):
            pass

    asyncio.run(run())
