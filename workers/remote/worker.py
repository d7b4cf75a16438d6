"""A worker of fashionCORE elsewhere: `worker --serve` (workers/remote/serve.py) is its other side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

import httpx
from pydantic import BaseModel, SecretStr, ValidationError

from pipeline.errors import EngineUnavailable
from pipeline.types import TryOnRequest, TryOnResult
from storage.remote_settings import REMOTE
from workers.remote.engine import Tell
from workers.remote.http import Broken, Caller, body_of, check_status, lines_of, own_errors
from workers.remote.signing import authorization
from workers.remote.wire import (
    HELLO_PATH,
    MAX_BODY_BYTES,
    RENDER_PATH,
    WireError,
    WireHello,
    WireLine,
    error_of,
    question,
    result_of,
    unpacked,
)

M = TypeVar("M", bound=BaseModel)


class FarWorker:
    """See `workers.remote.engine.Far`."""

    def __init__(self, caller: Caller, key: SecretStr) -> None:
        self._caller = caller
        self._key = key

    async def hello(self) -> str:
        """See Far."""

        async def ask() -> WireHello:
            async with self._answer("GET", HELLO_PATH) as response:
                return _read(WireHello, await body_of(response, 64 * 1024))

        said = await self._caller.patiently(ask, repeatable=True)
        return f"a worker of fashionCORE with the engine {said.engine}, version {said.version}"

    async def dress(self, request: TryOnRequest, tell: Tell) -> TryOnResult:
        """See Far."""
        body = question(request)

        async def draw() -> TryOnResult:
            async with self._answer("POST", RENDER_PATH, body) as response:
                return await _followed(response, request, tell)

        # Nobody pays for a picture that is drawn twice, and nothing of the first is kept there.
        return await self._caller.patiently(draw, repeatable=True)

    @asynccontextmanager
    async def _answer(self, method: str, path: str, body: bytes = b"") -> AsyncIterator[httpx.Response]:
        signed = authorization(self._key.get_secret_value(), f"{method} {path}", body)
        headers = {"Authorization": signed, **({"Content-Type": "application/json"} if body else {})}
        async with (
            own_errors(),
            self._caller.client() as client,
            client.stream(method, self._caller.url + path, content=body, headers=headers) as response,
        ):
            if response.status_code == 401:
                said = (await body_of(response, 1000)).decode("ascii", "replace")
                raise EngineUnavailable("remote_key", f"It turns us away: {said}.")
            check_status(response, 200)
            yield response


async def _followed(response: httpx.Response, request: TryOnRequest, tell: Tell) -> TryOnResult:
    """Pass progress on until the result is there."""
    async for text in lines_of(response, MAX_BODY_BYTES):
        line = _read(WireLine, text)
        if line.refusal is not None:
            raise error_of(line.refusal)
        if line.result is not None:
            return result_of(line.result, request.person, REMOTE)
        if line.stage is not None:
            tell(line.stage, line.fraction, None if line.sketch is None else unpacked(line.sketch))
    raise Broken("its answer ended before its end")


def _read(kind: type[M], text: bytes) -> M:
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        raise WireError(f"no {kind.__name__}") from error
