"""Visitors of the web chat who cost little themselves: many share one process with each other."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from types import TracebackType
from typing import Any, Self

import aiohttp

PATIENCE_S = 60.0
"""Whoever waits longer waits for ever."""


class Visitor:
    """One browser with one open page."""

    def __init__(self, port: int) -> None:
        self._home = f"http://127.0.0.1:{port}"
        self._client = aiohttp.ClientSession(
            self._home,
            headers={"X-Fashioncore": "1"},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=PATIENCE_S),
            connector=aiohttp.TCPConnector(limit=0),
            # Not "unsafe": it keeps cookies of an address without a name, too.
            cookie_jar=aiohttp.CookieJar(unsafe=True),
        )
        self._turns: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        await self._client.close()

    async def open(self) -> float:
        """Load the page of a new visitor; the seconds until the greeting is there."""
        began = time.perf_counter()
        async with self._client.get("/api/conversation") as answer:
            answer.raise_for_status()
            snapshot = await answer.json()
        self._listening = asyncio.create_task(self._listen(snapshot["rev"]))
        if not snapshot["turns"]:
            await self._reply()
        return time.perf_counter() - began

    async def ask(self, text: str) -> float:
        """Write, and return the seconds until the answer came over the stream."""
        return await self._act("/api/messages", {"id": str(uuid.uuid4()), "text": text})

    async def _act(self, path: str, body: dict[str, Any]) -> float:
        while not self._turns.empty():
            self._turns.get_nowait()
        began = time.perf_counter()
        async with self._client.post(path, json=body) as answer:
            answer.raise_for_status()
        await self._reply()
        return time.perf_counter() - began

    async def _reply(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while (await self._turns.get())["author"] != "stylist":
                pass

    async def _listen(self, rev: int) -> None:
        async with self._client.get("/api/stream", params={"after": rev}) as stream:
            stream.raise_for_status()
            async for line in stream.content:
                if line.startswith(b"data:") and b'"author"' in line:
                    self._turns.put_nowait(json.loads(line[5:]))
