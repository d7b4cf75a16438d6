"""What a process tells whoever reads its metrics: queues as they are now, and it never takes long."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.metrics import REGISTRY
from storage.queue import PREVIEW_QUEUE
from storage.scraping import Measured, Queues, metrics_route
from storage.unit_of_work import Database, UnitOfWork

PLACES = {"endpoint": "/look/{whom}", "method": "GET", "status": "200"}


def _told(database: Database | None, times: int = 1) -> str:
    app = Starlette(routes=[metrics_route(database)])

    async def read() -> str:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://pod") as client:
            answers = [await client.get("/metrics") for _ in range(times)]
            return answers[-1].text

    return asyncio.run(read())


def test_queues_are_told_with_the_age_of_the_oldest(database: Database) -> None:
    def fill(uow: UnitOfWork) -> None:
        talk = uow.conversations.open("web", "anna")
        uow.inbox.accept("web", "anna", "e1", "text", {"text": "hello"})
        uow.inbox.accept("telegram", "bert", "e1", "text", {"text": "hello"})
        uow.conversations.say(talk.id, "web", {"text": "hello"})
        for key in ("a", "b"):
            uow.jobs.request(talk.person_id, talk.id, PREVIEW_QUEUE, key, {})
        uow.session.execute(
            sa.text("UPDATE inbox SET available_at = now() - interval '90 s' WHERE channel = 'web'")
        )
        uow.session.execute(sa.text("UPDATE jobs SET created_at = now() - interval '30 s'"))

    database.call(fill)
    assert database.call(lambda uow: uow.jobs.claim(PREVIEW_QUEUE, "w")) is not None
    told = {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in _told(database).splitlines()}
    assert told['fashioncore_inbox_waiting{channel="telegram"}'] == "1.0"
    assert 90 <= float(told['fashioncore_inbox_oldest_seconds{channel="web"}']) < 150
    assert told['fashioncore_outbox_waiting{channel="web"}'] == "1.0"
    assert told['fashioncore_jobs_waiting{engine="preview"}'] == "1.0"
    assert told['fashioncore_jobs_running{engine="preview"}'] == "1.0"
    assert 30 <= float(told['fashioncore_jobs_oldest_seconds{engine="preview"}']) < 90
    assert told["fashioncore_digests_due"] == "0.0"
    assert told["fashioncore_database_up"] == "1.0"


def test_however_often_it_is_read_the_database_is_asked_once_in_a_while(database: Database) -> None:
    async def read() -> int:
        asked = 0
        queues = Queues(database)

        def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            nonlocal asked
            asked += "fashioncore_inbox_waiting" in statement

        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        try:
            await asyncio.gather(*(queues.read() for _ in range(20)))
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", count)
        return asked

    assert asyncio.run(read()) == 1


def test_a_database_that_is_away_or_busy_holds_nobody_up(database: Database, tmp_path: Path) -> None:
    nobody = StorageConfig("postgresql://nobody@127.0.0.1:1/none", "", tmp_path, 2)
    away = Database(nobody, LocalMediaStore(tmp_path))
    try:
        assert "fashioncore_database_up 0.0" in _told(away)
    finally:
        away.close()
    with database.unit_of_work() as uow:
        uow.session.execute(sa.text("LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE"))
        began = time.monotonic()
        told = _told(database)
        assert time.monotonic() - began < 10
    assert "fashioncore_database_up 0.0" in told
    assert "fashioncore_inbox_waiting{" not in told


def test_a_process_without_a_database_tells_what_it_counted_itself() -> None:
    told = _told(None)
    assert "fashioncore_process_resident_memory_bytes" in told
    assert "fashioncore_database_up " not in told.replace("# HELP fashioncore_database_up ", "").replace(
        "# TYPE fashioncore_database_up ", ""
    )


def test_a_request_counts_for_its_route_and_not_for_what_it_named() -> None:
    async def look(_request: Request) -> Response:
        return PlainTextResponse("here")

    async def broken(_request: Request) -> Response:
        raise RuntimeError("broken")

    routes = [Route("/look/{whom}", look), Route("/broken", broken)]
    app = Starlette(routes=routes, middleware=[Middleware(Measured, routes)])

    def counted(labels: dict[str, str]) -> float:
        return REGISTRY.get_sample_value("fashioncore_http_request_seconds_count", labels) or 0.0

    async def ask() -> None:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://web") as client:
            for path in ("/look/anna", "/look/bert", "/broken", "/nowhere"):
                await client.get(path)
            await client.request("PROPFIND", "/look/anna")

    wanted = {
        "look": PLACES,
        "broken": {**PLACES, "endpoint": "/broken", "status": "500"},
        "nowhere": {**PLACES, "endpoint": "static", "status": "404"},
        "strange": {**PLACES, "method": "other", "status": "405"},
    }
    before = {name: counted(labels) for name, labels in wanted.items()}
    asyncio.run(ask())
    grown = {name: counted(labels) - before[name] for name, labels in wanted.items()}
    assert grown == {"look": 2.0, "broken": 1.0, "nowhere": 1.0, "strange": 1.0}
