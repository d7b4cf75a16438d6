"""`python -m workers`: one worker process, of the engine that FASHIONCORE_ENGINE names.

`--serve PORT` draws for workers elsewhere instead, `--ask` only asks the engine elsewhere who it is.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ctypes
import os
import socket
import sys
from collections.abc import Callable
from datetime import timedelta

from pydantic import ValidationError

from pipeline.engines.registry import engine
from pipeline.errors import EngineUnavailable
from pipeline.ports import Engine
from storage.environment import explained
from storage.health import health_port, watch_routes
from storage.hints import Hints
from storage.jobs import JobPolicy
from storage.observing import observe
from storage.queue import WakeUps, queue_of
from storage.remote_settings import REMOTE
from storage.unit_of_work import Database
from workers.remote.build import remote_engine
from workers.remote.serve import Studio, serve
from workers.remote.signing import Gate
from workers.render import Renderer
from workers.service import WorkerService
from workers.settings import ServeSettings, WorkerSettings

_M_ARENA_MAX = -8
"""glibc's name (malloc.h) for how many heaps a process may have."""


async def work(settings: WorkerSettings) -> None:
    """Build the worker out of its settings and run it."""
    config = settings.storage(pool_size=6)
    policy = JobPolicy(result_kept=timedelta(days=settings.result_days))
    database = Database(config, settings.media_store(config.media), policy, settings.master())
    hints = Hints(config.redis_url)
    owner = f"{socket.gethostname()}:{os.getpid()}"
    queue, wake_ups = queue_of(settings.engine), WakeUps(config.redis_url)
    renderer = Renderer(database, hints, _engine_of(settings), queue, owner, wake_ups)
    service = WorkerService(
        database,
        hints,
        renderer,
        config.redis_url,
        queue,
        wake_ups=wake_ups,
        drain_s=settings.drain_s,
        unload_s=settings.unload_s or None,
    )
    try:
        async with health_port(settings.health_port, watch_routes(database, hints, service.missing)):
            await service.run()
    finally:
        await wake_ups.close()
        await hints.close()
        database.close()


def _engine_of(settings: WorkerSettings) -> Callable[[], Engine]:
    """Loads nothing before it is called."""
    if settings.engine == REMOTE:
        far = remote_engine(settings)
        return lambda: far
    options = settings.engine_options()
    return lambda: engine(settings.engine, options)


def _one_heap() -> None:
    """Threads share one heap. glibc gives each its own, and the pictures that one has dropped serve no other: that
    held up to 300 MB. Other systems' allocators know nothing of it, and stay as they are."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def main() -> None:
    """Do what the arguments say; the settings are in the environment."""
    _one_heap()
    reading = argparse.ArgumentParser(prog="worker")
    reading.add_argument("--serve", type=int, metavar="PORT")
    reading.add_argument("--host", default="127.0.0.1")
    reading.add_argument("--ask", action="store_true")
    told = reading.parse_args()
    settings = WorkerSettings() if told.serve is None else ServeSettings()
    observe(settings, "worker")
    try:
        if isinstance(settings, ServeSettings):
            gate = Gate(settings.remote_key.get_secret_value())
            studio = Studio(engine(settings.engine, settings.engine_options()), gate)
            drain_s, idle_s, watched = settings.drain_s, settings.unload_s, settings.health_port
            asyncio.run(serve(studio, told.host, told.serve, drain_s=drain_s, idle_s=idle_s, watched=watched))
        elif told.ask:
            sys.stdout.write(f"{remote_engine(settings).hello()}\n")
        else:
            asyncio.run(work(settings))
    except EngineUnavailable as error:
        sys.exit(f"The engine {settings.engine} cannot work here: {error.detail}")


if __name__ == "__main__":
    try:
        main()
    except ValidationError as error:
        sys.exit(explained(error))
