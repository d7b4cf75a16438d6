"""Builds the bot out of its settings. The only place that makes adapters; nothing connects before it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from bot.channels.base import Channel, ChargesTryOns, FetchesAttachments
from bot.channels.readers import ReadChannel
from bot.delivery import Delivery
from bot.dialogue.policy import HERE, Policy
from bot.effects.perform import Effects
from bot.handling import Handler
from bot.inbox import Consumer
from bot.links import LinkDesk, PageSandbox
from bot.llm.desk import Budget, ModelDesk
from bot.llm.endpoint import Endpoint
from bot.mail.composing import Composer
from bot.mail.content import Rules
from bot.mail.writing import House
from bot.photos import PhotoDesk
from bot.pictures import PictureDesk
from bot.products import ProductDesk
from bot.settings import BotSettings
from bot.watches import WatchDesk
from catalog.outbound import OutboundClient
from catalog.providers.link import LinkProvider
from catalog.providers.registry import Resources, build_providers
from catalog.rates import load_rates
from catalog.search import Catalogue
from pipeline.engines.registry import PREVIEW, engine
from storage.bell import Bell
from storage.budgets import Spending
from storage.catalogue import StoredProducts
from storage.health import Missing, health_port, watch_routes
from storage.hints import Hints
from storage.hosts import is_this_machine
from storage.jobs import JobPolicy
from storage.metrics import asked_shop
from storage.pace import RedisPace
from storage.queue import WakeUps
from storage.remote_settings import REMOTE
from storage.unit_of_work import Database

BRAND = "fashionCORE"
"""What letters are headed with where their sender has no name."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The running parts, for whoever serves a channel."""

    database: Database
    hints: Hints
    inbox: Bell


def open_database(settings: BotSettings, senders: int = 1) -> Database:
    """The database and the media store; nothing connects yet. `senders` messages leave at the same moment."""
    config = settings.storage(pool_size=2 * (settings.consumers + senders + 1))
    policy = JobPolicy(result_kept=timedelta(days=settings.result_days))
    return Database(config, settings.media_store(config.media), policy, settings.master())


def model_endpoint(settings: BotSettings) -> Endpoint | None:
    """The language model, when one is set."""
    url, name = settings.model_url, settings.openai_model
    return None if url is None or name is None else Endpoint(url, name, settings.openai_api_key)


def policy_of(settings: BotSettings, endpoint: Endpoint | None) -> Policy:
    """What people are told and asked. Whoever agreed to other terms is asked again."""
    plain = Policy(
        photo_days=settings.photo_days,
        result_days=settings.result_days,
        max_waiting=settings.max_waiting,
        shops=settings.shops.names,
    )
    if settings.engine == REMOTE and (host := settings.pictures_go_to()):
        plain = replace(plain, drawn_on=host, consent_version=f"{plain.consent_version}+drawn on {host}")
    if endpoint is None:
        return plain
    where = HERE if is_this_machine(endpoint.host) else endpoint.host
    version = f"{plain.consent_version}+{where}{'+pictures' if settings.llm_pictures else ''}"
    return replace(plain, model=where, model_sees=settings.llm_pictures, consent_version=version)


def budget_of(settings: BotSettings) -> Budget:
    """What the language model may take in a day."""
    micro = 1_000_000
    return Budget(
        person=Spending(settings.llm_tokens, int(settings.llm_usd * micro)),
        everybody=Spending(settings.llm_tokens_all, int(settings.llm_usd_all * micro)),
        prompt_price=settings.llm_price_in,
        answer_price=settings.llm_price_out,
    )


@asynccontextmanager
async def open_catalogue(settings: BotSettings, database: Database) -> AsyncIterator[Catalogue]:
    """Our own index and the shops that are set up, behind one search."""
    pace = RedisPace(settings.redis_url.get_secret_value())
    providers = build_providers(Resources(StoredProducts(database), settings.shops, pace))
    catalogue = Catalogue(providers, watch=asked_shop)
    try:
        yield catalogue
    finally:
        await catalogue.close()
        await pace.close()


@asynccontextmanager
async def running_bot(
    settings: BotSettings,
    make_channel: Callable[[Bot], Channel],
    senders: int = 1,
    outbound: OutboundClient | None = None,
    *,
    ready_for_photos: bool = True,
    missing: Missing = lambda: None,
) -> AsyncIterator[Bot]:
    """The bot behind one channel: consumers and delivery run until the block ends.

    `outbound` fetches what people's links name; by default it reaches the public internet only. Without
    `ready_for_photos` the models that look at photos are loaded by the first one. `missing` says what the channel
    itself waits for.
    """
    database = open_database(settings, senders)
    hints = Hints(settings.redis_url.get_secret_value())
    wake_ups = WakeUps(settings.redis_url.get_secret_value())
    photos = PhotoDesk(settings.intake_processes)
    inbox, outgoing = Bell(), Bell()
    bot = Bot(database, hints, inbox)
    channel = make_channel(bot)
    endpoint = model_endpoint(settings)
    policy = policy_of(settings, endpoint)
    attachments = {channel.name: channel} if isinstance(channel, FetchesAttachments) else {}
    tills = {channel.name: channel} if isinstance(channel, ChargesTryOns) else {}
    shops = AsyncExitStack()
    catalogue = await shops.enter_async_context(open_catalogue(settings, database))
    abroad = outbound or OutboundClient()
    pictures = PictureDesk(database, abroad, photos.clean)
    products = ProductDesk(catalogue, pictures, load_rates(settings.rates))
    effects = Effects(
        catalogue,
        photos,
        settings.identified(),
        policy,
        # Every other engine takes longer than a person likes to look at nothing.
        preview=None if settings.engine == PREVIEW else engine(PREVIEW),
        tills=tills,
        products=products,
        read=[channel.name] if isinstance(channel, ReadChannel) else [],
    )
    model = None
    if endpoint is not None:
        budget = budget_of(settings)
        model = ModelDesk(database, endpoint, effects, policy, budget, inbox=inbox, pictures=settings.llm_pictures)
    handler = Handler(effects, photos, policy, attachments, model)
    pages, kept = PageSandbox(), timedelta(days=settings.photo_days)
    provider = LinkProvider(abroad, pages)
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
        model=model,
    )
    delivery = Delivery(database, {channel.name: channel}, outgoing, loops=senders, shown=settings.shop_links.on)
    tasks = [
        asyncio.create_task(consumer.run(settings.consumers)),
        asyncio.create_task(delivery.run()),
        asyncio.create_task(_hear(bot, channel.name)),
        asyncio.create_task(WatchDesk(database, products, channel.name, inbox).run()),
    ]
    if ready_for_photos:
        tasks.append(asyncio.create_task(photos.load()))
    try:
        async with health_port(settings.health_port, watch_routes(database, hints, missing)):
            yield bot
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await links.close()
        await pictures.close()
        if model is not None:
            await model.close()
        await provider.close()
        await shops.aclose()
        await wake_ups.close()
        await hints.close()
        pages.close()
        photos.close()
        database.close()


@asynccontextmanager
async def open_composer(
    settings: BotSettings, database: Database, home: str | None = None
) -> AsyncIterator[Composer]:
    """What writes letters. `home` is the web chat's address where no public one is set."""
    photos, rates = PhotoDesk(settings.intake_processes), load_rates(settings.rates)
    imprint = tuple(line.strip() for line in settings.mail_imprint.split("|") if line.strip())
    house = House(
        parseaddr(settings.mail_from)[0] or BRAND,
        settings.public_url or home or "",
        imprint,
        Rules(settings.mail_amazon),
    )
    pictures = PictureDesk(database, OutboundClient(), photos.clean)
    async with open_catalogue(settings, database) as catalogue:
        try:
            desk = ProductDesk(catalogue, pictures, rates)
            yield Composer(database, desk, house, lambda: datetime.now(UTC), settings.shop_links)
        finally:
            await pictures.close()
            photos.close()


async def _hear(bot: Bot, channel: str) -> None:
    """Ring for events that other processes stored."""
    async for hint in bot.hints.listen():
        # After a reconnection hints may have been missed.
        if hint is None or (hint.topic == "inbox" and hint.about == channel):
            bot.inbox.ring()
