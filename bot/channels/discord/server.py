"""Runs the Discord channel: the gateway, and the bot behind it in the same process."""

from __future__ import annotations

import asyncio
import logging
import re
import signal

import aiohttp
import discord
import discord.gateway
import discord.http
import yarl

from bot.bootstrap import Bot, running_bot
from bot.channels.cards import LiveCards
from bot.channels.discord.attachments import Attachments
from bot.channels.discord.channel import MAIN, NAME, DiscordChannel
from bot.channels.discord.commands import sync
from bot.channels.discord.gateway import Gateway
from bot.channels.discord.progress import EVERY_S, Cards
from bot.channels.discord.reception import Reception
from bot.channels.discord.replies import Replies
from bot.channels.discord.rest import Rest
from bot.settings import BotSettings
from storage.observing import observe

log = logging.getLogger(__name__)

SENDERS = 8
"""Messages on their way at the same moment; Discord allows fifty requests a second."""


class DiscordError(Exception):
    """Why the channel cannot start, and what to do; for the person at the terminal."""


def point_library(api_base: str | None, gateway: str | None) -> None:
    """Another server than Discord's, for the library as a whole."""
    if api_base:
        discord.http.Route.BASE = api_base.rstrip("/")
    if gateway:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


def shards_of(text: str | None) -> tuple[list[int] | None, int | None]:
    """The shards to serve and how many there are: "4", "0-1/4", "0,2/4". Raises DiscordError."""
    if text is None:
        return None, None
    match = re.fullmatch(r"(?:([\d,\-]+)/)?(\d+)", text.replace(" ", ""))
    ids: list[int] = []
    for part in (match[1] or "").split(",") if match else []:
        first, _, last = part.partition("-")
        if first.isdigit() and (last.isdigit() or not last):
            ids += range(int(first), int(last or first) + 1)
    count = int(match[2]) if match else 0
    if count < 1 or any(shard >= count for shard in ids) or (match and match[1] and not ids):
        raise DiscordError(f"FASHIONCORE_DISCORD_SHARDS is {text!r}; write 4, or 0-1/4, or 0,2/4.")
    return ids or None, count


async def serve(settings: BotSettings) -> None:
    """Serve until SIGTERM or SIGINT. Raises DiscordError."""
    observe(settings, "discord")
    # The library names an interaction's token, which is a right to write, in its warnings.
    for talkative in ("discord.http", "discord.webhook"):
        logging.getLogger(talkative).setLevel(logging.ERROR)
    if settings.discord_bot_token is None:
        raise DiscordError("DISCORD_BOT_TOKEN is not set; docs/discord.md says where it comes from.")
    point_library(settings.discord_api_base, settings.discord_gateway)
    ids, count = shards_of(settings.discord_shards)
    async with Gateway(shards=ids, shard_count=count) as gateway:
        try:
            await gateway.login(settings.discord_bot_token.get_secret_value())
        except discord.LoginFailure as error:
            raise DiscordError("Discord does not know this token. Reset it in the Developer Portal.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise DiscordError(f"Discord cannot be reached: {error}") from error
        await _serve(settings, gateway)


async def _serve(settings: BotSettings, gateway: Gateway) -> None:
    rest, replies = Rest(gateway.http), Replies(settings.redis_url.get_secret_value())
    attachments = Attachments(settings.discord_api_base)

    def channel(bot: Bot) -> DiscordChannel:
        return DiscordChannel(rest, bot.database, replies, attachments.fetch)

    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    async with running_bot(settings, channel, SENDERS, missing=gateway.missing) as bot:
        reception = Reception(bot.database, replies, rest, bot.inbox)
        gateway.open(reception, bot.database)
        if gateway.application_id is not None:
            await sync(gateway.tree, replies, gateway.application_id, settings.discord_guild)
        resumed = await reception.resume()
        if resumed:
            log.info("took up %d events of before", resumed)
        editor = Cards(rest, replies, bot.database)
        cards = LiveCards(bot.database, NAME, (MAIN,), editor, EVERY_S, settings.shop_links)
        tasks = [
            asyncio.create_task(gateway.connect()),
            asyncio.create_task(cards.run()),
            asyncio.create_task(stop.wait()),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await gateway.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await replies.close()
