"""The connection to Discord's gateway. It acknowledges and stores; answering is the delivery's business."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, cast

import discord
from discord.app_commands import CommandTree

from bot.channels.base import DeliveryError
from bot.channels.discord import events, texts
from bot.channels.discord.catching_up import missed_messages
from bot.channels.discord.commands import Interaction, Translator, build_tree
from bot.channels.discord.reception import Reception
from bot.channels.discord.rendering import FORM, form_of
from bot.channels.discord.replies import Incoming
from bot.channels.discord.rest import EPHEMERAL, Json, MessageGone, NoWay, Rest
from bot.dialogue.language import language_of, speaking
from bot.dialogue.types import Context
from bot.dialogue.understanding import understand
from catalog.query import query_from_slots
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

# We have no voice: nobody needs to read at every start that its libraries are not there.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

INTENTS = discord.Intents(guilds=True, dm_messages=True, guild_messages=True)
"""None is privileged: the content of private messages and of those that mention us comes without asking."""
SUGGESTIONS = 20
SUGGEST_S = 2.0
"""Discord waits three seconds for suggestions, and the person types on."""
MAX_RATE_LIMIT_S = 30.0
"""discord.py waits so long by itself; a longer pause goes back to the outbox."""
MESSAGE, THINKING, MODAL = 4, 5, 9
"""First answers to an interaction: a message, the promise of one, a form."""


class Gateway(discord.AutoShardedClient):
    """The bot's presence. `shards` are the ids this process serves, `shard_count` all there are."""

    def __init__(self, *, shards: list[int] | None = None, shard_count: int | None = None) -> None:
        super().__init__(
            intents=INTENTS,
            shard_ids=cast("list[int]", shards),  # None is all of them, which the library's types do not say
            shard_count=shard_count,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=MAX_RATE_LIMIT_S,
        )
        self.tree: CommandTree[Any] = build_tree(self, self)
        self._reception: Reception | None = None
        self._database: Database | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    def missing(self) -> str | None:
        """See storage.health."""
        connected = self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())
        return None if connected else "the gateway is not connected"

    async def setup_hook(self) -> None:
        """See the library."""
        await self.tree.set_translator(Translator())

    def open(self, reception: Reception, database: Database) -> None:
        """Take events from now on."""
        self._reception, self._database = reception, database

    async def connect(self, *, reconnect: bool = True) -> None:
        """See the library. With the count known it connects to DEFAULT_GATEWAY, which may be another server."""
        if self.shard_count is None:
            self.shard_count = (await self.http.get_bot_gateway())[0]
        await super().connect(reconnect=reconnect)

    async def on_ready(self) -> None:
        """Connected anew: said for the operator, and what was missed is read."""
        log.info("on Discord as %s, %d servers, %d shards", self.user, len(self.guilds), len(self.shards))
        if self._database is None:
            return
        for message in await missed_messages(self, self._database):
            await self.on_message(message)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """An event that could not be taken; what people wrote must not stand in the log."""
        del args, kwargs
        log.exception("an event of kind %s could not be taken", event_method)

    # --- what comes in --------------------------------------------------------------------------------

    async def on_message(self, message: discord.Message) -> None:
        """Words and pictures, in private or with our name in them. Stored before anything else."""
        me = self.user
        if me is None or message.author.bot or message.webhook_id is not None:
            return
        if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
            return
        if message.guild is not None and all(user.id != me.id for user in message.mentions):
            return
        incoming = events.of_message(message, me.id)
        if incoming is not None:
            await self._took(incoming)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Buttons, lists and forms. Known by what stands in them, so that they work after a restart and for ever;
        commands come through the tree.
        """
        if interaction.type not in {discord.InteractionType.component, discord.InteractionType.modal_submit}:
            return
        custom_id = events.custom_id_of(interaction)
        if interaction.type is discord.InteractionType.component and custom_id.startswith(FORM):
            await self.ask(interaction, custom_id.removeprefix(FORM))
            return
        incoming = events.of_component(interaction)
        if incoming is not None:
            await self._acknowledged(interaction, incoming)

    # --- commands.Desk --------------------------------------------------------------------------------

    async def take(self, interaction: Interaction, *rows: events.Row) -> None:
        """See commands.Desk."""
        await self._acknowledged(interaction, events.of_command(interaction, *rows))

    async def take_marked(self, interaction: Interaction, message: discord.Message) -> None:
        """See commands.Desk."""
        ours = self.user is not None and message.author.id == self.user.id
        rows = (events.command(texts.SAY_TRY_THIS),) if ours else events.of_marked(message)
        if not rows:
            with speaking(language_of(interaction.locale.value)):
                told = {"content": texts.NO_PICTURE(), "flags": EPHEMERAL}
            await self._respond(interaction, {"type": MESSAGE, "data": told})
            return
        await self._acknowledged(interaction, events.about(events.of_command(interaction, *rows), message))

    async def ask(self, interaction: Interaction, form: str) -> None:
        """See commands.Desk."""
        with speaking(language_of(interaction.locale.value)):
            await self._respond(interaction, {"type": MODAL, "data": form_of(form)})

    async def suggest(self, typed: str) -> list[tuple[str, str]]:
        """See commands.Desk."""

        def search(uow: UnitOfWork) -> list[tuple[str, str]]:
            query = query_from_slots(typed, dict(understand(typed, Context()).slots))
            return [(product.id, product.title) for product in uow.products.search(query, SUGGESTIONS).products]

        if self._database is None:
            return []
        try:
            async with asyncio.timeout(SUGGEST_S):
                return await self._database.run(search)
        except Exception:
            # Without suggestions one can still type.
            log.warning("no suggestions", exc_info=True)
            return []

    # --- acknowledging and storing --------------------------------------------------------------------

    async def _acknowledged(self, interaction: Interaction, incoming: Incoming) -> None:
        """Both at once: Discord waits three seconds, however slow the database is."""
        stored = asyncio.create_task(self._took(incoming))
        # Held, so that it is finished even when acknowledging fails.
        self._tasks.add(stored)
        stored.add_done_callback(self._tasks.discard)
        private = incoming.reply is not None and incoming.reply.private
        try:
            await self._respond(interaction, {"type": THINKING, "data": {"flags": EPHEMERAL if private else 0}})
        except (NoWay, MessageGone, DeliveryError) as error:
            # Too late, or Discord is not well: the answer finds another way.
            log.warning("an interaction was not acknowledged: %s", error)
        await stored

    async def _respond(self, interaction: Interaction, response: Json) -> None:
        await Rest(self.http).respond(str(interaction.id), interaction.token, response)

    async def _took(self, incoming: Incoming) -> None:
        if self._reception is None:
            raise RuntimeError("the gateway was connected before it was opened")
        await self._reception.take(incoming)
