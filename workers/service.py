"""One worker process: arq wakes it, PostgreSQL tells it what to do, and it comes back when either was away."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from arq.worker import Worker, func
from redis.exceptions import RedisError

from storage.bell import Bell
from storage.hints import Hints
from storage.queue import RENDER_TASK, WakeUps, deserialize, health_key, redis_settings, serialize
from storage.unit_of_work import CONNECTION_LOST, Database, reason
from workers import housekeeping
from workers.render import Renderer

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often an idle worker looks into PostgreSQL itself, in case the wake-up was lost."""

JOB_TIMEOUT_S = 3600
"""arq's own limit; ours is the lease."""


class WorkerService:
    """Runs until `stop` is called."""

    def __init__(
        self,
        database: Database,
        hints: Hints,
        renderer: Renderer,
        redis_url: str,
        queue: str,
        *,
        wake_ups: WakeUps,
        drain_s: float,
        unload_s: float | None = None,
    ) -> None:
        self._database = database
        self._hints = hints
        self._renderer = renderer
        self._redis_url = redis_url
        self._queue = queue
        self._wake_ups = wake_ups
        self._drain_s = drain_s
        self._unload_s = unload_s
        self._stopping = asyncio.Event()
        self._warm = False
        self._bell = Bell()
        self._arq: Worker | None = None

    def missing(self) -> str | None:
        """See storage.health."""
        if self._stopping.is_set():
            return "the worker ends"
        return self._renderer.missing if self._warm else "the models are being loaded"

    def stop(self) -> None:
        """Take no new job, let the running one end within `drain_s`, then leave."""
        self._stopping.set()
        self._renderer.close()
        if self._arq is not None:
            self._arq.allow_pick_jobs = False

    async def run(self) -> None:
        """Work until stopped."""
        loop = asyncio.get_running_loop()
        for signum in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signum, self.stop)
        await self._renderer.warm_up()
        self._warm = True
        log.info("worker ready")
        listening = asyncio.create_task(self._listen())
        tasks = [
            listening,
            asyncio.create_task(self._hear()),
            # Two: while what one drew is kept, the other one draws.
            asyncio.create_task(self._every(LOOK_S, self._look, self._bell.wait)),
            asyncio.create_task(self._every(LOOK_S, self._look, self._bell.wait)),
            asyncio.create_task(self._every(2.0, lambda: housekeeping.reap(self._database))),
            asyncio.create_task(self._every(60.0, lambda: housekeeping.retire(self._database))),
            asyncio.create_task(self._every(600.0, lambda: housekeeping.sweep(self._database))),
            asyncio.create_task(self._every(30.0, self._clear_wake_ups)),
        ]
        if (idle_s := self._unload_s) is not None:
            tasks.append(asyncio.create_task(self._every(min(idle_s, 10.0), lambda: self._renderer.rest(idle_s))))
        try:
            await self._stopping.wait()
            await self._drained()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._arq is not None:
                await asyncio.gather(self._arq.close(), return_exceptions=True)
        log.info("worker stopped")

    async def _drained(self) -> None:
        try:
            async with asyncio.timeout(self._drain_s):
                while self._renderer.busy:  # noqa: ASYNC110 # the slot is released in several ways; a short look is simplest
                    await asyncio.sleep(0.05)
        except TimeoutError:
            log.warning("the running job did not end within %.0f s and is given back", self._drain_s)

    async def _listen(self) -> None:
        """Run arq's worker; make a new one when Redis went away, since arq's ends then."""

        async def render_next(_ctx: dict[str, Any]) -> None:
            await self._renderer.render_next()

        while not self._stopping.is_set():
            self._arq = Worker(
                functions=[func(render_next, name=RENDER_TASK)],
                queue_name=self._queue,
                redis_settings=redis_settings(self._redis_url),
                handle_signals=False,
                max_jobs=1,
                keep_result=0,
                job_timeout=JOB_TIMEOUT_S,
                max_tries=1,
                health_check_interval=5,
                health_check_key=health_key(self._queue, f"{socket.gethostname()}:{os.getpid()}"),
                job_serializer=serialize,
                job_deserializer=deserialize,
                log_results=False,
            )
            try:
                await self._arq.async_run()
            except (RedisError, OSError) as error:
                log.warning("the queue is away (%s); looking into the database meanwhile", type(error).__name__)
                await asyncio.gather(self._arq.close(), return_exceptions=True)
            await asyncio.sleep(0.5)

    async def _hear(self) -> None:
        """Look at once when a job was queued: arq asks its queue twice a second, and more often only costs."""
        async for hint in self._hints.listen():
            if hint is None or (hint.topic == "queue" and hint.about == self._queue):
                self._bell.ring()
            elif hint.topic == "cancel":
                self._renderer.hurry(hint.about)

    async def _clear_wake_ups(self) -> None:
        await housekeeping.clear_wake_ups(self._database, self._wake_ups, self._queue)

    async def _look(self) -> None:
        while await self._renderer.render_next():
            pass

    async def _every(
        self,
        seconds: float,
        work: Callable[[], Awaitable[None]],
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        while True:
            try:
                await work()
            except CONNECTION_LOST as error:
                log.warning("the database is away: %s", reason(error))
            except Exception:
                log.exception("housekeeping failed")
            await rest(seconds)
