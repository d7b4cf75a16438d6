"""How far a job is, as Discord shows it: in place of the card's words, or below those of the preview."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.channels.base import DeliveryError
from bot.channels.cards import preview_in
from bot.channels.discord.pictures import DEFAULT_LIMIT, fitted, uploads_of, with_files
from bot.channels.discord.rendering import progress_text, refining_text, show
from bot.channels.discord.replies import Replies
from bot.channels.discord.rest import Json, MessageGone, NoWay, Rest, TooLarge, Upload
from bot.messages import title_of_job
from storage.records import CardRecord, JobRecord, QueuePlace
from storage.unit_of_work import Database

EVERY_S = 2.0
"""How often the cards are looked at."""

EDIT_S = 5.0
"""The result waits while its card is edited, so that the card never comes after it."""


class Cards:
    """See bot.channels.cards.CardEditor."""

    def __init__(self, rest: Rest, replies: Replies, database: Database) -> None:
        self._rest = rest
        self._replies = replies
        self._database = database

    def words(self, card: CardRecord, job: JobRecord, place: QueuePlace) -> str:
        """See CardEditor."""
        if preview_in(card) is not None:
            return refining_text(card.body["text"], job.status, place.ahead, place.eta_s, job.fraction)
        return progress_text(title_of_job(job.request), job.status, place.ahead, place.eta_s, job.fraction)

    async def edit(self, card: CardRecord, words: str, picture: bytes | None) -> bool:
        """See CardEditor."""
        try:
            async with asyncio.timeout(EDIT_S):
                if picture is not None:
                    return await self._write(card, *await self._with(card, words, picture))
                if preview_in(card) is not None:
                    # Everything but the words stays as it is, the pictures too.
                    return await self._write(card, {"content": words}, None)
                return await self._write(card, show({**card.body, "text": words}).body(), ())
        except (TimeoutError, MessageGone, NoWay, TooLarge, DeliveryError):
            return False

    async def _with(self, card: CardRecord, words: str, picture: bytes) -> tuple[Json, list[Upload]]:
        """The whole message with this picture in place of the preview."""
        shown = show({**card.body, "text": words}, sharing=bool(card.address.rpartition(":")[0]))
        preview = {file.name for file in shown.files if file.media == preview_in(card)}
        uploads, links = await uploads_of(self._database, shown)
        changed = [replace(one, data=picture) if one.name in preview else one for one in uploads]
        files = await asyncio.to_thread(fitted, changed, DEFAULT_LIMIT)
        return with_files(shown, files, links), files

    async def _write(self, card: CardRecord, body: Json, files: Sequence[Upload] | None) -> bool:
        interaction = card.part.partition("@")[2]
        if not interaction:
            await self._rest.edit(card.place, card.message_id, body, files)
            return True
        reply = await self._replies.find(interaction)
        if reply is not None:
            await self._rest.edit_answer(reply.application, reply.token, card.message_id, body, files)
        return reply is not None
