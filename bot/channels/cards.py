"""Live progress: the message of a job that waits or runs says how far it is, until its result takes its place."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol
from uuid import UUID

from bot.dialogue.language import speaking
from storage.records import CardRecord, JobRecord, QueuePlace
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)


class CardEditor(Protocol):
    """A channel's own way with cards. The language of the card is spoken."""

    def words(self, job: JobRecord, place: QueuePlace) -> str:
        """What the card says now; a card that says it already is left alone."""
        ...

    async def edit(self, card: CardRecord, words: str) -> bool:
        """Write it; False when that was not possible now, which the next look or the result makes good."""
        ...


class LiveCards:
    """Looks at the cards of a channel. Several processes may: one edits a card at a time.

    `part` is how the part of a turn is called whose message is the card.
    """

    def __init__(self, database: Database, channel: str, part: str, editor: CardEditor, every_s: float) -> None:
        self._database = database
        self._channel = channel
        self._part = part
        self._editor = editor
        self._every_s = every_s
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
            await asyncio.sleep(self._every_s)

    async def look(self) -> None:
        """Bring every card up to date that says something else than before."""
        live = await self._database.run(self._live)
        jobs = {card.job_id for card, _ in live}
        self._shown = {job: words for job, words in self._shown.items() if job in jobs}
        for card, words in live:
            if self._shown.get(card.job_id) != words:
                await self._edit(card, words)

    async def _edit(self, card: CardRecord, words: str) -> None:
        # The turn stays as it is while its card is edited: a result cannot be overwritten by an older progress.
        async with self._database.transaction() as tx:
            held = await tx.run(lambda uow: uow.outbox.hold(card))
            with speaking(card.body.get("lang")):
                if held and await self._editor.edit(card, words):
                    self._shown[card.job_id] = words

    def _live(self, uow: UnitOfWork) -> list[tuple[CardRecord, str]]:
        found = []
        for card in uow.outbox.cards(self._channel, self._part):
            job = uow.jobs.get(card.job_id)
            if job is not None:
                with speaking(card.body.get("lang")):
                    found.append((card, self._editor.words(job, uow.jobs.place(job.id))))
        return found
