"""Starts the real processes for tests and talks to the web chat as a browser would."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import httpx

from tests.patience import patient
from tests.servers import stock_media

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port that nobody listens on, below those that the kernel gives to connections: none takes it meanwhile.

    By chance out of many, and not by the seed of the run, which tests at the same time share.
    """
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def family_of(pid: int) -> dict[int, str]:
    """The process and all below it: pid to name. Found by parent, since some run in sessions of their own."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = stat.read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        number, _, name = head.partition(" (")
        parents[int(number)] = int(tail.split()[1])
        names[int(number)] = name
    family = {pid}
    while grown := {child for child, parent in parents.items() if parent in family} - family:
        family |= grown
    return {member: names.get(member, "?") for member in family}


@dataclass
class Program:
    """A child process whose output is kept for the failure message."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self, timeout_s: float = 30) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended(timeout_s)

    def ended(self, timeout_s: float) -> int:
        """The exit code, once it has ended by itself."""
        return self.process.wait(patient(timeout_s))

    def output(self) -> str:
        """Everything it printed."""
        return self.log.read_text(errors="replace")


@dataclass
class Stage:
    """Where the programs of one test run: their environment and their logs."""

    environment: dict[str, str]
    folder: Path
    programs: list[Program] = field(default_factory=list)
    visitors: list[Browser] = field(default_factory=list)

    def visit(self, port: int) -> Browser:
        """A new visitor of the web chat."""
        self.visitors.append(Browser(port))
        return self.visitors[-1]

    def start(
        self, *arguments: str, root: Path = ROOT, command: Sequence[str] | None = None, **told: str
    ) -> Program:
        """`python -m ARGUMENTS`, of the program at `root`, with what is told in its environment; or another
        `command` that starts it.
        """
        log = self.folder / f"{len(self.programs)}-{arguments[0]}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command or [sys.executable, "-m", *arguments],
                cwd=root,
                env={
                    **os.environ,
                    **self.environment,
                    **({} if root == ROOT else {"PYTHONPATH": str(root)}),
                    **told,
                },
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        program = Program(process, log)
        self.programs.append(program)
        return program

    def worker(self, root: Path = ROOT, **told: str) -> Program:
        """A worker process."""
        return self.start("workers", root=root, **told)

    def web(self, port: int, root: Path = ROOT) -> Program:
        """The web chat, once it answers."""
        program = self.start("bot", "web", "--port", str(port), root=root)
        until(lambda: answers(port), 60, lambda: f"the web chat did not start:\n{program.output()}")
        return program

    def close(self) -> None:
        """Kill what still runs."""
        for visitor in self.visitors:
            visitor.client.close()
        for program in self.programs:
            if program.process.poll() is None:
                program.kill()


@contextmanager
def stage(database_url: str, redis_url: str, folder: Path, stocked_data: Path | None = None) -> Iterator[Stage]:
    """A stage whose programs end with the block; with the pictures of a stocked database, when it is one."""
    folder.mkdir(parents=True, exist_ok=True)
    if stocked_data is not None:
        stock_media(stocked_data, folder / "data")
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "FASHIONCORE_DATA": str(folder / "data"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "PYTHONUNBUFFERED": "1",
    }
    opened = Stage(environment, folder)
    try:
        yield opened
    finally:
        opened.close()


def until(
    condition: Callable[[], Any], timeout_s: float, failure: Callable[[], str] | str, every_s: float = 0.05
) -> Any:
    """What `condition` returns once it is true; fails with the reason after the time (tests/patience.py)."""
    deadline = time.monotonic() + patient(timeout_s)
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(failure if isinstance(failure, str) else failure())
        time.sleep(every_s)


def answers(port: int, path: str = "/readyz") -> bool:
    """Whether the web chat on this port, or whatever else says 200 at this path, is ready."""
    # Not httpx: each of its calls reads all certificates of the machine first, and this is asked again and again.
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


class Browser:
    """One visitor of the web chat: sends, and sees turns the way the page does."""

    def __init__(self, port: int) -> None:
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"X-Fashioncore": "1"},
            timeout=patient(30),
            trust_env=False,
        )
        self.turns: dict[str, dict[str, Any]] = {}
        self.seen: list[tuple[int, str]] = []
        """(rev, turn id) of every turn event, in order: a repeat or a gap would show."""
        self.jobs: list[dict[str, Any]] = []
        self.rev = 0
        self.open()

    def move(self, port: int) -> None:
        """Another server answers at the same address, and the page is loaded again."""
        self.client.base_url = httpx.URL(f"http://127.0.0.1:{port}")
        self.open()

    def open(self) -> None:
        """Load the page: the conversation as it stands."""
        snapshot = self.client.get("/api/conversation").raise_for_status().json()
        self.conversation = snapshot["conversation"]
        self.turns = {turn["id"]: turn for turn in snapshot["turns"]}
        self.rev = snapshot["rev"]

    def say(self, text: str, event_id: str | None = None) -> str:
        """Write; returns the event's id."""
        return self._post("/api/messages", {"text": text}, event_id)

    def press(self, turn: dict[str, Any], action: str, event_id: str | None = None) -> str:
        """Press a button of a turn."""
        return self._post("/api/presses", {"turn": turn["id"], "action": action}, event_id)

    def photo(self, data: bytes, event_id: str | None = None) -> str:
        """Send a picture."""
        event = event_id or str(uuid.uuid4())
        answer = self.client.post("/api/photos", data={"id": event}, files={"photo": ("photo.jpg", data)})
        assert answer.status_code == 202, answer.text
        return event

    def _post(self, path: str, body: dict[str, Any], event_id: str | None) -> str:
        event = event_id or str(uuid.uuid4())
        answer = self.client.post(path, json={"id": event, **body})
        assert answer.status_code == 202, answer.text
        return event

    def wait(
        self, condition: Callable[[dict[str, Any]], bool], what: str, timeout_s: float = 30
    ) -> dict[str, Any]:
        """The newest turn that meets the condition, now or when it comes over the stream."""
        deadline = time.monotonic() + patient(timeout_s)
        while True:
            for turn in sorted(self.turns.values(), key=lambda turn: -turn["rev"]):
                if condition(turn):
                    return turn
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} did not come; the conversation:\n{self.transcript()}")
            self._listen(deadline)

    def _listen(self, deadline: float) -> None:
        """Read the stream until the next turn (or the deadline), as a page does after each reconnect."""
        try:
            with self.client.stream("GET", "/api/stream", params={"after": self.rev}, timeout=2.0) as stream:
                event = ""
                for line in stream.iter_lines():
                    if line.startswith("event:"):
                        event = line[6:].strip()
                    elif line.startswith("data:") and event == "job":
                        self.jobs.append(json.loads(line[5:]))
                    elif line.startswith("data:") and event == "turn":
                        self._take(json.loads(line[5:]))
                        return
                    elif line.startswith("data:") and event == "gone":
                        self.open()
                        return
                    if time.monotonic() > deadline:
                        return
        except httpx.TransportError:
            # The server restarts: come back, as the page does.
            threading.Event().wait(0.1)

    def _take(self, turn: dict[str, Any]) -> None:
        self.turns[turn["id"]] = turn
        self.seen.append((turn["rev"], turn["id"]))
        self.rev = turn["rev"]

    def transcript(self) -> str:
        """The conversation in words, for failure messages."""
        turns = sorted(self.turns.values(), key=lambda turn: turn["seq"])
        return "\n".join(
            f"{t['seq']:3} {t['author']:8} {t['text'][:100]!r} {[c['action'] for c in t['choices']]}"
            f" products={len(t['products'])} pictures={[p['role'] for p in t['pictures']]} job={t['job']}"
            for t in turns
        )

    def results(self) -> list[dict[str, Any]]:
        """Turns that show a try-on's result."""
        return [t for t in self.turns.values() if any(p["role"] == "result" for p in t["pictures"])]
