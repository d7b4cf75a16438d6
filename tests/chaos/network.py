"""Another host: a network namespace with one cable to ours, over which servers answer, and which can be cut."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from storage.local_servers import LocalServers
from tests.patience import patient
from tests.programs import Program, Stage

T = TypeVar("T")

CABLES = "10.213.0.0/16"
"""Each cable gets four addresses of these, by chance: other tests may have hosts at the same moment."""


def may_make_hosts() -> bool:
    """Whether this machine and this user can have network namespaces."""
    return os.geteuid() == 0 and shutil.which("ip", path=f"{os.environ['PATH']}:/usr/sbin") is not None


@dataclass
class Host:
    """The other host. Its programs reach our servers over TCP."""

    name: str
    cable: str
    environment: dict[str, str]

    def start(self, stage: Stage, *arguments: str, **told: str) -> Program:
        """Start a program of ours there; it shares our disk, as a mounted one would be."""
        enter = ["ip", "netns", "exec", self.name, sys.executable, "-m", *arguments]
        return stage.start(*arguments, command=enter, **{**self.environment, **told})  # type: ignore[arg-type] # words

    def cut(self) -> None:
        """Nothing passes any more, and nobody is told."""
        _ip("link", "set", self.cable, "down")

    def mend(self) -> None:
        """Everything passes again."""
        _ip("link", "set", self.cable, "up")


@contextmanager
def other_host(servers: LocalServers) -> Iterator[Host]:
    """A host until the end of the block."""
    name = f"fc{os.getpid()}"
    cable, end = f"{name}a"[:15], f"{name}b"[:15]
    here, there = map(str, secrets.choice(list(IPv4Network(CABLES).subnets(new_prefix=30))).hosts())
    try:
        _ip("netns", "add", name)
        _ip("link", "add", cable, "type", "veth", "peer", "name", end)
        _ip("link", "set", end, "netns", name)
        _ip("address", "add", f"{here}/30", "dev", cable)
        _ip("link", "set", cable, "up")
        for words in (
            ("link", "set", "lo", "up"),
            ("address", "add", f"{there}/30", "dev", end),
            ("link", "set", end, "up"),
        ):
            _ip("-n", name, *words)
        database, queue = urlsplit(servers.database_url), urlsplit(servers.redis_url)
        folder = unquote(parse_qs(database.query)["host"][0])
        with _forwarded(here, f"{folder}/.s.PGSQL.5432", queue.path) as (database_port, queue_port):
            who = database.netloc.rpartition("@")[0]
            environment = {
                "DATABASE_URL": f"postgresql://{who}@{here}:{database_port}{database.path}",
                "REDIS_URL": f"redis://:{queue.password}@{here}:{queue_port}/0",
            }
            yield Host(name, cable, environment)
    finally:
        with suppress(subprocess.CalledProcessError):
            _ip("link", "delete", cable)
        with suppress(subprocess.CalledProcessError):
            _ip("netns", "delete", name)


def _ip(*words: str) -> None:
    subprocess.run(
        ["ip", *words], check=True, capture_output=True, env={"PATH": f"{os.environ['PATH']}:/usr/sbin"}
    )


@contextmanager
def _forwarded(here: str, *sockets: str) -> Iterator[list[int]]:
    """A port at our end of the cable for each of these Unix sockets."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(patient(30))

    opened = [run(_listen(here, path)) for path in sockets]
    try:
        yield [server.sockets[0].getsockname()[1] for server in opened]
    finally:
        run(_end(opened))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listen(here: str, path: str) -> asyncio.Server:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_unix_connection(path)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pipe(reader, far_writer), _pipe(far_reader, writer))

    return await asyncio.start_server(serve, here, 0)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def _end(servers: Iterable[asyncio.Server]) -> None:
    for server in servers:
        server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
