"""The Telegram process: takes updates, sends answers, keeps cards moving."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import redis.asyncio
import uvicorn
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.bootstrap import Bot as Stylist
from bot.bootstrap import running_bot
from bot.channels.cards import LiveCards
from bot.channels.telegram import menus
from bot.channels.telegram.calls import Calls, make_bot, seconds_of
from bot.channels.telegram.delivering import TelegramChannel
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.pictures import Pictures
from bot.channels.telegram.places import CHANNEL
from bot.channels.telegram.polling import Polling, begin_polling
from bot.channels.telegram.progress import EVERY_S, Cards
from bot.channels.telegram.rendering import MAIN, PRIVATE
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.stars import Stars, Tariff
from bot.channels.telegram.updates import Me
from bot.channels.telegram.webhook import begin_webhook, build_app, secret_of
from storage.observing import observe

log = logging.getLogger(__name__)

SENDERS = 8


class TokenRefused(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What runs behind one bot, for whoever drives it."""

    bot: Bot
    me: Me
    stylist: Stylist
    intake: Intake


async def who_am_i(bot: Bot) -> Me:
    """Open the client and hear from Telegram who it is; waits for an answer. Raises TokenRefused."""
    pause = 0.5
    while True:
        try:
            await bot.initialize()
        except InvalidToken as error:
            raise TokenRefused(
                "Telegram does not know this TELEGRAM_BOT_TOKEN; @BotFather shows the right one."
            ) from error
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except NetworkError as error:
            log.warning("Telegram does not answer: %s", error)
            await asyncio.sleep(pause)
            pause = min(15.0, 2 * pause)
        else:
            user = bot.bot
            hears_all, inline = bool(user.can_read_all_group_messages), bool(user.supports_inline_queries)
            return Me(user.id, user.username or "", hears_all, inline)


@asynccontextmanager
async def running(settings: TelegramSettings) -> AsyncIterator[Parts]:
    """Everything but the way in. Raises TokenRefused."""
    bot = make_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base)
    client = redis.asyncio.Redis.from_url(
        settings.redis_url.get_secret_value(), socket_connect_timeout=2, socket_timeout=5
    )
    async with client:
        try:
            me = await who_am_i(bot)
            calls = Calls(Pace(client, me.id))
            tariff = Tariff(settings.stars_price, settings.stars_pack, settings.stars_free)
            stars = Stars(bot, tariff)
            made: list[Pictures] = []

            def channel(stylist: Stylist) -> TelegramChannel:
                made.append(Pictures(bot, stylist.database))
                return TelegramChannel(bot, me, stylist.database, calls, made[0], stars)

            async with running_bot(settings, channel, senders=SENDERS) as stylist:
                pictures = made[0]
                inline = Inline(bot, me, stylist.database, pictures, settings.public_url, settings.shop_links)
                intake = Intake(bot, me, stylist.database, stylist.inbox, inline, stars)
                cards = LiveCards(
                    stylist.database,
                    CHANNEL,
                    (MAIN, PRIVATE),
                    Cards(bot, me, calls),
                    EVERY_S,
                    settings.shop_links,
                )
                tasks = [
                    asyncio.create_task(cards.run()),
                    asyncio.create_task(_menus(bot, client, tariff)),
                ]
                try:
                    yield Parts(bot, me, stylist, intake)
                finally:
                    for task in tasks:
                        task.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
                    await intake.close()
                    await pictures.close()
        finally:
            await bot.shutdown()


async def serve(settings: TelegramSettings, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. Raises TokenRefused, OSError when the port is taken."""
    observe(settings, "telegram")
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    serving = asyncio.create_task(_serve(settings, host, port))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def _serve(settings: TelegramSettings, host: str, port: int) -> None:
    async with running(settings) as parts:
        name, url = f"@{parts.me.username}", settings.public_url or ""
        if url.startswith("https://"):
            secret = secret_of(settings.telegram_bot_token.get_secret_value())
            app = build_app(parts.bot, parts.intake, parts.stylist.database, parts.stylist.hints, secret)
            announcing = asyncio.create_task(_announce(parts.bot, url, secret, name))
            try:
                await _uvicorn(app, host, port)
            finally:
                announcing.cancel()
                await asyncio.gather(announcing, return_exceptions=True)
        else:
            await begin_polling(parts.bot)
            log.info("%s is ready, polling", name)
            await Polling(parts.bot, parts.intake).run()


async def _announce(bot: Bot, url: str, secret: str, name: str) -> None:
    while True:
        try:
            address = await begin_webhook(bot, url, secret)
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except TelegramError as error:
            log.warning("the webhook was not set: %s", error)
            await asyncio.sleep(5)
        else:
            log.info("%s is ready, updates come to %s", name, address)
            return


async def _uvicorn(app: Any, host: str, port: int) -> None:
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=3, h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    # It takes the signals for itself, ends, and raises them once more for us.
    await uvicorn.Server(config).serve()


async def _menus(bot: Bot, client: redis.asyncio.Redis, tariff: Tariff) -> None:
    """Set the menus when they changed; without them everything else works too."""
    while True:
        try:
            if await menus.publish(bot, client, credits_offered=tariff.price > 0):
                log.info("the menus are set")
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except TelegramError as error:
            log.warning("the menus were not set: %s", error)
            await asyncio.sleep(30)
        else:
            return
