"""Several processes of the web chat share one address: whoever has time answers, and every page hears of it."""

from __future__ import annotations

import os
import re
import signal
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.programs import Program, Stage, answers, family_of, free_port, stage, until

pytestmark = pytest.mark.timeout(240)

HEALTH_PORT = "FASHIONCORE_HEALTH_PORT"
STREAMS = 'fashioncore_http_request_seconds_count{endpoint="/api/stream",method="GET",status="200"}'
TEXTS = 'fashioncore_event_seconds_count{channel="web",kind="text",outcome="done"}'


class Pair:
    """The web chat of two processes."""

    def __init__(self, theatre: Stage) -> None:
        self.theatre, self.port = theatre, free_port()
        # The second one has the port after it.
        self.health = free_port()
        theatre.environment |= {"FASHIONCORE_WEB_PROCESSES": "2", HEALTH_PORT: str(self.health)}
        self.program: Program = theatre.start("bot", "web", "--port", str(self.port))
        self.wait()

    def wait(self) -> None:
        """Until both are ready."""
        for number in (0, 1):
            until(lambda number=number: answers(self.health + number), 90, self.program.output)  # type: ignore[misc] # a lambda's default

    def counted(self, number: int, metric: str) -> float:
        """What one of them counted."""
        told = httpx.get(f"http://127.0.0.1:{self.health + number}/metrics", trust_env=False).text
        found = re.search(rf"^{re.escape(metric)} (\S+)$", told, re.MULTILINE)
        return 0.0 if found is None else float(found[1])

    def pids(self) -> list[int]:
        """By number."""
        return [
            next(
                pid
                for pid in family_of(self.program.process.pid)
                if "--socket" in _proc(pid, "cmdline")
                and f"FASHIONCORE_HEALTH_PORT={port}" in _proc(pid, "environ")
            )
            for port in (self.health, self.health + 1)
        ]


def _proc(pid: int, what: str) -> list[str]:
    """Its arguments or its environment; nothing of one that ended meanwhile."""
    try:
        return Path(f"/proc/{pid}/{what}").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


@pytest.fixture
def pair(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Pair]:
    with stage(database_url, redis_url, tmp_path / "stage") as theatre:
        migrated = theatre.start("bot", "migrate")
        assert migrated.process.wait(120) == 0, migrated.output()
        yield Pair(theatre)


def test_two_processes_are_one_chat(pair: Pair) -> None:
    """What one answers the page of the other shows, and whoever is killed takes nobody along."""
    reader = pair.theatre.visit(pair.port)
    reader.wait(lambda turn: bool(turn["choices"]), "the greeting")
    before = [pair.counted(number, STREAMS) for number in (0, 1)]
    with reader.client.stream("GET", "/api/stream", params={"after": reader.rev}, timeout=30) as page:
        here = next(number for number in (0, 1) if pair.counted(number, STREAMS) > before[number])
        paused = pair.pids()[here]
        os.kill(paused, signal.SIGSTOP)
        try:
            # A connection of its own, which only the other one can take.
            with httpx.Client(
                base_url=reader.client.base_url, headers=reader.client.headers, cookies=reader.client.cookies
            ) as writer:
                said = writer.post("/api/messages", json={"id": str(uuid.uuid4()), "text": "help"})
            assert said.status_code == 202, said.text
            until(lambda: pair.counted(1 - here, TEXTS) == 1, 30, pair.program.output)
        finally:
            os.kill(paused, signal.SIGCONT)
        assert any(line.startswith("data:") and '"stylist"' in line for line in page.iter_lines())
        assert pair.counted(here, TEXTS) == 0

    killed, stays = pair.pids()
    os.kill(killed, signal.SIGKILL)
    other = pair.theatre.visit(pair.port)
    other.wait(lambda turn: bool(turn["choices"]), "the greeting by the one that is left")
    # Another one takes its place, at the same address and at the same port for whoever watches.
    pair.wait()
    new, stayed = pair.pids()
    assert new != killed
    assert stayed == stays

    second = pair.theatre.start("bot", "web", "--port", str(pair.port))
    assert second.process.wait(60) == 1
    assert f"Port {pair.port} cannot be used" in second.output()
    assert pair.program.stop() == 0, pair.program.output()
    assert not any(Path(f"/proc/{pid}").exists() for pid in (new, stayed))
