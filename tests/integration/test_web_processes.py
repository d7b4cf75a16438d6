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

from tests.programs import Browser, Program, Stage, answers, family_of, free_port, stage, until

pytestmark = pytest.mark.timeout(240)

STREAMS = 'fashioncore_http_request_seconds_count{endpoint="/api/stream",method="GET",status="200"}'
TEXTS = 'fashioncore_event_seconds_count{channel="web",kind="text",outcome="done"}'


class Pair:
    """The web chat of two processes."""

    def __init__(self, theatre: Stage) -> None:
        self.theatre, self.port = theatre, free_port()
        # Both ports of the health endpoint are taken, one after the other.
        self.health = next(port for port in iter(free_port, 0) if not answers(port + 1))
        theatre.environment |= {"FASHIONCORE_WEB_PROCESSES": "2", "FASHIONCORE_HEALTH_PORT": str(self.health)}
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
        environments = {
            pid: Path(f"/proc/{pid}/environ").read_text().split("\0")
            for pid in family_of(self.program.process.pid)
            if b"--socket" in Path(f"/proc/{pid}/cmdline").read_bytes()
        }
        return [
            next(pid for pid, told in environments.items() if f"FASHIONCORE_HEALTH_PORT={self.health + n}" in told)
            for n in (0, 1)
        ]


@pytest.fixture
def pair(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Pair]:
    with stage(database_url, redis_url, tmp_path / "stage") as theatre:
        migrated = theatre.start("bot", "migrate")
        assert migrated.process.wait(120) == 0, migrated.output()
        yield Pair(theatre)


def test_what_one_process_answers_the_page_of_another_shows(pair: Pair) -> None:
    reader = Browser(pair.port)
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


def test_one_that_is_killed_takes_nobody_along(pair: Pair) -> None:
    killed, stays = pair.pids()
    os.kill(killed, signal.SIGKILL)
    visitor = Browser(pair.port)
    visitor.wait(lambda turn: bool(turn["choices"]), "the greeting")
    # Another one takes its place, at the same address and the same port for whoever watches.
    pair.wait()
    assert pair.pids()[0] != killed
    assert pair.pids()[1] == stays
    # Whoever comes second to the port is told so.
    second = pair.theatre.start("bot", "web", "--port", str(pair.port))
    assert second.process.wait(60) == 1
    assert f"Port {pair.port} cannot be used" in second.output()
    children = set(pair.pids())
    assert pair.program.stop() == 0, pair.program.output()
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
