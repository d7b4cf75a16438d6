"""Serves the web chat with uvicorn, and the bot behind it in the same process."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from bot.bootstrap import running_bot
from bot.channels.readers import ReadChannel
from bot.settings import BotSettings
from bot.web.app import build_app
from bot.web.chat import CHANNEL, Chat
from bot.web.mail_links import MailLinks
from bot.web.mail_pages import MailPages
from bot.web.shop_door import ShopDoor
from bot.web.streams import Streams
from storage.letters import folder_of
from storage.observing import observe


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
        more = [*links.routes(), *pages.routes(), *ShopDoor(bot.database).routes()]

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
