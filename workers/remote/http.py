"""How workers call an address that their operator set: no redirects, no packed bodies, nothing without an end."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

from pipeline.errors import EngineUnavailable
from storage.hosts import is_this_machine

T = TypeVar("T")

log = logging.getLogger(__name__)

ATTEMPTS = 4
PAUSE_S = 1.0
"""Before the second attempt; twice as long before each further one."""

CONNECT_S = 10.0
SILENT_S = 30.0
"""A worker says “still here” each second."""

_CHUNK_BYTES = 64 * 1024
_WHOLE_SECONDS = re.compile(r"\d{1,4}")


class Again(Exception):
    """It did not work, and may in a moment. `pause_s` is how long to wait at the least."""

    def __init__(self, reason: str, pause_s: float = 0.0) -> None:
        super().__init__(reason)
        self.pause_s = pause_s


class Broken(Exception):
    """The connection ended in the middle: the other side may have begun, or even finished."""


class Caller:
    """Calls one address; certificates are read once."""

    def __init__(self, url: str, pause_s: float = PAUSE_S) -> None:
        self.url = url
        self._pause_s = pause_s
        self._direct = is_this_machine(urlsplit(url).hostname or "")
        self._trusted: ssl.SSLContext | None = None

    def client(self, read_s: float = SILENT_S) -> httpx.AsyncClient:
        """A client for one picture. `read_s` is how long nothing may come."""
        if self._trusted is None:
            self._trusted = httpx.create_ssl_context()
        return httpx.AsyncClient(
            headers={"Accept-Encoding": "identity"},
            timeout=httpx.Timeout(read_s, connect=CONNECT_S),
            follow_redirects=False,
            trust_env=not self._direct,
            verify=self._trusted,
        )

    async def patiently(self, call: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
        """What `call` gives, tried again where the other side cannot have begun, or where that does no harm.

        Raises EngineUnavailable when it is enough.
        """
        for attempt in range(ATTEMPTS):
            try:
                return await call()
            except Again as error:
                why, pause_s = str(error), error.pause_s
            except Broken as error:
                why, pause_s = f"the connection broke off ({error})", 0.0
                if not repeatable:
                    break
            if attempt + 1 < ATTEMPTS:
                log.info("the engine elsewhere: %s; trying again", why)
                await asyncio.sleep(max(pause_s, self._pause_s * 2**attempt))
        raise EngineUnavailable("remote_away", f"It does not draw: {why}.")


@asynccontextmanager
async def own_errors() -> AsyncIterator[None]:
    """Turns errors of the connection into Again, when the other side cannot have begun, and Broken.

    Their text is not passed on: it may hold an address with what is secret in it.
    """
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise Again(f"no connection ({type(error).__name__})") from error
    except httpx.HTTPError as error:
        raise Broken(type(error).__name__) from error


def check_status(response: httpx.Response, *expected: int) -> None:
    """Raises Again when it may work later, EngineUnavailable when somebody has to change something."""
    status = response.status_code
    if status in expected:
        return
    if status in (429, 503):
        after = response.headers.get("retry-after", "")
        raise Again(f"it answers {status}", float(after) if _WHOLE_SECONDS.fullmatch(after) else 0.0)
    if 300 <= status < 400:
        raise EngineUnavailable(
            "remote_address", f"It answers {status}, elsewhere: correct FASHIONCORE_REMOTE_URL."
        )
    if status in (401, 403):
        raise EngineUnavailable("remote_key", f"It answers {status}: FASHIONCORE_REMOTE_KEY is not accepted.")
    if status == 404:
        raise EngineUnavailable("remote_address", "It answers 404: correct FASHIONCORE_REMOTE_URL.")
    raise EngineUnavailable("remote_answer", f"It answers {status}.")


async def pieces_of(response: httpx.Response, most_bytes: int) -> AsyncIterator[bytes]:
    """The body, piece by piece. Raises EngineUnavailable when it does not end or is packed."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise EngineUnavailable("remote_answer", "Its answer is packed, which was not asked for.")
    got = 0
    async for piece in response.aiter_raw(_CHUNK_BYTES):
        got += len(piece)
        if got > most_bytes:
            raise EngineUnavailable("remote_answer", "Its answer does not end.")
        yield piece


async def body_of(response: httpx.Response, most_bytes: int) -> bytes:
    """The whole body; see `pieces_of`."""
    return b"".join([piece async for piece in pieces_of(response, most_bytes)])


async def lines_of(response: httpx.Response, most_bytes: int) -> AsyncIterator[bytes]:
    """The body, line by line; see `pieces_of`. What has no end of line is no line."""
    rest = b""
    async for piece in pieces_of(response, most_bytes):
        *lines, last = piece.split(b"\n")
        for line in lines:
            yield rest + line
            rest = b""
        rest += last
