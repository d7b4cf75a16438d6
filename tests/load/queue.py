"""Try-ons by the thousand: how near four workers come to what their engine allows, and who waits for whom."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from PIL import Image as PillowImage

from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.queue import WakeUps, queue_of
from storage.unit_of_work import Database, UnitOfWork
from tests.load.house import STUB, House, costing
from tests.load.report import Report, percentiles
from tests.programs import until

WORKERS = 4
QUEUE = queue_of(STUB)
CHANNEL = "load"
"""Nobody answers on it: what is measured ends with the job."""

SETTLED_S = 3.0
"""After the first pictures."""

SHORT_S = 0.1
"""How long a picture takes where it is about who comes first."""


@contextmanager
def opened(house: House) -> Iterator[Database]:
    """The database, for filling the queue."""
    folder = house.stage.folder / "data"
    config = StorageConfig(database_url=house.servers.database_url, redis_url=house.servers.redis_url, data=folder)
    database = Database(config, LocalMediaStore(folder / "media"))
    try:
        yield database
    finally:
        database.close()


def throughput(house: House, report: Report, jobs: int, stub_s: float, seconds: float) -> None:
    """So many jobs wait; count the pictures of some seconds, or of all jobs where `seconds` is 0."""
    with opened(house) as database:
        request = _request(database)
        began = time.monotonic()
        _ask(database, {f"p{n}": 4 for n in range(jobs // 4)}, request)
        report.add(f"{jobs} try-ons are queued", f"{(time.monotonic() - began) * 1000 / jobs:.1f} ms each")
        _wake(house, jobs)
        house.open_workers(WORKERS, stub_s)
        until(lambda: _done(house), 60, "no job was done")
        time.sleep(SETTLED_S)
        with costing(house, profiled=[house.workers[0].process.pid]) as cost:
            before = _done(house)
            if seconds:
                time.sleep(seconds)
            else:
                until(lambda: not _left(house), 3600, "jobs are left", every_s=0.5)
            done = _done(house) - before
        house.close_workers()
    rate, ideal = done / cost.seconds, WORKERS / stub_s
    report.add(
        f"{WORKERS} workers, {stub_s:g} s a picture, {jobs} queued",
        f"{rate:.2f} pictures a second, {rate / ideal:.1%} of {ideal:g}",
    )
    report.cost("a picture", cost, done, watched="a worker")


def fairness(house: House, report: Report, greedy: int, others: int) -> None:
    """So many people ask once each, alone, and again behind one person who asked very often before them."""
    waits: dict[str, list[float]] = {}
    with opened(house) as database:
        request = _request(database)
        house.open_workers(WORKERS, SHORT_S)
        for case, before in (("alone", 0), ("behind them", greedy)):
            _ask(database, {f"greedy {case}": before}, request)
            talks = [f"{case} {n}" for n in range(others)]
            _ask(database, dict.fromkeys(talks, 1), request)
            _wake(house, others)
            until(lambda case=case: len(_waits(house, case)) == others, 600, "somebody still waits", every_s=0.5)  # type: ignore[misc] # a lambda's default
            waits[case] = _waits(house, case)
        house.close_workers()
        house.sql("DELETE FROM people")
    for case, values in waits.items():
        report.add(f"{others} people with one try-on each, {case}: wait", percentiles(values))
    alone, behind = (sorted(values)[int(0.95 * others)] for values in waits.values())
    report.add(f"their p95 behind one person with {greedy}", f"{behind / alone:.2f} times what it is alone")


def _request(database: Database) -> dict[str, Any]:
    """A job's request, whose pictures are in the store."""
    out = io.BytesIO()
    PillowImage.new("RGB", (192, 256), "#888").save(out, "JPEG")
    key = database.call(
        lambda uow: uow.media.keep(out.getvalue(), "catalogue", "image/jpeg", None, size=(192, 256))
    )
    piece = {"garment": key, "garment_back": None, "part": "upper", "over": False, "words": ""}
    return {"channel": CHANNEL, "photo": key, "photo_size": [192, 256], "person_index": None, **piece, "more": []}


def _ask(database: Database, people: dict[str, int], request: dict[str, Any]) -> None:
    """Each of them asks for so many, in the order of the dictionary."""

    def work(uow: UnitOfWork) -> None:
        for name, count in people.items():
            talk = uow.conversations.open(CHANNEL, name)
            for _ in range(count):
                uow.jobs.request(talk.person_id, talk.id, QUEUE, uuid4().hex, request)

    database.call(work)


def _wake(house: House, count: int) -> None:
    async def ring() -> None:
        wake_ups = WakeUps(house.servers.redis_url)
        await wake_ups.wake(QUEUE, count)
        await wake_ups.close()

    asyncio.run(ring())


def _done(house: House) -> int:
    return int(house.sql("SELECT count(*) FROM jobs WHERE status = 'done'")[0][0])


def _left(house: House) -> bool:
    return bool(house.sql("SELECT EXISTS (SELECT FROM jobs WHERE status IN ('queued', 'running'))")[0][0])


def _waits(house: House, case: str) -> list[float]:
    rows = house.sql(
        "SELECT extract(epoch FROM j.finished_at - j.created_at)::float8 FROM jobs j JOIN conversations c"
        " ON c.id = j.conversation_id WHERE c.address LIKE %s AND j.status = 'done'",
        (f"{case} %",),
    )
    return [row[0] for row in rows]
