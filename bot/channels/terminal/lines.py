"""Lines of a terminal, a pipe or a file, read off the event loop and only when somebody asks for one."""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress

MAX_LINE_BYTES = 64 * 1024
"""What stands behind it in the same line is left out."""

_CHUNK_BYTES = 4096


class Lines:
    """One line at a time.

    The descriptor is read directly: a thread that waits in `sys.stdin` holds a lock without which the interpreter
    cannot end.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._wanted = threading.Semaphore(0)
        self._asked: asyncio.Future[str | None] | None = None
        self._rest = b""
        threading.Thread(target=self._serve, name="lines", daemon=True).start()

    def ask(self) -> asyncio.Future[str | None]:
        """The next line without its end, None at the end of input. Asking again before it came asks the same."""
        if self._asked is None or self._asked.done():
            self._asked = self._loop.create_future()
            self._wanted.release()
        return self._asked

    def _serve(self) -> None:
        while True:
            self._wanted.acquire()
            line = self._read()
            # The loop may be over by now, and nobody waits.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._answer, line)

    def _answer(self, line: str | None) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(line)

    def _read(self) -> str | None:
        line = b""
        while b"\n" not in self._rest:
            line = (line + self._rest)[:MAX_LINE_BYTES]
            self._rest = self._chunk()
            if not self._rest:
                return _text(line) if line else None
        end, _, self._rest = self._rest.partition(b"\n")
        return _text((line + end)[:MAX_LINE_BYTES])

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, _CHUNK_BYTES)
        except OSError:
            # The terminal is gone.
            return b""


def _text(line: bytes) -> str:
    # PostgreSQL keeps no NUL, and nobody types one.
    return line.decode(errors="replace").replace("\x00", "").strip()
