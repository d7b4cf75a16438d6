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
from collections.abc import Awaitable, Callable, Iterator
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
TRY_ONS = 12


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
    people = [_fitted(sample_picture(reference)) for reference in sample_people()[:4]]
    tops = [_picture(product.picture) for product in sample_products() if product.part == "upper"][:4]
    preview.render(TryOnRequest(people[0], tops[0], category=Category.UPPER), no_progress)
    report.add("preview: start, models and first picture", f"{time.perf_counter() - started:.2f} s")
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
    visitor = _Visitor(port)
    await visitor.open()
    await visitor.press("consent:yes")
    await visitor.photo(sample_picture(sample_people()[0]))
    tops = [product.id for product in sample_products() if product.part == "upper"]
    starts: list[float] = []
    totals: list[float] = []
    for number in range(TRY_ONS):
        pressed = time.time()
        await visitor.press(f"try:{tops[number % len(tops)]}")
        started, finished = await _ended(database_url, number + 1)
        if started is not None and number < len(tops):
            starts.append(started - pressed)
            totals.append(finished - pressed)
    report.add("Try it on to worker start, idle", _percentiles(starts))
    report.add("Try it on to the finished picture, same photo", _percentiles(totals))
    await visitor.close()


async def _ended(database_url: str, count: int) -> tuple[float | None, float]:
    """Start and end (Unix time) of the newest job once `count` jobs are over; start None when it was reused."""
    statement = (
        "SELECT extract(epoch FROM started_at)::float8, extract(epoch FROM finished_at)::float8,"
        " (SELECT count(*) FROM jobs WHERE finished_at IS NOT NULL) FROM jobs ORDER BY created_at DESC LIMIT 1"
    )
    while True:
        with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone()
        if row is not None and row[2] >= count and row[1] is not None:
            return row[0], row[1]
        await asyncio.sleep(0.05)


class _Visitor:
    """A browser of the web chat, as far as measuring needs one."""

    def __init__(self, port: int) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers={"X-Fashioncore": "1"}, timeout=60, trust_env=False
        )
        self._rev = 0
        self._turn = ""

    async def open(self) -> None:
        """Load the page and wait for the greeting."""
        snapshot = (await self._client.get("/api/conversation")).raise_for_status().json()
        self._rev = snapshot["rev"]
        if not snapshot["turns"]:
            await self._reply(lambda turn: turn["author"] == "stylist")

    async def ask(self, text: str) -> float:
        """Write, and return the seconds until the answer came over the stream."""
        began = time.perf_counter()
        await self._act(lambda: self._client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": text}))
        return time.perf_counter() - began

    async def press(self, action: str) -> None:
        """Press a button of the latest message."""
        body = {"id": str(uuid.uuid4()), "turn": self._turn, "action": action}
        await self._act(lambda: self._client.post("/api/presses", json=body))

    async def photo(self, data: bytes) -> None:
        """Send a photo."""
        await self._act(
            lambda: self._client.post("/api/photos", data={"id": str(uuid.uuid4())}, files={"photo": data})
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _act(self, send: Callable[[], Awaitable[httpx.Response]]) -> None:
        (await send()).raise_for_status()
        await self._reply(lambda turn: turn["author"] == "stylist")

    async def _reply(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        url = "/api/stream"
        async with self._client.stream("GET", url, params={"after": self._rev}) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:") and '"author"' in line:
                    turn = json.loads(line[5:])
                    self._rev = turn["rev"]
                    if wanted(turn):
                        self._turn = turn["id"]
                        return


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
