"""The sandbox with children that misbehave in every way we could think of. Real processes, real signals."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.sandbox import (
    JobDiedError,
    JobRefusedByChildError,
    JobTimeoutError,
    Sandbox,
    SandboxBrokenError,
    SandboxBusyError,
    SandboxError,
    SandboxLimits,
)

REPOSITORY = Path(__file__).resolve().parents[2]
LIMITS = SandboxLimits(memory_bytes=512 << 20, cpu_s=30, wall_s=30.0, queue_s=30.0, output_bytes=8 << 20)
DEADLINE_S = 30.0


@contextmanager
def sandbox(job: str, limits: SandboxLimits = LIMITS, *, workers: int = 1, spares: int = 1) -> Iterator[Sandbox]:
    with Sandbox(f"tests.integration.hostile_jobs:{job}", limits, workers=workers, spares=spares) as box:
        yield box


def wait_until_gone(pid: int) -> None:
    """Block until the process has ended; fail when it does not."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        watch = select.poll()
        watch.register(descriptor, select.POLLIN)
        assert watch.poll(DEADLINE_S * 1000), f"process {pid} is still there"
    finally:
        os.close(descriptor)


class Background:
    """A job in a thread of its own; it has its child when the constructor returns."""

    def __init__(self, box: Sandbox) -> None:
        self.error: SandboxError | None = None
        before = box.idle_pids()
        self._thread = threading.Thread(target=self._work, args=(box,))
        self._thread.start()
        while box.idle_pids() == before:
            os.sched_yield()

    def _work(self, box: Sandbox) -> None:
        try:
            box.run({}, b"")
        except SandboxError as error:
            self.error = error

    def join(self) -> None:
        self._thread.join(DEADLINE_S)
        assert not self._thread.is_alive()


def test_a_job_answers_with_what_it_was_given() -> None:
    payload = os.urandom(5 << 20)  # many times what a pipe holds, both ways
    with sandbox("echo") as box:
        assert box.run({"number": 7, "text": "ä"}, payload) == ({"number": 7, "text": "ä"}, payload)


def test_no_child_sees_two_jobs() -> None:
    with sandbox("facts", spares=2) as box:
        pids = [box.run({}, b"")[0]["pid"] for _ in range(4)]
    assert len(set(pids)) == 4


def test_a_child_gets_no_secret_and_leaves_no_core_dump(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345:secret")
    with sandbox("facts") as box:
        said, _ = box.run({}, b"")
    environment = said["environment"]
    assert isinstance(environment, list)
    assert set(environment) <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "LD_LIBRARY_PATH"}
    assert said["core"] == 0


def test_a_child_can_open_nothing_and_inherits_nothing() -> None:
    with Path(__file__).open("rb") as ours:
        os.set_inheritable(ours.fileno(), True)
        with sandbox("open_things") as box:
            said, _ = box.run({}, b"")
    assert said["opened"] == []


def test_a_refusal_arrives_with_its_code() -> None:
    with sandbox("refuse") as box, pytest.raises(JobRefusedByChildError) as caught:
        box.run({}, b"")
    assert caught.value.code == "nope"


def test_a_job_that_takes_all_memory_is_told_no() -> None:
    with sandbox("eat_memory") as box, pytest.raises(JobRefusedByChildError) as caught:
        box.run({}, b"")
    assert caught.value.code == "out_of_memory"


def test_a_job_that_hangs_ends_at_its_deadline() -> None:
    started = time.monotonic()
    with sandbox("wait_for_ever", replace(LIMITS, wall_s=1.0)) as box, pytest.raises(JobTimeoutError):
        box.run({}, b"")
    assert time.monotonic() - started < 10


def test_a_job_that_computes_for_ever_ends_at_its_cpu_limit() -> None:
    with sandbox("compute_for_ever", replace(LIMITS, cpu_s=1)) as box, pytest.raises(JobTimeoutError):
        box.run({}, b"")


def test_a_crash_says_which_signal_it_was() -> None:
    with sandbox("crash") as box, pytest.raises(JobDiedError) as crashed:
        box.run({}, b"")
    with sandbox("be_killed") as box, pytest.raises(JobDiedError) as killed:
        box.run({}, b"")
    assert (crashed.value.signal_number, killed.value.signal_number) == (signal.SIGSEGV, signal.SIGKILL)


@pytest.mark.parametrize(
    "job", ["promise_gigabytes", "talk_nonsense", "nest_deeply", "close_output", "leave", "does_not_exist"]
)
def test_an_answer_that_makes_no_sense_is_an_error(job: str) -> None:
    with sandbox(job) as box, pytest.raises((JobDiedError, SandboxBrokenError)):
        box.run({}, b"")


def test_what_a_child_sends_beyond_its_answer_is_not_read() -> None:
    with sandbox("flood") as box:
        assert box.run({}, b"") == ({}, bytes(1 << 20))


@pytest.mark.parametrize("job", ["crash", "eat_memory", "wait_for_ever", "talk_nonsense", "leave"])
def test_a_bad_job_leaves_a_fresh_child_for_the_next(job: str) -> None:
    with sandbox(job, replace(LIMITS, wall_s=2.0)) as box:
        for _ in range(2):
            with pytest.raises(SandboxError):
                box.run({}, b"")
        assert len(box.idle_pids()) == 1


def test_a_spare_that_was_killed_while_it_waited_is_replaced() -> None:
    with sandbox("echo", spares=2) as box:
        for pid in box.idle_pids():
            os.kill(pid, signal.SIGKILL)
            wait_until_gone(pid)
        assert box.run({"still": "here"}, b"") == ({"still": "here"}, b"")


def test_a_job_that_finds_no_free_child_in_time_is_told_so() -> None:
    limits = replace(LIMITS, queue_s=0.2)
    with sandbox("wait_for_ever", limits) as box:
        holder = Background(box)
        with pytest.raises(SandboxBusyError):
            box.run({}, b"")
        box.close()
        holder.join()


def test_many_jobs_at_once_from_an_asyncio_program() -> None:
    async def run_all(box: Sandbox) -> list[bytes]:
        answers = await asyncio.gather(
            *(asyncio.to_thread(box.run, {}, bytes([number]) * 300_000) for number in range(12))
        )
        return [payload for _, payload in answers]

    with sandbox("echo", workers=3, spares=3) as box:
        payloads = asyncio.run(run_all(box))
    assert payloads == [bytes([number]) * 300_000 for number in range(12)]


def test_close_ends_idle_and_busy_children() -> None:
    with sandbox("wait_for_ever", workers=2, spares=2) as box:
        pids = box.idle_pids()
        worker = Background(box)
        box.close()
        worker.join()
        for pid in pids:
            wait_until_gone(pid)
    assert isinstance(worker.error, SandboxError)
    with pytest.raises(SandboxBrokenError):
        box.run({}, b"")


_PARENT = """
import os, sys, threading
from pipeline.sandbox import Sandbox, SandboxLimits
sys.path[0] = os.getcwd()
limits = SandboxLimits(memory_bytes=512 << 20, cpu_s=30, wall_s=2.0, queue_s=9.0, output_bytes=1000)
with Sandbox("tests.integration.hostile_jobs:echo", limits, workers=1, spares=0) as box:
    assert box.run({}, b"works")[1] == b"works"
box = Sandbox("tests.integration.hostile_jobs:wait_for_ever", limits, workers=2, spares=2)
first = box.idle_pids()
threading.Thread(target=box.run, args=({}, b""), daemon=True).start()
while box.idle_pids() == first:
    pass
print(*first, flush=True)
sys.stdin.read()
"""


def test_no_child_outlives_a_parent_that_was_killed() -> None:
    """One child is idle then, one at work."""
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT], cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
        parent.wait()
    assert len(pids) == 2
    for pid in pids:
        wait_until_gone(pid)
