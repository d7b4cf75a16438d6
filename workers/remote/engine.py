"""The engine that is elsewhere, behind the same port: keeps to its time, passes progress and stop on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from pipeline.errors import EngineUnavailable
from pipeline.ports import Identified
from pipeline.types import Category, Image, Progress, TryOnRequest, TryOnResult
from storage.remote_settings import REMOTE
from workers.remote.wire import WireError

log = logging.getLogger(__name__)

HELLO_S = 20.0

LOOK_S = 0.5
"""How often it is asked whether to stop, where the other side says nothing."""

Tell = Callable[[str, float, Image | None], None]


class Far(Protocol):
    """What draws, elsewhere."""

    async def hello(self) -> str:
        """Who is there, for whoever runs the program. Raises EngineUnavailable, WireError."""
        ...

    async def dress(self, request: TryOnRequest, tell: Tell) -> TryOnResult:
        """The picture; may be cancelled. Raises PipelineError, WireError."""
        ...


class RemoteEngine:
    """See `pipeline.ports.Engine`. Nothing is held but the way there."""

    def __init__(self, far: Far, known: Identified, limit_s: float) -> None:
        self._far = far
        self._known = known
        self._limit_s = limit_s

    @property
    def name(self) -> str:
        """ "remote"."""
        return REMOTE

    @property
    def version(self) -> str:
        """Of the settings: nobody asks the other side for the sake of a key."""
        return self._known.version

    @property
    def categories(self) -> frozenset[Category]:
        """See `pipeline.ports.Engine`."""
        return self._known.categories

    def load(self) -> None:
        """Ask who is there. One that does not answer yet stops nobody: each picture asks again."""
        try:
            log.info("pictures are drawn by %s", self.hello())
        except EngineUnavailable as error:
            log.warning("the engine elsewhere: %s", error.detail)

    def unload(self) -> None:
        """There is nothing to give back here."""

    def hello(self) -> str:
        """Who draws there. Raises EngineUnavailable."""

        async def ask() -> str:
            async with asyncio.timeout(HELLO_S):
                return await self._far.hello()

        try:
            return asyncio.run(ask())
        except WireError as error:
            raise _senseless(error) from error
        except TimeoutError as error:
            raise EngineUnavailable("remote_late", f"It does not answer within {HELLO_S:.0f} s.") from error

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """Have it drawn; see `pipeline.ports.Engine.render`."""
        return asyncio.run(self._render(request, _Told(progress)))

    async def _render(self, request: TryOnRequest, told: _Told) -> TryOnResult:
        told.tell("send", 0.0, None)
        working = asyncio.create_task(self._far.dress(request, told.tell))
        try:
            async with asyncio.timeout(self._limit_s):
                while not working.done():
                    await asyncio.wait([working], timeout=LOOK_S)
                    if not working.done():
                        told.again()
        except TimeoutError as error:
            raise EngineUnavailable("remote_late", f"No picture came within {self._limit_s:.0f} s.") from error
        finally:
            # Whoever hears no more of us over there stops, too.
            working.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(working, return_exceptions=True)
        try:
            result = working.result()
        except WireError as error:
            raise _senseless(error) from error
        told.tell("done", 1.0, None)
        return result


def _senseless(error: WireError) -> EngineUnavailable:
    return EngineUnavailable("remote_answer", f"Its answer makes no sense: {error}.")


class _Told:
    """Progress that never goes back, however often the other side begins anew."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage, self._fraction = "send", 0.0

    def tell(self, stage: str, fraction: float, picture: Image | None) -> None:
        """Raises TryOnCancelled."""
        self._stage, self._fraction = stage, max(self._fraction, fraction)
        self._progress(self._stage, self._fraction, picture)

    def again(self) -> None:
        """The same as before, to hear whether to stop. Raises TryOnCancelled."""
        self._progress(self._stage, self._fraction)
