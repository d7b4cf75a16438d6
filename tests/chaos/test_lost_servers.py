"""Workers, Valkey and PostgreSQL die at the worst moment; nothing is lost and nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis

from catalog.samples import sample_products
from storage.local_servers import LocalServers
from tests.chaos.database import query
from tests.chaos.network import may_make_hosts, other_host
from tests.chaos.town import STUB
from tests.programs import Browser, Program, Stage, family_of, stage, until
from tests.samples import sample_person

pytestmark = pytest.mark.timeout(600)


def _ready_to_try(theatre: Stage, port: int) -> tuple[Browser, dict[str, Any], list[str]]:
    """A visitor who agreed, sent a photo and sees tops; with the actions that try them on."""
    browser = theatre.visit(port)
    consent = browser.wait(lambda t: any(c["action"] == "consent:yes" for c in t["choices"]), "the greeting")
    browser.press(consent, "consent:yes")
    browser.photo(sample_person().read_bytes())
    browser.wait(lambda t: "ready" in t["text"] and t["author"] == "stylist", "the photo's answer", 60)
    browser.say("shirt")
    found = browser.wait(lambda t: bool(t["products"]), "product cards")
    return browser, found, [f"try:{product.id}" for product in sample_products() if product.part == "upper"]


def test_a_worker_killed_in_the_middle_costs_nobody_their_picture(theatre: Stage, port: int) -> None:
    theatre.web(port)
    workers = {program.process.pid: program for program in (theatre.worker(), theatre.worker())}
    url = theatre.environment["DATABASE_URL"]
    browser, found, tries = _ready_to_try(theatre, port)
    browser.press(found, tries[0])
    rows = until(
        lambda: query(url, "SELECT lease_owner FROM jobs WHERE status = 'running' AND stage <> ''"),
        60,
        "no worker began",
        0.01,
    )
    workers[int(rows[0][0].rpartition(":")[2])].kill()
    browser.wait(lambda _: bool(browser.results()), "the picture from the other worker", 120)
    assert query(url, "SELECT attempts FROM jobs") == [(2,)], "the job was in the dead worker's hands"
    assert query(url, "SELECT count(*) FROM inbox WHERE kind = 'job_ended'") == [(1,)]
    assert len(browser.results()) == 1


def test_valkey_flushed_and_restarted_with_twenty_jobs_waiting(
    theatre: Stage, own_servers: LocalServers, port: int
) -> None:
    theatre.web(port)
    url = theatre.environment["DATABASE_URL"]
    asked = []
    for _ in range(5):
        browser, found, tries = _ready_to_try(theatre, port)
        for action in tries[:4]:
            browser.press(found, action)
        asked.append(browser)
    until(
        lambda: query(url, "SELECT count(*) FROM jobs WHERE status = 'queued'") == [(20,)], 30, "20 jobs must wait"
    )
    with redis.Redis.from_url(own_servers.redis_url) as valkey:
        valkey.flushall()
    own_servers.restart_valkey(crash=True)
    theatre.worker()
    until(
        lambda: query(url, "SELECT count(*) FROM jobs WHERE status IN ('queued', 'running')") == [(0,)],
        300,
        "jobs were left",
        0.5,
    )
    assert query(url, "SELECT count(*), count(DISTINCT event_id) FROM inbox WHERE kind = 'job_ended'") == [
        (20, 20)
    ]
    until(lambda: not query(url, "SELECT 1 FROM inbox WHERE status = 'pending'"), 30, "an end was not told")
    for browser in asked:
        browser.open()
        ended = [t for t in browser.turns.values() if t["author"] == "stylist" and t["job"]]
        assert ended == [], browser.transcript()


def test_postgresql_restarted_under_load_loses_no_event(
    theatre: Stage, own_servers: LocalServers, port: int
) -> None:
    theatre.web(port)
    url = theatre.environment["DATABASE_URL"]
    visitors = [theatre.visit(port) for _ in range(6)]
    for visitor in visitors:
        visitor.wait(lambda turn: turn["author"] == "stylist", "the greeting")
    each, restarted = 30, threading.Event()

    def talk(visitor: Browser) -> None:
        for number in range(each):
            event = str(uuid.uuid4())
            until(partial(_accepted, visitor, f"help {number}", event), 60, "not accepted")
            if number == each // 3:
                restarted.wait(60)

    with ThreadPoolExecutor(7) as pool:
        talking = [pool.submit(talk, visitor) for visitor in visitors]
        own_servers.restart_postgres(crash=True)
        restarted.set()
        for done in talking:
            done.result()
    until(lambda: not query(url, "SELECT 1 FROM inbox WHERE status = 'pending'"), 60, "an event was never handled")
    assert query(url, "SELECT count(*) FROM inbox WHERE status = 'failed'") == [(0,)]
    for visitor in visitors:
        visitor.open()
        said = [t for t in visitor.turns.values() if t["author"] == "person"]
        answers = [t for t in visitor.turns.values() if t["author"] == "stylist"]
        assert sorted(t["text"] for t in said) == sorted(f"help {n}" for n in range(each))
        assert len(answers) == each + 1, visitor.transcript()


def _accepted(visitor: Browser, text: str, event: str) -> bool:
    try:
        answer = visitor.client.post("/api/messages", json={"id": event, "text": text})
    except httpx.TransportError:
        return False
    assert answer.status_code in {202, 429, 503}, answer.text
    return answer.status_code == 202


def test_the_same_event_fifty_times_at_once_gets_one_reply(theatre: Stage, port: int) -> None:
    theatre.web(port)
    visitor = theatre.visit(port)
    visitor.wait(lambda turn: turn["author"] == "stylist", "the greeting")
    event = str(uuid.uuid4())
    with ThreadPoolExecutor(50) as pool:
        assert all(pool.map(lambda _: _accepted(visitor, "help", event), range(50)))
    visitor.wait(lambda turn: turn["event"] == event, "the turn")
    visitor.say("help again")
    visitor.wait(lambda turn: turn["text"] == "help again", "the next turn")
    url = theatre.environment["DATABASE_URL"]
    until(lambda: not query(url, "SELECT 1 FROM inbox WHERE status = 'pending'"), 30, "not handled")
    visitor.open()
    assert sum(turn["author"] == "person" for turn in visitor.turns.values()) == 2
    assert sum(turn["author"] == "stylist" for turn in visitor.turns.values()) == 3


def test_up_starts_its_own_servers_again_when_they_die(stocked_data: Path, tmp_path: Path, port: int) -> None:
    data = tmp_path / "own"
    subprocess.run(["cp", "-a", stocked_data, data], check=True)
    with stage("", "", tmp_path / "stage") as theatre:
        theatre.environment |= {
            "DATABASE_URL": "", "REDIS_URL": "", "FASHIONCORE_DATA": str(data),
            "PYTHONPATH": f"{STUB}:{theatre.environment['PYTHONPATH']}",
        }  # fmt: skip
        program = theatre.start("bot", "up", "--port", str(port))
        until(lambda: "Open  http" in program.output(), 90, program.output)
        visitor = theatre.visit(port)
        visitor.wait(lambda turn: turn["author"] == "stylist", "the greeting")
        for pid, name in family_of(program.process.pid).items():
            if name == "valkey-server" or (name == "postgres" and _parent_of(pid) == program.process.pid):
                os.kill(pid, signal.SIGKILL)
        for name in ("PostgreSQL", "Valkey"):
            until(partial(_says, program, f"{name}: it had ended and is started again"), 60, program.output)
        event = str(uuid.uuid4())
        until(partial(_accepted, visitor, "help", event), 60, program.output)
        visitor.wait(lambda turn: "Here is what I do" in turn["text"], "the answer", 60)
        assert program.stop() == 0, program.output()


def _says(program: Program, words: str) -> bool:
    return words in program.output()


def _parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.skipif(not may_make_hosts(), reason="network namespaces need root and iproute2")
def test_a_worker_behind_a_cut_cable_is_replaced_and_comes_back(
    theatre: Stage, own_servers: LocalServers, port: int
) -> None:
    theatre.environment["PYTHONPATH"] = f"{STUB}:{theatre.environment['PYTHONPATH']}"
    url = theatre.environment["DATABASE_URL"]
    theatre.web(port)
    browser, found, tries = _ready_to_try(theatre, port)
    begun = "SELECT 1 FROM jobs WHERE status = 'running' AND stage <> '' AND attempts = %s"
    with other_host(own_servers) as host:
        far = host.start(theatre, "workers", CHAOS_STEP_S="1.5")
        until(lambda: "worker ready" in far.output(), 60, far.output)
        browser.press(found, tries[0])
        until(lambda: query(url, begun, 1), 60, far.output)
        host.cut()
        near = theatre.worker()
        browser.wait(lambda _: bool(browser.results()), "the picture of the worker that is here", 90)
        near.stop()
        host.mend()
        until(lambda: "was taken over by another worker" in far.output(), 90, far.output)
        browser.press(found, tries[1])
        browser.wait(lambda _: len(browser.results()) == 2, "the picture of the worker that came back", 90)
        theatre.close()
    assert query(url, "SELECT status, attempts FROM jobs ORDER BY created_at") == [("done", 2), ("done", 1)]
    assert query(url, "SELECT count(*) FROM inbox WHERE kind = 'job_ended'") == [(2,)]
