"""How metrics come to whoever reads them: requests are measured, and queues and GPUs looked up when somebody asks.

What waits is the database's to say. It is asked when the metrics are read, every few seconds at the most and never
for long: a scrape neither hangs nor hammers.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.metrics import REGISTRY, REQUESTS, SCRAPED
from storage.queue import engine_of
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

PATH = "/metrics"


class Measured:
    """ASGI middleware: every request by the route that answers it, never by its path."""

    def __init__(self, app: ASGIApp, routes: Iterable[Any]) -> None:
        self._app = app
        self._routes = [route for route in routes if isinstance(route, Route)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, method = time.perf_counter(), scope["method"]
        answered = False

        def observe(status: int) -> None:
            nonlocal answered
            if not answered:
                answered = True
                named = method if method in {"GET", "HEAD", "POST"} else "other"
                REQUESTS.labels(self._endpoint(scope), named, str(status)).observe(time.perf_counter() - began)

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                observe(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            observe(500)
            raise

    def _endpoint(self, scope: Scope) -> str:
        for route in self._routes:
            if route.matches(scope)[0] is not Match.NONE:
                return route.path
        return "static"


class Queues:
    """What waits in the database. One look at a time, each short, none more often than every few seconds."""

    EVERY_S = 5.0
    PATIENCE_S = 1.5

    def __init__(self, database: Database) -> None:
        self._database = database
        self._look: asyncio.Task[None] | None = None
        self._looked = -self.EVERY_S
        self._found: list[tuple[str, str, float]] | None = None

    async def read(self) -> list[tuple[str, str, float]] | None:
        """(metric, label, value) as it was a few seconds ago at the most; None when the database did not say."""
        if self._look is None or (self._look.done() and time.monotonic() - self._looked >= self.EVERY_S):
            self._looked = time.monotonic()
            self._look = asyncio.create_task(self._ask())
        await asyncio.wait({self._look}, timeout=self.PATIENCE_S)
        return self._found if self._look.done() else None

    async def _ask(self) -> None:
        self._found = None
        try:
            self._found = await self._database.run(_waiting)
        except SQLAlchemyError:
            # Away, or busy with everything else: that is what is told.
            return


def _age(column: str, where: str = "true") -> str:
    return f"coalesce(extract(epoch FROM now() - min({column}) FILTER (WHERE {where})), 0)"


_WAITING = sa.text(
    f"""
    WITH i AS (SELECT channel, count(*) AS n, {_age("available_at")} AS age FROM inbox
               WHERE status = 'pending' AND available_at <= now() GROUP BY channel),
         o AS (SELECT channel, count(*) FILTER (WHERE available_at <= now()) AS n, {_age("created_at")} AS age
               FROM outbox WHERE status = 'pending' GROUP BY channel),
         j AS (SELECT queue, count(*) FILTER (WHERE status = 'queued') AS n,
                      count(*) FILTER (WHERE status = 'running') AS running,
                      {_age("created_at", "status = 'queued'")} AS age
               FROM jobs WHERE status IN ('queued', 'running') GROUP BY queue),
         m AS (SELECT kind, count(*) AS n, {_age("available_at")} AS age FROM mails
               WHERE status = 'waiting' AND available_at <= now() GROUP BY kind)
    SELECT 'fashioncore_inbox_waiting', channel, n FROM i
    UNION ALL SELECT 'fashioncore_inbox_oldest_seconds', channel, age FROM i
    UNION ALL SELECT 'fashioncore_outbox_waiting', channel, n FROM o
    UNION ALL SELECT 'fashioncore_outbox_oldest_seconds', channel, age FROM o
    UNION ALL SELECT 'fashioncore_jobs_waiting', queue, n FROM j
    UNION ALL SELECT 'fashioncore_jobs_running', queue, running FROM j
    UNION ALL SELECT 'fashioncore_jobs_oldest_seconds', queue, age FROM j
    UNION ALL SELECT 'fashioncore_mails_waiting', kind, n FROM m
    UNION ALL SELECT 'fashioncore_mails_oldest_seconds', kind, age FROM m
    UNION ALL SELECT 'fashioncore_digests_due', '', count(*) FROM subscriptions WHERE next_at <= now()
    """  # noqa: S608 # made of constants
)


def _waiting(uow: UnitOfWork) -> list[tuple[str, str, float]]:
    uow.session.execute(sa.text("SET LOCAL statement_timeout = '1s'"))
    rows = uow.session.execute(_WAITING).all()
    return [(name, engine_of(of) if "_jobs_" in name else of, float(value)) for name, of, value in rows]


def _gpus() -> Iterator[tuple[str, str, float]]:
    """Of processes that have a GPU in use: torch is not loaded for this, and no GPU woken."""
    cuda = getattr(sys.modules.get("torch"), "cuda", None)
    if cuda is None or not cuda.is_initialized():
        return
    for device in range(cuda.device_count()):
        try:
            free, total = cuda.mem_get_info(device)
        except RuntimeError as error:
            # As of a GPU that fell off the bus: everything else is told all the more.
            log.warning("GPU %d does not say how much memory it has: %s", device, type(error).__name__)
            continue
        yield "fashioncore_gpu_memory_used_bytes", str(device), float(total - free)
        yield "fashioncore_gpu_memory_bytes", str(device), float(total)


class _Found(Collector):
    """What was looked up, for one answer."""

    def __init__(self, found: list[tuple[str, str, float]]) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """See prometheus_client."""
        for name, (meaning, labels) in SCRAPED.items():
            family = GaugeMetricFamily(name, meaning, labels=labels)
            for metric, of, value in self._found:
                if metric == name:
                    family.add_metric([of] if labels else [], value)
            yield family


def metrics_route(database: Database | None) -> Route:
    """`/metrics` of a process; without a database nothing is looked up there."""
    queues = None if database is None else Queues(database)

    async def metrics(_request: Request) -> Response:
        found = list(_gpus())
        if queues is not None:
            waiting = await queues.read()
            found += [("fashioncore_database_up", "", float(waiting is not None)), *(waiting or ())]
        now = CollectorRegistry()
        now.register(_Found(found))
        body = generate_latest(REGISTRY) + generate_latest(now)
        return Response(body, media_type=CONTENT_TYPE_LATEST)

    return Route(PATH, metrics)
