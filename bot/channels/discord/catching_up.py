"""Reads what was written to us while no process of ours listened: Discord does not send it again."""

from __future__ import annotations

import logging
from datetime import timedelta

import discord

from bot.channels.base import DeliveryError
from bot.channels.discord.channel import NAME
from bot.channels.discord.rest import NoWay, Rest
from storage.addresses import account_of
from storage.unit_of_work import Database

log = logging.getLogger(__name__)

WITHIN = timedelta(days=1)
TALKS = 50
"""Conversations that are looked at, the newest first: each is a request."""
MESSAGES = 20


async def missed_messages(gateway: discord.AutoShardedClient, database: Database) -> list[discord.Message]:
    """What people wrote after their newest stored event, in its order. Messages that are not for us come along."""
    newest = await database.run(lambda uow: uow.inbox.newest(NAME, WITHIN, TALKS), attempts=3)
    found: dict[int, discord.Message] = {}
    for address, event in newest:
        try:
            channel = await _channel(gateway, address)
            if channel is None:
                continue
            async for message in channel.history(limit=MESSAGES, after=discord.Object(event), oldest_first=True):
                if str(message.author.id) == account_of(address):
                    found[message.id] = message
        except (discord.HTTPException, NoWay, DeliveryError) as error:
            log.info("a conversation could not be looked at: %s", error)
    return [found[number] for number in sorted(found)]


async def _channel(gateway: discord.AutoShardedClient, address: str) -> discord.abc.Messageable | None:
    """Where the conversation is; None when another process serves it or it is not there any more."""
    place, account = address.rpartition(":")[0], account_of(address)
    if place:
        channel = gateway.get_channel(int(place))
        return channel if isinstance(channel, discord.abc.Messageable) else None
    # Private chats are the first shard's.
    if gateway.shard_ids is not None and 0 not in gateway.shard_ids:
        return None
    return gateway.get_partial_messageable(int(await Rest(gateway.http).private_channel(account)))
