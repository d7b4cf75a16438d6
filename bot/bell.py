"""Wakes waiting loops of one process, and lets them look by themselves when nobody rings."""

from __future__ import annotations

import asyncio


class Bell:
    """A loop clears the bell, looks for work, and waits when there was none: no ring gets lost in between."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There may be work."""
        self._rung.set()

    def clear(self) -> None:
        """Call before looking for work."""
        self._rung.clear()

    async def wait(self, timeout_s: float) -> None:
        """Until the bell rings, or the time is over."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._rung.wait()
        except TimeoutError:
            return
