"""What the fake shops have in common: a port, what they were asked, and being told to misbehave."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from catalog.taxonomy import fold
from catalog.types import Product

Json = dict[str, Any]
Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Refused(Exception):
    """The answer to a request that breaks the contract."""

    def __init__(self, status: int, body: Json, **headers: str) -> None:
        super().__init__(f"{status}: {body}")
        self.response = web.json_response(
            body, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )


class FakeShop:
    """Serves from 127.0.0.1 until closed.

    `asked` holds each request's path, once it was let in; `faults` answer the next requests instead of the shop;
    `broken` are items that stand among the good ones in every answer.
    """

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[str] = []
        self.refusals: list[str] = []
        self.faults: deque[Fault] = deque()
        self.products: tuple[Product, ...] = ()
        self.broken: tuple[object, ...] = ()
        self._runner: web.AppRunner | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        """What the shop answers."""
        raise NotImplementedError

    def matching(self, words: str) -> list[Product]:
        """What has at least one of the words in its title or brand, in the shop's own order."""
        asked = set(fold(words).split())
        return [p for p in self.products if asked & set(fold(f"{p.title} {p.brand or ''}").split())]

    async def __aenter__(self) -> Self:
        application = web.Application(middlewares=[self._contract], client_max_size=8 * 1024 * 1024)
        application.add_routes(self.routes())
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    @web.middleware
    async def _contract(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if self.faults and not request.path.startswith("/token"):
            return await self.faults.popleft()(request)
        try:
            response = await handler(request)
        except Refused as refusal:
            self.refusals.append(f"{request.path}: {refusal}")
            return refusal.response
        self.asked.append(request.path)
        return response


def status(code: int, body: object = None, **headers: str) -> Fault:
    """Answer with this status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def fault(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=code, headers=named)

    return fault


def says(text: str, kind: str = "application/json") -> Fault:
    """Answer 200 with this body."""

    async def fault(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type=kind)

    return fault


async def hangs(_request: web.Request) -> web.StreamResponse:
    """Never answer."""
    await asyncio.Event().wait()
    raise AssertionError("nobody ever sets the event")


async def badly_packed(_request: web.Request) -> web.StreamResponse:
    """Say gzip, and be none."""
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    return web.Response(body=b"not gzip", headers=headers)


async def does_not_end(request: web.Request) -> web.StreamResponse:
    """Answer and answer."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" " * 65_536)


async def breaks_off(request: web.Request) -> web.StreamResponse:
    """Promise a body and close the connection."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    assert request.transport is not None
    request.transport.close()
    return response
