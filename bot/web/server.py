"""Serves the web chat with uvicorn, and the bot behind it in the same process; several such share one address."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from bot.bootstrap import running_bot
from bot.channels.readers import ReadChannel
from bot.parts import Part
from bot.settings import BotSettings
from bot.web.app import build_app
from bot.web.chat import CHANNEL, Chat
from bot.web.mail_links import MailLinks
from bot.web.mail_pages import MailPages
from bot.web.streams import Streams
from storage.letters import folder_of
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


async def serve(settings: BotSettings, host: str, port: int, shared: socket.socket | None = None) -> None:
    """Serve until SIGTERM or SIGINT, on a socket that others share where one is given. Raises OSError when the
    port is taken.
    """
    observe(settings, "web")
    # uvicorn raises the signal that ended it once more, for whoever handled it before: without a handler that
    # would be the end of the process there and then, with the intake's children not waited for.
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, lambda: None)
    async with running_bot(settings, lambda bot: ReadChannel(CHANNEL, bot.hints)) as bot:
        streams = Streams(bot.database, bot.hints)
        secure = (settings.public_url or "").startswith("https://")
        chat = Chat(bot.database, streams, bot.inbox, secure=secure)
        links = MailLinks(bot.database, bot.inbox, secure=secure)
        pages = MailPages(bot.database, None if settings.smtp_url else folder_of(settings.data))
        more = [*links.routes(), *pages.routes()]

        @asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            listening = asyncio.create_task(streams.run())
            try:
                yield
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

        config = uvicorn.Config(
            build_app(chat, bot.database, bot.hints, lifespan, _pictures_from(settings), more),
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
            h11_max_incomplete_event_size=64 * 1024,
        )
        await uvicorn.Server(config).serve(None if shared is None else [shared])


def _pictures_from(settings: BotSettings) -> list[str]:
    """Origins beside our own that pictures of the page come from."""
    bucket = settings.bucket()
    signed = [origin] if bucket is not None and (origin := bucket.origin) else []
    return [*(f"https://{host}" for host in settings.shops.picture_hosts), *signed]
