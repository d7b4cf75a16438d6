"""Builds the bot out of its settings. The only place that makes adapters; nothing connects before it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.base import Channel, ChargesTryOns, FetchesAttachments
from bot.delivery import Delivery
from bot.dialogue.policy import Policy
from bot.effects import Effects
from bot.handling import Handler
from bot.inbox import Consumer
from bot.links import LinkDesk, PageSandbox
from bot.photos import PhotoDesk
from bot.settings import BotSettings
from catalog.outbound import OutboundClient
from catalog.providers.link import LinkProvider
from catalog.providers.registry import Resources, build_providers
from catalog.search import Catalogue
from pipeline.engines.registry import engine
from storage.bell import Bell
from storage.catalogue import StoredProducts
from storage.hints import Hints
from storage.jobs import JobPolicy
from storage.media import LocalMediaStore
from storage.queue import WakeUps
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Bot:
    """The running parts, for whoever serves a channel."""

    database: Database
    hints: Hints
    inbox: Bell


def open_database(settings: BotSettings, senders: int = 1) -> Database:
    """The database and the media store; nothing connects yet. `senders` messages leave at the same moment."""
    config = settings.storage(pool_size=2 * (settings.consumers + senders + 1))
    return Database(
        config, LocalMediaStore(config.media), JobPolicy(result_kept=timedelta(days=settings.result_days))
    )


@asynccontextmanager
async def running_bot(
    settings: BotSettings,
    make_channel: Callable[[Bot], Channel],
    senders: int = 1,
    outbound: OutboundClient | None = None,
    *,
    ready_for_photos: bool = True,
) -> AsyncIterator[Bot]:
    """The bot behind one channel: consumers and delivery run until the block ends.

    `outbound` fetches what people's links name; by default it reaches the public internet only. Without
    `ready_for_photos` the models that look at photos are loaded by the first one.
    """
    database = open_database(settings, senders)
    hints = Hints(settings.redis_url.get_secret_value())
    wake_ups = WakeUps(settings.redis_url.get_secret_value())
    photos = PhotoDesk(settings.intake_processes)
    inbox, outgoing = Bell(), Bell()
    bot = Bot(database, hints, inbox)
    channel = make_channel(bot)
    policy = Policy(
        photo_days=settings.photo_days, result_days=settings.result_days, max_waiting=settings.max_waiting
    )
    catalogue = Catalogue(build_providers(Resources(index=StoredProducts(database))))
    attachments = {channel.name: channel} if isinstance(channel, FetchesAttachments) else {}
    tills = {channel.name: channel} if isinstance(channel, ChargesTryOns) else {}
    effects = Effects(catalogue, photos, engine(settings.engine), policy, tills=tills)
    handler = Handler(effects, photos, policy, attachments)
    pages, kept = PageSandbox(), timedelta(days=settings.photo_days)
    provider = LinkProvider(outbound or OutboundClient(), pages)
    links = LinkDesk(database, provider, photos, inbox=inbox, kept=kept)
    consumer = Consumer(
        database,
        handler,
        [channel.name],
        hints=hints,
        wake_ups=wake_ups,
        bell=inbox,
        outgoing=outgoing,
        links=links,
    )
    delivery = Delivery(database, {channel.name: channel}, outgoing, loops=senders)
    tasks = [
        asyncio.create_task(consumer.run(settings.consumers)),
        asyncio.create_task(delivery.run()),
        asyncio.create_task(_hear(bot, channel.name)),
    ]
    if ready_for_photos:
        tasks.append(asyncio.create_task(photos.load()))
    try:
        yield bot
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await links.close()
        await provider.close()
        await wake_ups.close()
        await hints.close()
        pages.close()
        photos.close()
        database.close()


async def _hear(bot: Bot, channel: str) -> None:
    """Ring for events that other processes stored."""
    async for hint in bot.hints.listen():
        # After a reconnection hints may have been missed.
        if hint is None or (hint.topic == "inbox" and hint.about == channel):
            bot.inbox.ring()
