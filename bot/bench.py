"""`fashioncore bench`: how fast this machine is, measured through the real program on servers of its own.

Every figure is printed with the facts of the machine it was measured on. Nothing here is asserted anywhere.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psycopg2
from PIL import Image as PillowImage
from PIL import ImageOps

from catalog.samples import sample_people, sample_picture, sample_products
from pipeline.engines.registry import engine
from pipeline.types import Category, Image, TryOnRequest, no_progress
from storage.local_servers import LocalServers
from storage.migrate import upgrade

SIZE = (768, 1024)
"""The pixels that published try-on figures are given for."""

VISITORS = 16
MESSAGES_EACH = 40
TRIERS = 6
"""Visitors who try on a page of garments each: enough starts for a steady p50, and none finds a kept result."""

REPLY_S = 60.0
"""Whoever waits longer waits for ever."""

CALM_S = 0.5
"""Pause before a press, so that open pages have looked and nobody works."""


@dataclass(slots=True)
class Report:
    """Rows of (what, figure), in the order they were measured."""

    rows: list[tuple[str, str]] = field(default_factory=list)

    def add(self, what: str, figure: str) -> None:
        """One row, shown at once on standard error since measuring takes minutes."""
        self.rows.append((what, figure))
        sys.stderr.write(f"{what}: {figure}\n")

    def table(self) -> str:
        """The rows as a Markdown table."""
        return "\n".join(
            ["| measure | figure |", "|---|---|", *(f"| {what} | {value} |" for what, value in self.rows)]
        )


def run() -> str:
    """Measure everything; returns the table. Takes two to three minutes on two cores."""
    report = Report()
    report.add("machine", machine())
    _preview(report)
    with tempfile.TemporaryDirectory(prefix="fashioncore-bench-") as folder:
        asyncio.run(_program(report, Path(folder)))
    return report.table()


def machine() -> str:
    """Processor, cores, memory, system and Python."""
    cpu = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cpu}, {cores} cores, {gib:.0f} GiB, Linux {platform.release()}, Python {platform.python_version()}"


# --- the engine alone ---------------------------------------------------------------------------------


def _preview(report: Report) -> None:
    started = time.perf_counter()
    preview = engine("preview")
    preview.load()
    report.add("preview: start, models loaded", f"{time.perf_counter() - started:.2f} s")
    people = [_fitted(sample_picture(reference)) for reference in sample_people()[:4]]
    tops = [_picture(product.picture) for product in sample_products() if product.part == "upper"][:4]
    began = time.perf_counter()
    preview.render(TryOnRequest(people[0], tops[0], category=Category.UPPER), no_progress)
    report.add("preview: first picture of the process", f"{time.perf_counter() - began:.2f} s")
    stages: dict[str, list[float]] = {}
    first: list[float] = []
    following: list[float] = []
    # A new engine has an empty cache: every person is new once, every further garment finds them known.
    preview = engine("preview")
    for person in people:
        for number, top in enumerate(tops):
            began = time.perf_counter()
            result = preview.render(TryOnRequest(person, top, category=Category.UPPER), no_progress)
            (following if number else first).append(time.perf_counter() - began)
            for stage, seconds in result.seconds.items():
                if seconds > 0.005:
                    stages.setdefault(stage, []).append(seconds)
    size = f"{SIZE[0]}x{SIZE[1]}"
    report.add(f"preview {size}: first garment on a new photo, median", f"{statistics.median(first):.2f} s")
    report.add(f"preview {size}: next garment on the same photo, median", f"{statistics.median(following):.2f} s")
    for stage, values in stages.items():
        report.add(f"preview {size}: stage “{stage}” when it runs, median", f"{statistics.median(values):.2f} s")


def _picture(reference: str) -> Image:
    return np.asarray(PillowImage.open(io.BytesIO(sample_picture(reference))).convert("RGB"))


def _fitted(data: bytes) -> Image:
    """The middle of the photo in the benchmark's size."""
    return np.asarray(ImageOps.fit(PillowImage.open(io.BytesIO(data)).convert("RGB"), SIZE))


# --- the whole program --------------------------------------------------------------------------------


async def _program(report: Report, folder: Path) -> None:
    with ExitStack() as stack:
        servers = stack.enter_context(LocalServers(folder / "data"))
        upgrade(servers.database_url)
        environment = {
            **os.environ,
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "FASHIONCORE_DATA": str(folder / "data"),
        }
        port = _free_port()
        stack.enter_context(_child(environment, "bot", "migrate")).wait()
        web = stack.enter_context(_child(environment, "bot", "web", "--port", str(port)))
        worker = stack.enter_context(_child(environment, "workers"))
        await _until_ready(port)
        await _messages(report, port)
        await _starts(report, port, servers.database_url)
        for name, pid in (
            ("web", web.pid),
            ("worker", worker.pid),
            ("PostgreSQL (postmaster)", servers.postgres_pid),
            ("Valkey", servers.valkey_pid),
        ):
            if pid is not None:
                report.add(f"peak memory: {name}", f"{_peak_mib(pid):.0f} MiB")


async def _messages(report: Report, port: int) -> None:
    """Web in, reply out: several visitors write at once, each waits for the answer before writing again."""
    waits: list[float] = []

    async def visit(visitor: _Visitor) -> None:
        await visitor.open()
        for _ in range(MESSAGES_EACH):
            waits.append(await visitor.ask("help"))

    visitors = [_Visitor(port) for _ in range(VISITORS)]
    began = time.perf_counter()
    await asyncio.gather(*(visit(visitor) for visitor in visitors))
    seconds = time.perf_counter() - began
    report.add(f"messages answered a second, {VISITORS} visitors at once", f"{len(waits) / seconds:.0f}")
    report.add("message in, reply on the page", _percentiles(waits))
    alone = _Visitor(port)
    await alone.open()
    report.add("the same, one visitor alone", _percentiles([await alone.ask("help") for _ in range(50)]))
    for visitor in [*visitors, alone]:
        await visitor.close()


async def _starts(report: Report, port: int, database_url: str) -> None:
    """From pressing Try it on to the worker's lease, on an idle machine; both clocks are this machine's."""
    starts: list[float] = []
    totals: list[float] = []
    with closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        for person in sample_people()[:TRIERS]:
            visitor = _Visitor(port)
            await visitor.open()
            await visitor.press("consent:yes")
            await visitor.photo(sample_picture(person))
            await _at_rest(connection)
            await visitor.ask("shirts and jackets")
            cards = visitor.turn
            for number, product in enumerate(cards["products"]):
                await _at_rest(connection)
                pressed = time.time()
                await visitor.press(f"try:{product['id']}", cards)
                started, finished = await _at_rest(connection)
                starts.append(started - pressed)
                if number:
                    totals.append(finished - pressed)
            await visitor.close()
    report.add(f"Try it on to worker start, idle, {len(starts)} starts", _percentiles(starts))
    report.add("Try it on to the finished picture, same photo", _percentiles(totals))


async def _at_rest(connection: psycopg2.extensions.connection) -> tuple[float, float]:
    """Wait until nothing is left to do; returns start and end (Unix time) of the newest job, 0 without one."""
    statement = (
        "SELECT (SELECT count(*) FROM inbox WHERE status = 'pending')"
        " + (SELECT count(*) FROM outbox WHERE status = 'pending')"
        " + (SELECT count(*) FROM jobs WHERE status IN ('queued', 'running')),"
        " (SELECT extract(epoch FROM started_at)::float8 FROM jobs ORDER BY created_at DESC LIMIT 1),"
        " (SELECT extract(epoch FROM finished_at)::float8 FROM jobs ORDER BY created_at DESC LIMIT 1)"
    )
    while True:
        await asyncio.sleep(CALM_S)
        with connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone()
        if row is not None and not row[0]:
            return row[1] or 0.0, row[2] or 0.0


class _Visitor:
    """A browser of the web chat, as far as measuring needs one: one stream stays open, as the page's does."""

    def __init__(self, port: int) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers={"X-Fashioncore": "1"}, timeout=REPLY_S, trust_env=False
        )
        self._turns: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listening: asyncio.Task[None] | None = None
        self.turn: dict[str, Any] = {}
        """The stylist's latest answer."""

    async def open(self) -> None:
        """Load the page of a new visitor and wait for the greeting."""
        snapshot = (await self._client.get("/api/conversation")).raise_for_status().json()
        self._listening = asyncio.create_task(self._listen(snapshot["rev"]))
        if not snapshot["turns"]:
            await self._reply()

    async def ask(self, text: str) -> float:
        """Write, and return the seconds until the answer came over the stream."""
        began = time.perf_counter()
        await self._act(self._client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": text}))
        return time.perf_counter() - began

    async def press(self, action: str, turn: dict[str, Any] | None = None) -> None:
        """Press a button of this turn, or of the latest answer."""
        body = {"id": str(uuid.uuid4()), "turn": (turn or self.turn)["id"], "action": action}
        await self._act(self._client.post("/api/presses", json=body))

    async def photo(self, data: bytes) -> None:
        """Send a photo."""
        await self._act(self._client.post("/api/photos", data={"id": str(uuid.uuid4())}, files={"photo": data}))

    async def close(self) -> None:
        """Close the connections."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        await self._client.aclose()

    async def _act(self, sent: Awaitable[httpx.Response]) -> None:
        # What came meanwhile, a finished picture for instance, answers nothing that is sent now.
        while not self._turns.empty():
            self._turns.get_nowait()
        (await sent).raise_for_status()
        await self._reply()

    async def _reply(self) -> None:
        async with asyncio.timeout(REPLY_S):
            while True:
                self.turn = await self._turns.get()
                if self.turn["author"] == "stylist":
                    return

    async def _listen(self, rev: int) -> None:
        async with self._client.stream("GET", "/api/stream", params={"after": rev}) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:") and '"author"' in line:
                    self._turns.put_nowait(json.loads(line[5:]))


@contextmanager
def _child(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


async def _until_ready(port: int) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)


def _percentiles(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms"


def _peak_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
