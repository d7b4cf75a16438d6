"""An idle worker looks when it is told that a job was queued."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from storage.hints import Hint, Hints
from storage.queue import WakeUps
from storage.unit_of_work import Database
from workers import service
from workers.render import Renderer

QUEUE = "tests:woken"


class Looks:
    """Stands for the renderer: counts how often it is asked for the next job, and finds none."""

    busy = False

    def __init__(self) -> None:
        self._count = 0
        self._looked = asyncio.Condition()

    async def reached(self, count: int) -> None:
        async with self._looked:
            await self._looked.wait_for(lambda: self._count >= count)

    async def warm_up(self) -> None:
        return

    def close(self) -> None:
        return

    async def render_next(self) -> bool:
        async with self._looked:
            self._count += 1
            self._looked.notify_all()
        return False


def test_a_hint_alone_makes_an_idle_worker_look(
    database: Database, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LOOK_S", 600.0)
    # Nothing but the hint may wake it here; that arq does so too, the chaos tests show.
    monkeypatch.setattr(service.WorkerService, "_listen", lambda _self: asyncio.sleep(600))

    async def story() -> None:
        hints, looks, wake_ups = Hints(redis_url), Looks(), WakeUps(redis_url)
        worker = service.WorkerService(
            database, hints, cast("Renderer", looks), redis_url, QUEUE, wake_ups=wake_ups, drain_s=1.0
        )
        running = asyncio.create_task(worker.run())
        try:
            async with asyncio.timeout(20):
                # Both who look do when it starts, and one again once it can hear hints.
                await looks.reached(3)
                await hints.publish(Hint("queue", QUEUE))
                await looks.reached(4)
        finally:
            worker.stop()
            await running
            await hints.close()
            await wake_ups.close()

    asyncio.run(story())
