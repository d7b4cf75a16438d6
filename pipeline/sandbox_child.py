"""The child's side of `pipeline.sandbox`: give up every right, read one job, answer it, end.

Its imports are few on purpose: the time they take is the time a new child needs to become ready.

On the wire, both ways: two big-endian 32-bit lengths, a JSON object of the first length, bytes of the second.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

Info = dict[str, object]
"""A flat JSON object."""

Job = Callable[[Info, bytes], tuple[Info, bytes]]
"""What runs in the child; raises `JobRefusedError` to say no."""

FRAME = struct.Struct(">II")
REFUSED = "refused"
"""The key under which the child says no; its value is the code."""

ALARM_GRACE_S = 2.0
"""How long after the parent's deadline a child ends by itself, should the parent be gone by then."""


class JobRefusedError(Exception):
    """The job says no, with a stable code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def drop_rights(memory_bytes: int, cpu_s: int) -> None:
    """Bound what this process may use, before it sees the first byte of a stranger's file.

    No new descriptor can be opened afterwards: no file, no socket, no pipe. No core dump, because a core holds
    the photo. The limit on the address space holds for everything that is mapped, hence also for what a decoder
    reserves and never touches.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _reset_signals() -> None:
    """Undo what the thread that started us had blocked or ignored; leave Ctrl-C to the parent."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGPIPE, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def _read_job(stream: BinaryIO) -> tuple[Info, bytes] | None:
    """One job, or None when the parent went away before it sent a whole one."""
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    info_length, payload_length = FRAME.unpack(head)
    info = stream.read(info_length)
    payload = stream.read(payload_length)
    if len(info) < info_length or len(payload) < payload_length:
        return None
    return json.loads(info), payload


def pack(info: Info, payload: bytes) -> tuple[bytes, bytes]:
    """A frame in two parts, so that the payload is not copied."""
    text = json.dumps(info, separators=(",", ":")).encode()
    return FRAME.pack(len(text), len(payload)) + text, payload


def serve(job_name: str, memory_bytes: int, cpu_s: int, wall_s: float) -> None:
    """Answer one job from standard input on standard output.

    `job_name` is "module:function". Returns after one job, so that nothing a hostile file may have left in the
    heap of a decoder is there when the next person's photo comes.
    """
    _reset_signals()
    module_name, _, function_name = job_name.partition(":")
    job: Job = getattr(importlib.import_module(module_name), function_name)
    drop_rights(memory_bytes, cpu_s)
    request = _read_job(sys.stdin.buffer)
    if request is None:
        return
    signal.setitimer(signal.ITIMER_REAL, wall_s + ALARM_GRACE_S)
    try:
        answer, payload = job(*request)
    except JobRefusedError as refusal:
        answer, payload = {REFUSED: refusal.code}, b""
    except MemoryError:
        answer, payload = {REFUSED: "out_of_memory"}, b""
    for part in pack(answer, payload):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is worth tidying up after a stranger's file, and it saves 10 ms
