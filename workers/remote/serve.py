"""`worker --serve PORT`: draws for workers elsewhere. No database, no queue; what comes is kept nowhere.

A request is answered line by line as the picture comes along (workers/remote/wire.py); whoever hangs up has it
stopped at the next step. One picture at a time, as an engine holds a GPU; a few may wait.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from pipeline.errors import EngineUnavailable, PipelineError, TryOnCancelled
from pipeline.ports import Engine
from pipeline.types import Image
from storage.health import QuietServer, health_port
from storage.metrics import drawn
from storage.scraping import Measured, metrics_route
from workers.remote.signing import Denied, Gate
from workers.remote.wire import (
    HELLO_PATH,
    MAX_BODY_BYTES,
    RENDER_PATH,
    WireError,
    WireHello,
    WireLine,
    WireRequest,
    line_of_error,
    line_of_progress,
    line_of_result,
    request_of,
)

log = logging.getLogger(__name__)

MOST_INSIDE = 4
"""Pictures at work and waiting; each holds its pictures in memory."""

BODY_S = 120.0
"""How long a request may take to come in: an outfit over a slow line."""

ALIVE_S = 1.0
"""How often a line goes out where nothing else does; proxies between us hold a silent line for dead."""


class Studio:
    """Draws what is asked for, with one engine, in one thread."""

    def __init__(self, engine: Engine, gate: Gate, *, alive_s: float = ALIVE_S) -> None:
        self._engine = engine
        self._gate = gate
        self._alive_s = alive_s
        self._inside = 0
        self._used = time.monotonic()
        self._loaded = False
        # One thread, which is the queue as well: an engine may hold a GPU that two pictures must not use at once.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="engine")

    async def load(self) -> None:
        """Load the engine's models. Raises EngineUnavailable."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.load)
        self._used, self._loaded = time.monotonic(), True

    async def rest(self, idle_s: float) -> None:
        """Give the engine's memory back whenever it was not used for so long."""
        while True:
            await asyncio.sleep(min(idle_s, 60.0))
            if self._loaded and not self._inside and time.monotonic() - self._used >= idle_s:
                self._loaded = False
                await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.unload)
                log.info("idle: the models are unloaded")

    def app(self) -> Starlette:
        """What is served."""

        async def well(_request: Request) -> Response:
            return PlainTextResponse("ok")

        routes = [
            Route(HELLO_PATH, self._hello, methods=["GET"]),
            Route(RENDER_PATH, self._render, methods=["POST"]),
            Route("/healthz", well),
            Route("/readyz", well),
        ]
        return Starlette(routes=routes, middleware=[Middleware(Measured, routes)])

    async def _hello(self, request: Request) -> Response:
        try:
            self._gate.admit(f"GET {HELLO_PATH}", request.headers.get("authorization", ""))
        except Denied as denied:
            return _refused(denied)
        engine = self._engine
        said = WireHello(engine=engine.name, version=engine.version, categories=sorted(engine.categories))
        return JSONResponse(said.model_dump())

    async def _render(self, request: Request) -> Response:
        try:
            digest = self._gate.admit(f"POST {RENDER_PATH}", request.headers.get("authorization", ""))
        except Denied as denied:
            return _refused(denied)
        if self._inside >= MOST_INSIDE:
            return PlainTextResponse("too many pictures wait already", 503, {"Retry-After": "5"})
        self._inside += 1
        answer: Response = PlainTextResponse("", 500)
        try:
            asked = await _asked(request, digest)
            answer = asked if isinstance(asked, Response) else _Lines(self._drawn(asked), self._left)
        finally:
            if not isinstance(answer, _Lines):
                self._left()
        return answer

    def _left(self) -> None:
        self._inside -= 1
        self._used = time.monotonic()

    async def _drawn(self, asked: WireRequest) -> AsyncIterator[bytes]:
        """The lines of the answer. Closed or cancelled when nobody listens any more."""
        loop, stop = asyncio.get_running_loop(), threading.Event()
        lines: asyncio.Queue[WireLine] = asyncio.Queue()

        def say(line: WireLine) -> None:
            loop.call_soon_threadsafe(lines.put_nowait, line)

        def progress(stage: str, fraction: float, picture: Image | None = None, /) -> None:
            if stop.is_set():
                raise TryOnCancelled
            say(line_of_progress(stage, fraction, picture))

        def draw() -> None:
            try:
                progress("person", 0.0)
                self._loaded = True
                result = self._engine.render(request_of(asked), progress)
                drawn(result.engine, result.seconds)
                say(line_of_result(result, self._engine.version))
            except PipelineError as error:
                say(line_of_error(error))
            except WireError as error:
                say(line_of_error(EngineUnavailable("remote_question", str(error))))
            except Exception:
                log.exception("a picture for another worker failed")
                say(line_of_error(EngineUnavailable("remote_failed", "see the log of the worker there")))

        began = time.monotonic()
        drawing = self._thread.submit(draw)
        try:
            ended = False
            while not ended:
                try:
                    line = await asyncio.wait_for(lines.get(), self._alive_s)
                except TimeoutError:
                    line = WireLine()
                ended = line.result is not None or line.refusal is not None
                yield line.model_dump_json(exclude_defaults=True).encode() + b"\n"
            log.info("a picture for another worker took %.1f s", time.monotonic() - began)
        finally:
            stop.set()
            drawing.cancel()


class _Lines(StreamingResponse):
    """Says when it is over, however it ends: sent, cancelled, or never begun."""

    media_type = "application/x-ndjson"

    def __init__(self, lines: AsyncIterator[bytes], left: Callable[[], None]) -> None:
        super().__init__(lines)
        self._left = left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See StreamingResponse."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._left()


async def _asked(request: Request, digest: str) -> WireRequest | Response:
    """The request, when it is the one that was signed, or what to answer instead."""
    if int(request.headers.get("content-length") or MAX_BODY_BYTES) > MAX_BODY_BYTES:
        return PlainTextResponse("the request is too large", 413)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_BODY_BYTES:
                    return PlainTextResponse("the request is too large", 413)
    except TimeoutError:
        return PlainTextResponse("the request took too long to come", 408)
    except ClientDisconnect:
        return PlainTextResponse("", 400)
    whole = bytes(body)
    if not await asyncio.to_thread(Gate.is_body, digest, whole):
        return _refused(Denied("the body is not the one that was signed"))
    try:
        return await asyncio.to_thread(WireRequest.model_validate_json, whole)
    except ValidationError:
        # Not what was wrong with it: that could hold a part of a picture.
        return PlainTextResponse("the request cannot be read; do both sides have the same version?", 422)


def _refused(denied: Denied) -> Response:
    log.warning("turned away: %s", denied)
    if denied.retry_s:
        return PlainTextResponse(str(denied), 503, {"Retry-After": str(denied.retry_s)})
    return PlainTextResponse(str(denied), 401)


async def serve(
    studio: Studio, host: str, port: int, *, drain_s: float, idle_s: float, watched: int | None = None
) -> None:
    """Load the engine, then answer until SIGTERM; on the port `watched` with metrics. Raises EngineUnavailable."""
    await studio.load()
    config = uvicorn.Config(
        studio.app(), host=host, port=port, log_config=None, access_log=False, server_header=False, lifespan="off",
        timeout_graceful_shutdown=round(drain_s), limit_concurrency=64,
    )  # fmt: skip
    resting = asyncio.create_task(studio.rest(idle_s)) if idle_s else None
    log.info("drawing for other workers on %s:%d", host, port)
    server = QuietServer(config)

    def stop() -> None:
        server.should_exit = True

    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop)
    try:
        async with health_port(watched, [metrics_route(None)]):
            await server.serve()
    finally:
        if resting is not None:
            resting.cancel()
            await asyncio.gather(resting, return_exceptions=True)
