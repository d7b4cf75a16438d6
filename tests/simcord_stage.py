"""The Discord channel on simcord: the real gateway, consumers and delivery, with Discord itself simulated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import simcord

from bot.bootstrap import Bot, running_bot
from bot.channels.cards import LiveCards
from bot.channels.discord.channel import MAIN, NAME, DiscordChannel
from bot.channels.discord.commands import sync
from bot.channels.discord.gateway import Gateway
from bot.channels.discord.progress import EVERY_S, Cards
from bot.channels.discord.reception import Reception
from bot.channels.discord.replies import Replies
from bot.channels.discord.rest import Rest
from bot.settings import BotSettings
from pipeline.engines.registry import engine
from storage.hints import Hints
from storage.queue import PREVIEW_QUEUE
from tests.chaos.database import query
from tests.patience import patient
from workers.render import Renderer


class Stage:
    """One test's Discord and bot."""

    def __init__(
        self, env: simcord.Env, bot: Bot, replies: Replies, rest: MovingRest, settings: BotSettings
    ) -> None:
        self.env = env
        self.url = settings.database_url.get_secret_value()
        self._redis_url = settings.redis_url.get_secret_value()
        self.bot = bot
        self.replies = replies
        self.rest = rest
        self.gateway = rest.gateway
        self.progress = LiveCards(bot.database, NAME, (MAIN,), Cards(rest, replies, bot.database), EVERY_S)

    async def open(self) -> None:
        """What server.py does before it connects."""
        self.rest.use(self.gateway)
        self.gateway.open(Reception(self.bot.database, self.replies, self.rest, self.bot.inbox), self.bot.database)
        assert self.gateway.application_id is not None
        await sync(self.gateway.tree, self.replies, self.gateway.application_id, None)

    async def restart(self) -> None:
        """Another process of the bot; what it knew in memory is gone."""
        self.gateway = Gateway(shard_count=1)
        await self.env.restart_bot(self.gateway)
        await self.open()

    async def render(self) -> None:
        """What the worker does with the job that waits."""
        hints = Hints(self._redis_url)
        renderer = Renderer(self.bot.database, hints, lambda: engine("preview"), PREVIEW_QUEUE, "test")
        try:
            await renderer.render_next()
        finally:
            await hints.close()
        self.bot.inbox.ring()

    async def settled(self) -> None:
        """Everything is handled, sent and noted."""
        waiting = (
            "SELECT 1 FROM inbox WHERE status = 'pending' UNION ALL SELECT 1 FROM outbox WHERE status = 'pending'"
        )

        def look() -> bool:
            return not query(self.url, waiting)

        await self.until(look, "the end of all work")

    def failed(self) -> list[str]:
        """Why messages were given up."""
        return [code for (code,) in query(self.url, "SELECT error_code FROM outbox WHERE status = 'failed'")]

    async def until(self, condition: Callable[[], Any], what: str, timeout_s: float = 20) -> Any:
        """What the condition returns once it is true; the bot works meanwhile."""
        for _ in range(int(patient(timeout_s) / 0.02)):
            value = condition()
            if value:
                return value
            await asyncio.sleep(0.02)
        raise AssertionError(f"{what} did not come:\n{self.env.transcript()}")


class MovingRest(Rest):
    """REST through whichever gateway is attached now."""

    def __init__(self, gateway: Gateway) -> None:
        self.use(gateway)

    def use(self, gateway: Gateway) -> None:
        """From now on; what was remembered is gone, as in another process."""
        super().__init__(gateway.http)
        self.gateway = gateway


@asynccontextmanager
async def discord_stage(database_url: str, redis_url: str, data: Path) -> AsyncIterator[Stage]:
    """The bot behind the channel on a stocked database with its folder, and an empty Discord."""
    settings = BotSettings(DATABASE_URL=database_url, REDIS_URL=redis_url, data=data, intake_processes=1)
    replies, gateway = Replies(redis_url), Gateway(shard_count=1)
    rest = MovingRest(gateway)

    async def fetch(attachment: dict[str, Any]) -> bytes:
        return await rest.gateway.http.get_from_cdn(attachment["url"])

    try:
        async with simcord.run(gateway) as env:
            rest.use(gateway)
            async with running_bot(
                settings, lambda bot: DiscordChannel(rest, bot.database, replies, fetch), senders=2
            ) as bot:
                stage = Stage(env, bot, replies, rest, settings)
                await stage.open()
                yield stage
    finally:
        await replies.close()
