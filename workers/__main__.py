"""`python -m workers`: one worker process, of the engine that FASHIONCORE_ENGINE names."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from datetime import timedelta

from pydantic import ValidationError

from pipeline.engines.registry import engine
from pipeline.errors import EngineUnavailable
from storage.environment import explained
from storage.health import health_port, health_routes
from storage.hints import Hints
from storage.jobs import JobPolicy
from storage.logs import configure_logging
from storage.queue import WakeUps, queue_of
from storage.unit_of_work import Database
from workers.render import Renderer
from workers.service import WorkerService
from workers.settings import WorkerSettings


async def main() -> None:
    """Build the worker out of its settings and run it."""
    settings = WorkerSettings()
    configure_logging(settings.secrets())
    config = settings.storage(pool_size=6)
    policy = JobPolicy(result_kept=timedelta(days=settings.result_days))
    database = Database(config, settings.media_store(config.media), policy)
    hints = Hints(config.redis_url)
    owner = f"{socket.gethostname()}:{os.getpid()}"
    options, queue = settings.engine_options(), queue_of(settings.engine)
    wake_ups = WakeUps(config.redis_url)
    renderer = Renderer(database, hints, lambda: engine(settings.engine, options), queue, owner, wake_ups)
    service = WorkerService(
        database,
        hints,
        renderer,
        config.redis_url,
        queue,
        drain_s=settings.drain_s,
        unload_s=settings.unload_s or None,
    )
    try:
        async with health_port(settings.health_port, health_routes(database, hints, service.missing)):
            await service.run()
    except EngineUnavailable as error:
        sys.exit(f"The engine {settings.engine} cannot work here: {error.detail}")
    finally:
        await wake_ups.close()
        await hints.close()
        database.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except ValidationError as error:
        sys.exit(explained(error))
