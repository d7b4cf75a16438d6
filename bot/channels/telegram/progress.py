"""Live progress: the cards of jobs that wait or run are edited while they do."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from uuid import UUID

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.base import DeliveryError
from bot.channels.telegram import words
from bot.channels.telegram.calls import Calls, MessageGone, Migrated
from bot.channels.telegram.places import CHANNEL, place_of
from bot.channels.telegram.rendering import MAIN, Piece, render
from bot.channels.telegram.updates import Me
from bot.dialogue.tryons import duration
from storage.bell import Bell
from storage.hints import Hints
from storage.records import CardRecord
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

LOOK_S = 3.0
"""How often the cards are looked at, and the least time between two edits of a chat."""

SPARE = 15
"""Messages of each second that are left to answers: a card that stands still harms nobody."""

BAR = 10


def line_of(uow: UnitOfWork, job: str) -> str:
    """How far a job is, in one line; "" when it is over."""
    found = uow.jobs.get(UUID(job))
    if found is None:
        return ""
    if found.status == "queued":
        place = uow.jobs.place(found.id)
        return words.QUEUED.format(place=words.ordinal(place.ahead + 1), wait=duration(place.eta_s))
    return running_line(found.fraction) if found.status == "running" else ""


def running_line(fraction: float) -> str:
    """A bar and the percent."""
    done = round(BAR * max(0.0, min(1.0, fraction)))
    return words.RUNNING.format(bar="▓" * done + "░" * (BAR - done), percent=round(100 * fraction))


class Progress:
    """The loop of one process. Several may run: a chat is edited by one of them at a time."""

    def __init__(self, bot: Bot, me: Me, database: Database, calls: Calls) -> None:
        self._bot = bot
        self._me = me
        self._database = database
        self._calls = calls
        self._live: dict[str, float] = {}
        self._shown: dict[str, str] = {}

    async def listen(self, hints: Hints, inbox: Bell) -> None:
        """Hear what workers tell, until cancelled; `inbox` rings for events that other processes stored."""
        async for hint in hints.listen():
            if hint is None or (hint.topic == "inbox" and hint.about == CHANNEL):
                inbox.ring()
            elif hint.topic == "job":
                self._live[hint.data["id"]] = float(hint.data["fraction"])

    async def run(self) -> None:
        """Edit cards until cancelled."""
        while True:
            try:
                await self.look()
            except CONNECTION_LOST:
                log.warning("the database is away")
            except Exception:
                log.exception("progress failed")
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Bring every card up to date that may be."""
        cards = await self._database.run(lambda uow: uow.outbox.cards(CHANNEL, MAIN))
        jobs = {str(card.job_id) for card in cards}
        self._live = {job: fraction for job, fraction in self._live.items() if job in jobs}
        self._shown = {job: line for job, line in self._shown.items() if job in jobs}
        for card in cards:
            await self._bring_up_to_date(card)

    async def _bring_up_to_date(self, card: CardRecord) -> None:
        job = str(card.job_id)
        line = await self._database.run(lambda uow: line_of(uow, job))
        if line and job in self._live and not line.startswith(words.QUEUED[:12]):
            line = running_line(self._live[job])
        if not line or line == self._shown.get(job):
            return
        place = place_of(card.address)
        if not await self._calls.pace.first(f"card:{card.place}", LOOK_S):
            return
        plan = render(card.turn_id, card.body, place, self._me, (), line)
        piece = plan.messages[-1]
        if not isinstance(piece, Piece) or piece.shot is not None:
            return
        # The turn stays as it is while its card is edited: a result cannot be overwritten by an older progress.
        async with self._database.transaction() as tx:
            if await tx.run(lambda uow: uow.outbox.hold(card)):
                await self._edit(card, piece)
                self._shown[job] = line

    async def _edit(self, card: CardRecord, piece: Piece) -> None:
        chat = int(card.place)

        async def request() -> Any:
            await self._bot.edit_message_text(
                piece.text, chat, int(card.message_id), parse_mode=ParseMode.HTML, reply_markup=piece.keyboard,
                read_timeout=5, write_timeout=5,
            )  # fmt: skip

        try:
            await self._calls.edit(chat, request, spare=SPARE)
        except (DeliveryError, MessageGone, Migrated, TelegramError) as error:
            # The next look tries again, or the result makes it needless.
            log.debug("a card was not edited: %s", error)
