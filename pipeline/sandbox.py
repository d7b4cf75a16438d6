"""Runs jobs on strangers' files in child processes with limits on memory, CPU time, wall time and output.

One child, one job. Children are started ahead of time, so a job finds one that has its imports done, and a
new one is started when a job has ended. Handing a second picture to the same child would save the CPU time of
a start (about 0.1 s, off the path a person waits on) and would let a file that broke a decoder see, or change,
the next person's photo; forking from a warm process that has read nothing would keep them apart too, but its
children could not be waited for, or killed without a race, from here.

A child inherits no descriptor, no environment and no standard error. What it says is not trusted: its answer
is bounded in size, parsed as JSON of a few hundred bytes, and it is killed as soon as the answer is in.
It ends with its parent: idle it sees the end of its standard input, busy its own alarm ends it.

Nothing here forks in Python: `subprocess` with no `preexec_fn` is safe from any thread of a threaded program.

SandboxError
├── JobRefusedByChildError  the job said no, with a code
├── JobTimeoutError         wall or CPU time was used up
├── JobDiedError            the child ended without an answer, or its answer made no sense
├── SandboxBusyError        no child became free in time
└── SandboxBrokenError      children cannot be started, or the sandbox is closed
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.sandbox_child import FRAME, REFUSED, Info, pack

_log = logging.getLogger(__name__)

MAX_INFO_BYTES = 4096
_CHUNK_BYTES = 1 << 20
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from pipeline.sandbox_child import serve; "
    "serve(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))"
)


class SandboxError(Exception):
    """Base of the tree at the top of this module."""


class JobRefusedByChildError(SandboxError):
    """The job said no. `code` comes from the child: compare it with known ones, never show it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class JobTimeoutError(SandboxError):
    """The job used up its wall or CPU time."""


class JobDiedError(SandboxError):
    """The child ended without an answer that makes sense.

    `signal_number` is what ended it, None when it ended by itself or was ended for what it sent.
    """

    def __init__(self, message: str, signal_number: int | None = None) -> None:
        super().__init__(message)
        self.signal_number = signal_number


class SandboxBusyError(SandboxError):
    """Every child had work for longer than a job may wait."""


class SandboxBrokenError(SandboxError):
    """No child can be started, or it cannot import its job, or the sandbox is closed."""


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """What one job may use.

    `memory_bytes` is address space. `cpu_s` includes the child's start (0.1 s). `wall_s` runs from handing the
    job over; `queue_s` is the longest wait for a free child before that. `output_bytes` bounds the answer.
    """

    memory_bytes: int
    cpu_s: int
    wall_s: float
    queue_s: float
    output_bytes: int


class _Child:
    """One process for one job."""

    def __init__(self, job: str, limits: SandboxLimits) -> None:
        self._limits = limits
        arguments = [job, limits.memory_bytes, limits.cpu_s, limits.wall_s]
        # -I: no PYTHON* variables, no user packages, no current directory. -S: no .pth hooks.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, arguments from our own code
            [sys.executable, "-I", "-S", "-c", _BOOT, _search_path(), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
        )
        self._overdue = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Kill the process, whatever it does, and reap it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def perform(self, info: Info, payload: bytes) -> tuple[Info, bytes]:
        """Hand the job over and read the answer, both bounded by the deadline."""
        answer = self._exchange(pack(info, payload), time.monotonic() + self._limits.wall_s)
        sizes = self._sizes(answer)
        if sizes is None or len(answer) < FRAME.size + sum(sizes):
            raise self._cause_of_death()
        text_end = FRAME.size + sizes[0]
        try:
            said = json.loads(answer[FRAME.size : text_end])
        except (ValueError, RecursionError) as error:
            raise JobDiedError("the answer is no JSON") from error
        if not isinstance(said, dict):
            raise JobDiedError("the answer is no JSON object")
        if REFUSED in said:
            raise JobRefusedByChildError(str(said[REFUSED]))
        return said, bytes(memoryview(answer)[text_end : text_end + sizes[1]])

    def _exchange(self, parts: Iterable[bytes], deadline: float) -> bytearray:
        """Write and read at once: neither side can make the other wait for ever."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise SandboxBrokenError("the child has no pipes")
        to_send = [memoryview(part) for part in parts if part]
        answer = bytearray()
        os.set_blocking(stdin.fileno(), False)
        os.set_blocking(stdout.fileno(), False)
        with selectors.DefaultSelector() as selector:
            selector.register(stdin, selectors.EVENT_WRITE)
            selector.register(stdout, selectors.EVENT_READ)
            while True:
                left_s = deadline - time.monotonic()
                ready = selector.select(left_s) if left_s > 0 else []
                if not ready:
                    self._overdue = True
                    return answer
                for key, _ in ready:
                    if key.fileobj is stdin:
                        if not _send_some(stdin.fileno(), to_send):
                            selector.unregister(stdin)
                    elif not self._receive_some(stdout.fileno(), answer):
                        return answer

    def _receive_some(self, descriptor: int, answer: bytearray) -> bool:
        """False when the answer is complete or nothing more will come."""
        chunk = os.read(descriptor, _CHUNK_BYTES)
        answer += chunk
        sizes = self._sizes(answer)
        return bool(chunk) and (sizes is None or len(answer) < FRAME.size + sum(sizes))

    def _sizes(self, answer: bytearray) -> tuple[int, int] | None:
        if len(answer) < FRAME.size:
            return None
        info_length, payload_length = FRAME.unpack_from(answer)
        if info_length > MAX_INFO_BYTES or payload_length > self._limits.output_bytes:
            raise JobDiedError("the answer is too long")
        return info_length, payload_length

    def _cause_of_death(self) -> SandboxError:
        if self._overdue:
            return JobTimeoutError(f"no answer within {self._limits.wall_s} s")
        try:
            status = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return JobDiedError("the child closed its output and went on")
        if status in (-signal.SIGXCPU, -signal.SIGALRM):
            return JobTimeoutError(f"{self._limits.cpu_s} s of CPU time or {self._limits.wall_s} s were used up")
        if status < 0:
            return JobDiedError(f"the child was ended by signal {-status}", -status)
        return SandboxBrokenError(f"the child ended with status {status} before it answered")


class Sandbox:
    """Up to `workers` jobs at once, each in a child of its own. Thread-safe.

    `job` names a `pipeline.sandbox_child.Job` as "module:function". `spares` children are kept ready while no
    job runs; 0 starts one on demand, for a caller with one job.
    """

    def __init__(self, job: str, limits: SandboxLimits, *, workers: int, spares: int) -> None:
        self._job = job
        self._limits = limits
        self._spares = spares
        self._slots = threading.BoundedSemaphore(workers)
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._closed = False
        for _ in range(spares):
            self._replenish()

    def run(self, info: Info, payload: bytes) -> tuple[Info, bytes]:
        """Do one job and return its answer. Blocks: call it from a thread.

        Raises `SandboxError`, and nothing else for whatever the child does.
        """
        if not self._slots.acquire(timeout=self._limits.queue_s):
            raise SandboxBusyError(f"no child became free within {self._limits.queue_s} s")
        try:
            child = self._take()
            try:
                return child.perform(info, payload)
            except OSError as error:
                raise JobDiedError("the pipe to the child broke") from error
            finally:
                with self._lock:
                    self._busy.discard(child)
                child.end()
                self._replenish()
        finally:
            self._slots.release()

    def idle_pids(self) -> list[int]:
        """The processes that wait for a job, oldest first."""
        with self._lock:
            return [child.pid for child in self._idle]

    def close(self) -> None:
        """End every child, also those at work: their callers get a `SandboxError`."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for child in self._busy:
                child.kill()
        for child in idle:
            child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self) -> _Child:
        """The oldest spare that still lives, else a new child."""
        dead: list[_Child] = []
        try:
            with self._lock:
                while self._idle and not self._closed:
                    child = self._idle.pop(0)
                    if child.alive():
                        self._busy.add(child)
                        return child
                    dead.append(child)
        finally:
            for corpse in dead:
                corpse.end()
        child = self._start()
        with self._lock:
            self._busy.add(child)
            closed = self._closed
        if closed:
            child.kill()
        return child

    def _start(self) -> _Child:
        if self._closed:
            raise SandboxBrokenError("the sandbox is closed")
        try:
            return _Child(self._job, self._limits)
        except OSError as error:
            raise SandboxBrokenError(f"no child process could be started: {error}") from error

    def _replenish(self) -> None:
        """Start a spare where one is missing. After a job, not at its start: there it would compete with it."""
        with self._lock:
            if self._closed or len(self._idle) >= self._spares:
                return
        try:
            child = self._start()
        except SandboxBrokenError as error:
            _log.warning("no spare child: %s", error)  # the next job tries again, and reports it
            return
        with self._lock:
            wanted = not self._closed and len(self._idle) < self._spares
            if wanted:
                self._idle.append(child)
        if not wanted:
            child.end()


def _send_some(descriptor: int, to_send: list[memoryview]) -> bool:
    """Write what fits. False when all is sent, or the child reads no more: its answer says why."""
    try:
        sent = os.write(descriptor, to_send[0][:_CHUNK_BYTES])
    except BrokenPipeError:
        return False
    to_send[0] = to_send[0][sent:]
    if not to_send[0]:
        to_send.pop(0)
    return bool(to_send)


def _search_path() -> str:
    """Where we import from, ourselves first: `python -c` and some test runners name that by a relative path."""
    ours = Path(__file__).resolve().parents[1]
    return json.dumps([str(ours), *(str(Path(entry).resolve()) for entry in sys.path if entry)])


def _environment() -> dict[str, str]:
    """Nothing of ours: no token, no database address. Only what an unusual Python needs to start at all."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    # One heap for all decoder threads: each further one reserves 64 MB of the address space that is limited.
    return {**kept, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
