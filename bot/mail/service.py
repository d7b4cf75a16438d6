"""`fashioncore digest`: sends mail and takes in what comes back, until stopped. Any number may run."""

from __future__ import annotations

import asyncio
import signal

from bot.bootstrap import open_composer, open_database
from bot.mail.envelope import House, Signature
from bot.mail.incoming import Letterbox
from bot.mail.post import Post
from bot.mail.preview import ELSEWHERE
from bot.mail.transport import Carrier, FolderCarrier, SmtpCarrier
from bot.mail_settings import mail_server
from bot.settings import BotSettings
from storage.health import health_port, watch_routes
from storage.hints import Hints
from storage.letters import folder_of
from storage.observing import observe
from storage.pace import RedisPace


def house_of(settings: BotSettings, home: str | None = None) -> House:
    """Who writes."""
    key = settings.mail_dkim_key
    signature = None if key is None else Signature(key.get_secret_value().encode(), settings.mail_dkim_selector)
    where = (settings.public_url or home or ELSEWHERE).rstrip("/")
    return House(settings.mail_from, settings.return_address, where, signature)


def carriers_of(settings: BotSettings) -> list[Carrier]:
    """The ways out."""
    if settings.smtp_url is None:
        return [FolderCarrier(folder_of(settings.data)) for _ in range(settings.mail_senders)]
    server = mail_server(settings.smtp_url.get_secret_value())
    return [SmtpCarrier(server) for _ in range(settings.mail_senders)]


async def serve(settings: BotSettings, home: str | None = None) -> None:
    """Send until SIGTERM or SIGINT. A mail that is being handed over is waited for, not torn off."""
    observe(settings, "mail")
    house = house_of(settings, home)
    database = open_database(settings, settings.mail_senders)
    hints = Hints(settings.redis_url.get_secret_value())
    pace = RedisPace(settings.redis_url.get_secret_value())
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    try:
        async with (
            open_composer(settings, database, house.home) as composer,
            health_port(settings.health_port, watch_routes(database, hints, lambda: None)),
        ):
            post = Post(
                database, composer, house, carriers_of(settings), pace=pace, per_minute=settings.mail_per_minute
            )
            tasks = [asyncio.create_task(post.run())]
            if settings.imap_url is not None:
                mailbox = mail_server(settings.imap_url.get_secret_value())
                tasks.append(asyncio.create_task(Letterbox(database).poll(mailbox)))
            await stop.wait()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        await pace.close()
        await hints.close()
        database.close()


async def take_in(settings: BotSettings, data: bytes) -> str:
    """One mail, as a mail server hands it to a program; says in a word what it was."""
    database = open_database(settings)
    try:
        return await Letterbox(database).take(data)
    finally:
        database.close()
