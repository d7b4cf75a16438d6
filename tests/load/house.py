"""The real program on servers of its own, and what it costs: processor seconds, functions, statements."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from storage.local_servers import LocalServers
from tests.programs import ROOT, Program, Stage, family_of, free_port, stage, until

TICKS = os.sysconf("SC_CLK_TCK")

STUB = "stub"
"""The engine of these measurements (tests/load/stub.py); no setting of the program knows it."""


@dataclass
class House:
    """The servers, and the programs that run on them."""

    servers: LocalServers
    stage: Stage
    port: int = 0
    web: Program | None = None
    workers: list[Program] = field(default_factory=list)

    def open_web(self, processes: int) -> None:
        """Start the web chat, of so many processes."""
        self.port = free_port()
        self.stage.environment["FASHIONCORE_WEB_PROCESSES"] = str(processes)
        self.web = self.stage.web(self.port)
        until(lambda: len(self.serving()) == processes, 60, self.web.output)

    def serving(self) -> list[int]:
        """The processes that serve it: the one that was started, or its children."""
        assert self.web is not None
        pid = self.web.process.pid
        children = [child for child in family_of(pid) if child != pid and "--socket" in _command(child)]
        return children or [pid]

    def open_workers(self, count: int, seconds: float) -> None:
        """Start workers of the stub engine, which takes so long for each picture."""
        started = [
            self.stage.start("tests.load.stub", FASHIONCORE_ENGINE=STUB, LOAD_STUB_S=str(seconds))
            for _ in range(count)
        ]
        for worker in started:
            until(lambda w=worker: "worker ready" in w.output(), 300, worker.output)  # type: ignore[misc] # a lambda's default
        self.workers += started

    def close_workers(self) -> None:
        """End them all."""
        for worker in self.workers:
            worker.stop()
        self.workers.clear()

    def sql(self, statement: str, values: Any = None) -> list[tuple[Any, ...]]:
        """Rows of a statement, in a transaction of its own."""
        with closing(psycopg2.connect(self.servers.database_url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []

    def pids(self) -> dict[str, list[int]]:
        """Processes by whose they are."""
        postgres, valkey = self.servers.postgres_pid, self.servers.valkey_pid
        found = {
            "web": list(family_of(self.web.process.pid)) if self.web else [],
            "workers": [worker.process.pid for worker in self.workers],
            "PostgreSQL": list(family_of(postgres)) if postgres else [],
            "Valkey": [valkey] if valkey else [],
            "visitors": [os.getpid()],
        }
        return {name: pids for name, pids in found.items() if pids}


@contextmanager
def open_house() -> Iterator[House]:
    """Stocked servers that count their statements, as durable as an operator's; all of it ends with the block."""
    with (
        tempfile.TemporaryDirectory(prefix="fashioncore-load-") as folder,
        LocalServers(Path(folder) / "data") as servers,
    ):
        house = House(servers, Stage({}, Path(folder)))
        house.sql("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
        servers.restart_postgres()
        with stage(servers.database_url, servers.redis_url, Path(folder)) as opened:
            house.stage = opened
            migrated = opened.start("bot", "migrate")
            assert migrated.process.wait(300) == 0, migrated.output()
            house.sql("CREATE EXTENSION pg_stat_statements")
            yield house


# --- what it costs ------------------------------------------------------------------------------------


@dataclass
class Cost:
    """What was spent while something was measured."""

    seconds: float = 0.0
    cpu_s: dict[str, float] = field(default_factory=dict)
    statements: list[tuple[str, int, float]] = field(default_factory=list)
    """(statement, calls, milliseconds in the server), the dearest first."""
    functions: dict[str, float] = field(default_factory=dict)
    """Share of the samples of the first watched process, by function."""
    load: float = 0.0

    def cpu(self, each: int) -> str:
        """Processor time of each process for one of so many things."""
        return ", ".join(f"{name} {1000 * spent / each:.1f} ms" for name, spent in self.cpu_s.items())

    def cores(self) -> str:
        """How many cores each kept busy."""
        return ", ".join(f"{name} {spent / self.seconds:.2f}" for name, spent in self.cpu_s.items())

    def calls(self) -> int:
        """How many statements there were, BEGIN and COMMIT too."""
        return sum(calls for _, calls, _ in self.statements)


@contextmanager
def costing(house: House, profiled: Sequence[int] = ()) -> Iterator[Cost]:
    """Count what everything spends in the block. With `profiled` py-spy looks at the first of these processes."""
    cost = Cost()
    house.sql("SELECT pg_stat_statements_reset()")
    with tempfile.TemporaryDirectory(prefix="fashioncore-spy-") as folder:
        raw = Path(folder) / "samples"
        spy = _spy(profiled[0], raw) if profiled else None
        before, began = _used(house), time.monotonic()
        yield cost
        cost.seconds = time.monotonic() - began
        after = _used(house)
        cost.load = os.getloadavg()[0]
        if spy is not None:
            spy.send_signal(signal.SIGINT)
            spy.wait()
            # Where it may not look (no ptrace in a container) it wrote nothing.
            cost.functions = _functions(raw.read_text()) if raw.exists() else {}
    cost.cpu_s = {name: after[name] - before.get(name, 0.0) for name in after}
    rows = house.sql(
        "SELECT query, calls, total_exec_time FROM pg_stat_statements WHERE dbid ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND query NOT LIKE '%%pg_stat_statements%%' ORDER BY total_exec_time DESC"
    )
    cost.statements = [(query, calls, spent) for query, calls, spent in rows]


def _used(house: House) -> dict[str, float]:
    return {name: sum(map(_cpu_s, pids)) for name, pids in house.pids().items()}


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def resident_mib(pid: int) -> float:
    """Memory of the process that is in RAM."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _spy(pid: int, raw: Path) -> subprocess.Popen[bytes] | None:
    """py-spy, which is among requirements/dev.txt, where it is installed: what holds the interpreter counts."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which("py-spy", path=beside)
    if program is None:
        return None
    options = ["--nonblocking", "--gil", "--rate", "50", "--duration", "unlimited", "--format", "raw"]
    command = [program, "record", "--pid", str(pid), *options, "--output", str(raw)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


_FRAME = re.compile(r"^(?P<name>.+) \((?P<file>.+?)(:\d+)?\)$")


def _functions(raw: str) -> dict[str, float]:
    """Share of the samples in which a function is on the stack, by name and file."""
    found: Counter[str] = Counter()
    total = 0
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        total += int(count)
        frames = {f"{m['name']} ({_short(m['file'])})" for f in stack.split(";") if (m := _FRAME.match(f))}
        found.update(dict.fromkeys(frames, int(count)))
    return {name: count / total for name, count in found.most_common()} if total else {}


def _short(file: str) -> str:
    return file.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
