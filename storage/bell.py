"""Wakes waiting loops of one process, and lets them look by themselves when nobody rings."""

from __future__ import annotations

import asyncio


class Bell:
    """A loop looks for work, and waits when there was none: a ring in between ends the wait at once.

    Each ring wakes one loop. Waking all of them for one event cost more than handling it: every look is a
    transaction, and they share the interpreter with the loop that found the event.
    """

    def __init__(self) -> None:
        self._rings = asyncio.Semaphore(0)

    def ring(self) -> None:
        """There may be work. While no loop waits, many rings are one: whoever looks next sees it all."""
        if self._rings.locked():
            self._rings.release()

    async def wait(self, timeout_s: float) -> None:
        """Until the bell rings, or the time is over."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._rings.acquire()
        except TimeoutError:
            return
