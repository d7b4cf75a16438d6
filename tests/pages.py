"""A shop of the tests' own: serves raw answers from 127.0.0.1 and notes what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from catalog.outbound import OutboundClient, OutboundLimits

Write = Callable[[bytes], Awaitable[None]]
Answer = bytes | Callable[[Write], Awaitable[None]]
"""A whole answer with its head, or something that writes one as it likes."""


def answer(
    body: bytes | str, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str
) -> bytes:
    """An HTTP answer; header names are written with _ for -."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def redirect(location: str) -> bytes:
    """An answer that sends the reader elsewhere."""
    return answer("", status="302 Found", Location=location)


@dataclass
class Shop:
    """`port` is where it listens; `asked` holds each request's head."""

    port: int
    answers: Mapping[str, Answer]
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is, without a path."""
        return f"http://127.0.0.1:{self.port}"

    def limits(self, answer_s: float = 5.0) -> OutboundLimits:
        """Those of the program, and this shop's port."""
        return OutboundLimits(
            answer_s=answer_s, ports={"http": frozenset({80, self.port}), "https": frozenset({443})}
        )

    def client(self, answer_s: float = 5.0) -> OutboundClient:
        """A client that may reach this shop besides the public internet."""
        return OutboundClient(self.limits(answer_s), also=(ip_network("127.0.0.1/32"),))


@asynccontextmanager
async def shop(answers: Mapping[str, Answer]) -> AsyncIterator[Shop]:
    """A shop with these answers by path; it is gone at the end of the block."""
    opened = Shop(0, answers)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)

        async def write(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            opened.asked.append(head)
            found = opened.answers.get(head.split()[1].partition("?")[0], answer("", status="404 Not Found"))
            await (write(found) if isinstance(found, bytes) else found(write))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the reader went away, which is what some tests are about
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    opened.port = server.sockets[0].getsockname()[1]
    try:
        yield opened
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
