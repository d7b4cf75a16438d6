"""How far a job is, as Discord shows it: in place of the card's words."""

from __future__ import annotations

import asyncio

from bot.channels.base import DeliveryError
from bot.channels.discord.rendering import progress_text, show
from bot.channels.discord.replies import Replies
from bot.channels.discord.rest import Json, MessageGone, NoWay, Rest
from bot.messages import title_of_job
from storage.records import CardRecord, JobRecord, QueuePlace

EVERY_S = 2.0
"""How often the cards are looked at."""

EDIT_S = 5.0
"""The result waits while its card is edited, so that the card never comes after it."""


class Cards:
    """See bot.channels.cards.CardEditor."""

    def __init__(self, rest: Rest, replies: Replies) -> None:
        self._rest = rest
        self._replies = replies

    def words(self, job: JobRecord, place: QueuePlace) -> str:
        """See CardEditor."""
        return progress_text(title_of_job(job.request), job.status, place.ahead, place.eta_s, job.fraction)

    async def edit(self, card: CardRecord, words: str) -> bool:
        """See CardEditor."""
        try:
            async with asyncio.timeout(EDIT_S):
                return await self._write(card, show({**card.body, "text": words}).body())
        except (TimeoutError, MessageGone, NoWay, DeliveryError):
            return False

    async def _write(self, card: CardRecord, body: Json) -> bool:
        interaction = card.part.partition("@")[2]
        if not interaction:
            await self._rest.edit(card.place, card.message_id, body)
            return True
        reply = await self._replies.find(interaction)
        if reply is not None:
            await self._rest.edit_answer(reply.application, reply.token, card.message_id, body)
        return reply is not None
