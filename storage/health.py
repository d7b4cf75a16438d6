"""Whether a process lives and is ready, over HTTP: the same two answers from every process, on a port of its own.

`/healthz` answers as long as the event loop turns, however long a picture takes in its thread; `/readyz` says what
is missing. Web and webhook serve both beside what they do. Every process serves them on FASHIONCORE_HEALTH_PORT,
and there alone `/metrics` (storage/scraping.py), since the public may reach the others.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from storage.hints import Hints
from storage.migrate import behind
from storage.scraping import metrics_route
from storage.unit_of_work import CONNECTION_LOST, Database

Missing = Callable[[], str | None]
"""What a process still waits for before it can work, None when nothing."""


def health_routes(database: Database, hints: Hints, missing: Missing = lambda: None) -> list[Route]:
    """`/healthz` and `/readyz`."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        reason = missing()
        if reason is None:
            try:
                if await database.run(lambda uow: behind(uow.session.connection())):
                    reason = "the database lacks migrations of this version: run the command migrate"
            except CONNECTION_LOST:
                reason = "the database does not answer"
        if reason is None and not await hints.answers():
            reason = "the queue does not answer"
        return PlainTextResponse("ready") if reason is None else PlainTextResponse(reason, 503)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def watch_routes(database: Database, hints: Hints, missing: Missing = lambda: None) -> list[Route]:
    """Those, and `/metrics`: for the health port."""
    return [*health_routes(database, hints, missing), metrics_route(database)]


class QuietServer(uvicorn.Server):
    """Leaves signals to whoever runs the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def health_port(port: int | None, routes: list[Route]) -> AsyncIterator[None]:
    """Answer on this port, where one is set, until the block ends. Raises OSError when it cannot be had."""
    if port is None:
        yield
        return
    config = uvicorn.Config(
        Starlette(routes=routes), log_config=None, access_log=False, server_header=False, lifespan="off",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = QuietServer(config)
    # Open to whoever watches the machine: no path of it leads to anything of a person.
    taken = socket.create_server(("", port), reuse_port=False)
    serving = asyncio.create_task(server.serve([taken]))
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)
        taken.close()
