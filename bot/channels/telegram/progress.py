"""How far a job is, as Telegram shows it: a line under the card's words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.base import DeliveryError
from bot.channels.telegram.calls import Calls, MessageGone, Migrated
from bot.channels.telegram.places import place_of
from bot.channels.telegram.rendering import Piece, render
from bot.channels.telegram.updates import Me
from bot.dialogue.language import percent
from bot.dialogue.tryons import waiting
from storage.records import CardRecord, JobRecord, QueuePlace
from storage.unit_of_work import UnitOfWork

EVERY_S = 3.0
"""How often the cards are looked at, and the least time between two edits of a chat."""

SPARE = 15
"""Messages of each second that are left to answers: a card that stands still harms nobody."""

BAR = 10


def line_of(uow: UnitOfWork, job: str) -> str:
    """How far a job is, in one line; "" when it is over."""
    found = uow.jobs.get(UUID(job))
    return "" if found is None else line(found, uow.jobs.place(found.id))


def line(job: JobRecord, place: QueuePlace) -> str:
    """The same of a job that was looked up."""
    if job.status == "queued":
        return waiting(place.ahead, place.eta_s)
    if job.status != "running":
        return ""
    done = round(BAR * max(0.0, min(1.0, job.fraction)))
    return f"{'▓' * done}{'░' * (BAR - done)} {percent(job.fraction)}"


class Cards:
    """See bot.channels.cards.CardEditor."""

    def __init__(self, bot: Bot, me: Me, calls: Calls) -> None:
        self._bot = bot
        self._me = me
        self._calls = calls

    def words(self, job: JobRecord, place: QueuePlace) -> str:
        """See CardEditor."""
        return line(job, place)

    async def edit(self, card: CardRecord, words: str) -> bool:
        """See CardEditor."""
        if not words or not await self._calls.pace.first(f"card:{card.place}", EVERY_S):
            return False
        plan = render(card.turn_id, card.body, place_of(card.address), self._me, (), words)
        piece = plan.messages[-1]
        if not isinstance(piece, Piece) or piece.shot is not None:
            return False
        chat, text, keyboard = int(card.place), piece.text, piece.keyboard

        async def request() -> Any:
            await self._bot.edit_message_text(
                text, chat, int(card.message_id), parse_mode=ParseMode.HTML, reply_markup=keyboard,
                read_timeout=5, write_timeout=5,
            )  # fmt: skip

        try:
            await self._calls.edit(chat, request, spare=SPARE)
        except (DeliveryError, MessageGone, Migrated, TelegramError):
            return False
        return True
