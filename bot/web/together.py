"""Several processes of the web chat at one address. This one only starts them, so it imports little."""

from __future__ import annotations

import asyncio
import os
import signal
import socket

from bot.parts import Part
from bot.settings import BotSettings
from storage.observing import observe

STOP_S = 6.0
"""How long one of several may take to end; whoever ends all of them waits a little longer."""

WAITING = 2048
"""Connections that the system accepts before any process does, as uvicorn has it by itself."""


async def serve_together(settings: BotSettings, host: str, port: int) -> None:
    """Serve with as many processes as are set, until SIGTERM or SIGINT. Raises OSError when the port is taken.

    One socket is all of theirs, and whoever has time takes the next connection. They know nothing of each other: a
    page hears through the hints of what another process did, as it does where they are on several machines.
    """
    observe(settings, "web")
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=WAITING) as shared:
        command, files = ["bot", "web", "--socket", str(shared.fileno())], (shared.fileno(),)
        parts = [
            Part(f"web {n}", command, {**os.environ, **told(settings.health_port, n)}, STOP_S, None, files)
            for n in range(settings.web_processes)
        ]
        tasks = [asyncio.create_task(part.run()) for part in parts]
        try:
            await stop.wait()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def told(health_port: int | None, number: int) -> dict[str, str]:
    """What one of several processes is told: they answer for themselves, each on the port after the last one's."""
    return {} if health_port is None else {"FASHIONCORE_HEALTH_PORT": str(health_port + number)}
