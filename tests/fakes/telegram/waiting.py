"""Waiting for something to become true, looked at whenever something happens: no polling, no sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.patience import patient


class Waiters:
    """Everybody who waits for one thing (a chat, a server) to change."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    async def until(self, wanted: Callable[[], Any], timeout_s: float | None, explain: Callable[[], str]) -> Any:
        """What `wanted()` gives as soon as it is true; an AssertionError with an explanation after the time
        (tests/patience.py).

        What is not there yet (IndexError, StopIteration) counts as not true.
        """
        if found := _look(wanted):
            return found
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        waiter = (wanted, future)
        self._waiting.append(waiter)
        try:
            return await asyncio.wait_for(future, None if timeout_s is None else patient(timeout_s))
        except TimeoutError:
            raise AssertionError(f"waited {timeout_s} s in vain; {explain()}") from None
        finally:
            self._waiting.remove(waiter)

    def look(self) -> None:
        """Something has happened."""
        for wanted, future in self._waiting:
            if future.done():
                continue
            try:
                if found := _look(wanted):
                    future.set_result(found)
            except Exception as error:  # belongs to who waits, not to the request that changed something
                future.set_exception(error)


def _look(wanted: Callable[[], Any]) -> Any:
    try:
        return wanted()
    except (IndexError, StopIteration):
        return None
