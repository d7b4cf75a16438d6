"""Keeps the message of a waiting or running try-on up to date, at most every two seconds, until its result."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from uuid import UUID

from bot.channels.base import DeliveryError
from bot.channels.discord.channel import MAIN, NAME
from bot.channels.discord.rendering import progress_text, show
from bot.channels.discord.replies import Replies
from bot.channels.discord.rest import Json, MessageGone, NoWay, Rest
from storage.records import SentRecord
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

EVERY_S = 2.0
EDIT_S = 5.0
"""The result waits while its card is edited, so that the card never comes after it."""


@dataclass(frozen=True, slots=True)
class _Live:
    """One job's card as it should be now."""

    job: UUID
    conversation: UUID
    text: str


class Progress:
    """Looks at the jobs, which several processes may do: one edits a card at a time."""

    def __init__(self, database: Database, rest: Rest, replies: Replies) -> None:
        self._database = database
        self._rest = rest
        self._replies = replies
        self._shown: dict[UUID, str] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except CONNECTION_LOST:
                log.warning("the database is away")
            except Exception:
                log.exception("progress could not be shown")
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Bring every card up to date that says something else than before."""
        live = await self._database.run(_live)
        self._shown = {one.job: self._shown[one.job] for one in live if one.job in self._shown}
        # A card that was just sent says it all in its own words.
        changed = [one for one in live if self._shown.setdefault(one.job, one.text) != one.text]
        await asyncio.gather(*(self._edit(one) for one in changed))

    async def _edit(self, one: _Live) -> None:
        async with self._database.transaction() as tx:
            found = await tx.run(lambda uow: _card(uow, one))
            if found is None:
                return
            message, body = found
            try:
                async with asyncio.timeout(EDIT_S):
                    await self._write(message, body)
            except (TimeoutError, MessageGone, NoWay, DeliveryError):
                # The next look, or the result, makes it good.
                return
        self._shown[one.job] = one.text

    async def _write(self, message: SentRecord, body: Json) -> None:
        interaction = message.part.partition("@")[2]
        if not interaction:
            await self._rest.edit(message.place, message.message_id or "", body)
            return
        reply = await self._replies.find(interaction)
        if reply is not None:
            await self._rest.edit_answer(reply.application, reply.token, message.message_id or "", body)


def _live(uow: UnitOfWork) -> list[_Live]:
    found = []
    for job in uow.jobs.active_on(NAME):
        place = uow.jobs.place(job.id)
        text = progress_text(job.request["card"]["title"], job.status, place.ahead, place.eta_s, job.fraction)
        found.append(_Live(job.id, job.conversation_id, text))
    return found


def _card(uow: UnitOfWork, one: _Live) -> tuple[SentRecord, Json] | None:
    """The message of the card with its text of now, locked against the result; None when there is none to edit."""
    turn = uow.conversations.hold_slot(one.conversation, f"job:{one.job}")
    if turn is None or turn.body["job"] is None:
        return None
    for message in uow.outbox.messages_of(turn.id):
        if message.part.startswith(MAIN) and message.message_id is not None and message.rev == turn.rev:
            return message, show({**turn.body, "text": one.text}).body()
    return None
