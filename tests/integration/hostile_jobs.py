"""What a file might make a child do, as jobs for `pipeline.sandbox`. They run in the child only."""

from __future__ import annotations

import os
import resource
import signal
import socket
import struct
from collections.abc import Callable

from pipeline.sandbox_child import Info, JobRefusedError


def echo(info: Info, payload: bytes) -> tuple[Info, bytes]:
    """Do as told."""
    return info, payload


def facts(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Say who and where this is."""
    limits = {
        "core": resource.getrlimit(resource.RLIMIT_CORE)[1],
        "files": resource.getrlimit(resource.RLIMIT_NOFILE)[1],
    }
    return {"pid": os.getpid(), "environment": sorted(os.environ), **limits}, b""


def open_things(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Try to read a file, write one, reach the network and look at inherited descriptors."""
    attempts: dict[str, Callable[[], object]] = {
        "read": lambda: os.open("/etc/passwd", os.O_RDONLY),
        "write": lambda: os.open("/tmp/from-a-photo", os.O_WRONLY | os.O_CREAT),
        "socket": socket.socket,
    }
    opened = []
    for name, attempt in attempts.items():
        try:
            attempt()
        except OSError:
            continue
        opened.append(name)
    for descriptor in range(3, 256):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        opened.append(f"descriptor {descriptor}")
    return {"opened": opened}, b""


def refuse(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Say no."""
    raise JobRefusedError("nope")


def wait_for_ever(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Hang without using the CPU."""
    while True:
        signal.pause()


def compute_for_ever(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Hang and use the CPU."""
    number = 0
    while True:
        number += 1


def eat_memory(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Take all there is."""
    taken = []
    while True:
        taken.append(bytearray(16 << 20))


def crash(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """End like a decoder whose heap is broken."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}, b""


def be_killed(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """End like a victim of the kernel's out-of-memory killer."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}, b""


def leave(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """End without an answer and without an error."""
    os._exit(0)


def flood(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Promise a small answer and never stop sending."""
    os.write(1, struct.pack(">II", 2, 1 << 20) + b"{}")
    while True:
        os.write(1, b"\0" * 65536)


def promise_gigabytes(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Announce an answer that would fill the parent's memory."""
    os.write(1, struct.pack(">II", 2, 0xFFFFFFFF) + b"{}")
    return wait_for_ever({}, b"")


def talk_nonsense(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Answer with something that is no JSON."""
    os.write(1, struct.pack(">II", 4, 0) + b"\xff{[]")
    return wait_for_ever({}, b"")


def nest_deeply(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Answer with JSON that is deeper than a parser can follow."""
    text = b"[" * 4000
    os.write(1, struct.pack(">II", len(text), 0) + text)
    return wait_for_ever({}, b"")


def close_output(_info: Info, _payload: bytes) -> tuple[Info, bytes]:
    """Pretend to be done and go on."""
    os.close(1)
    return wait_for_ever({}, b"")
