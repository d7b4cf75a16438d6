"""What a message reads it finds by an index: it costs the same after a million messages as after a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from bot.web.streams import Streams
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.town import Town
from tests.load.chat import GROWN

ROWS = 20_000

GROWING = {"turns", "inbox", "outbox", "jobs", "activity"}
"""Tables that are large enough here for the planner to leave a scan of the whole by itself."""

BESIDE = {"people", "identities", "conversations", "results", "media"}
"""Smaller ones: of these it only counts that there is an index to go by."""


@pytest.fixture(scope="module")
def database(module_stocked_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One with 20,000 messages, events and try-ons of 200 people."""
    folder = tmp_path_factory.mktemp("media")
    config = StorageConfig(database_url=module_stocked_database_url, redis_url="redis://localhost/0", data=folder)
    database = Database(config, LocalMediaStore(folder))
    with database.unit_of_work() as uow:
        driver = uow.session.connection().connection.cursor()
        driver.execute(GROWN, {"first": 0, "last": ROWS - 1})
    with database.unit_of_work() as uow:
        uow.session.execute(sa.text("ANALYZE"))
    yield database
    database.close()


def test_a_message_and_the_page_that_shows_it_read_no_table_from_end_to_end(
    database: Database, redis_url: str
) -> None:
    town = Town(database, redis_url)
    with closing(town.photos), _statements(database) as said:
        town.chat("web", "old0").say("help")
        talk = database.call(lambda uow: uow.conversations.find("web", "old0"))
        assert talk is not None
        database.call(lambda uow: Streams._read(uow, talk.id, talk.rev - 1))
    assert len(said) > 10
    _assert_by_index(database, said)


def test_a_worker_finds_its_job_and_a_person_their_place_by_an_index(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        talk = uow.conversations.open("web", "old100")
        job, _ = uow.jobs.request(talk.person_id, talk.id, "fashioncore:preview", "new", {})
        uow.jobs.place(job.id)
        assert uow.jobs.claim("fashioncore:preview", "worker") is not None
        uow.jobs.reap()

    with _statements(database) as said:
        database.call(work)
    _assert_by_index(database, said)


@contextmanager
def _statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Everything that is sent to the server meanwhile, with its parameters."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, _many: bool) -> None:
        said.append((sql, parameters))

    sa.event.listen(database._engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(database._engine, "before_cursor_execute", note)


def _assert_by_index(database: Database, said: list[tuple[str, Any]]) -> None:
    for sql, parameters in said:
        if sql.lstrip().split()[0] not in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            continue
        for tables, scans in ((GROWING, "on"), (GROWING | BESIDE, "off")):
            read = _read_whole(database, sql, parameters, scans) & tables
            assert not read, f"{sql}\nreads all of {read}"


def _read_whole(database: Database, sql: str, parameters: Any, scans: str) -> set[str]:
    with database.unit_of_work() as uow:
        cursor = uow.session.connection().connection.cursor()
        cursor.execute(f"SET LOCAL enable_seqscan = {scans}")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        ((plan,),) = cursor.fetchall()
    return {node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if node["Node Type"] == "Seq Scan"}


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
