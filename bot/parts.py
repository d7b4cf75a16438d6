"""Child processes of a program of ours: started, watched, restarted when they end, and ended in order."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import Callable, Sequence
from contextlib import suppress

log = logging.getLogger(__name__)

CALM_S = 30.0
"""A part that ran for so long is restarted at once when it ends; one that ends sooner waits longer each time."""

_PR_SET_PDEATHSIG = 1


def say(line: str) -> None:
    """Print it at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Part:
    """One child process: started, its output said with its name before each line, restarted when it ends.

    Without `say` its output goes where ours goes, line for line. It keeps the open files of `files`.
    """

    def __init__(  # noqa: PLR0917  # what a process needs, plainly
        self,
        name: str,
        arguments: list[str],
        environment: dict[str, str],
        stop_s: float,
        say: Callable[[str], None] | None = say,
        files: Sequence[int] = (),
    ) -> None:
        self.name = name
        self._say = say
        self._arguments = arguments
        self._environment = environment
        self._stop_s = stop_s
        self._files = tuple(files)
        self._process: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        """Keep the process running until cancelled, then end it."""
        pause = 0.2
        try:
            while True:
                began = time.monotonic()
                await self._once()
                pause = 0.2 if time.monotonic() - began > CALM_S else min(10.0, pause * 2)
                code = self._process.returncode if self._process else None
                ended = f"{self.name}: ended with code {code}; starting it again in {pause:.1f} s"
                (self._say or log.warning)(ended)
                await asyncio.sleep(pause)
        finally:
            await self._end()

    async def _once(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self._arguments,
            env=self._environment,
            stdin=DEVNULL,
            stdout=PIPE if self._say else None,
            stderr=STDOUT if self._say else None,
            pass_fds=self._files,
            # A group of its own: Ctrl-C is for us, we end the parts in order.
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        out, say = self._process.stdout, self._say
        if out is not None and say is not None:
            while line := await out.readline():
                say(f"{self.name}: {line.decode(errors='replace').rstrip()}")
        await self._process.wait()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(self._stop_s):
                await process.wait()
        except (TimeoutError, asyncio.CancelledError):
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _die_with_parent() -> None:
    """In the child, before it becomes the program: SIGTERM when the supervisor is gone, however it went."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
