"""How far a job is, as Telegram shows it: a line under the card's words, or under those of the preview."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from telegram import Bot, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.base import DeliveryError
from bot.channels.cards import preview_in
from bot.channels.telegram.calls import Calls, MessageGone, Migrated
from bot.channels.telegram.places import place_of
from bot.channels.telegram.rendering import MAIN, PRIVATE, Piece, media_of, render
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

    def words(self, card: CardRecord, job: JobRecord, place: QueuePlace) -> str:
        """See CardEditor. A group is told where the picture is, and no more of it."""
        return "" if preview_in(card) and self._piece(card, "") is None else line(job, place)

    async def edit(self, card: CardRecord, words: str, picture: bytes | None) -> bool:
        """See CardEditor."""
        piece = self._piece(card, words)
        if not words or piece is None or not await self._calls.pace.first(f"card:{card.place}", EVERY_S):
            return False
        chat, message, text, keyboard = int(card.place), int(card.message_id), piece.text, piece.keyboard

        async def request() -> Any:
            if piece.shot is None:
                await self._bot.edit_message_text(
                    text, chat, message, parse_mode=ParseMode.HTML, reply_markup=keyboard,
                    read_timeout=5, write_timeout=5,
                )  # fmt: skip
            elif picture is None:
                await self._bot.edit_message_caption(
                    chat, message, caption=piece.shot.caption, parse_mode=ParseMode.HTML, reply_markup=keyboard,
                    read_timeout=5, write_timeout=5,
                )  # fmt: skip
            else:
                media = InputMediaPhoto(picture, piece.shot.caption, ParseMode.HTML)
                await self._bot.edit_message_media(
                    media, chat, message, reply_markup=keyboard, read_timeout=5, write_timeout=10
                )

        try:
            await self._calls.edit(chat, request, spare=SPARE)
        except (DeliveryError, MessageGone, Migrated, TelegramError):
            return False
        return True

    def _piece(self, card: CardRecord, words: str) -> Piece | None:
        """The message that is the card; None for the one in a group beside a picture in private."""
        there = media_of(card.body)
        plan = render(card.turn_id, card.body, place_of(card.address), self._me, there, words)
        pieces = [piece for piece in plan.messages if isinstance(piece, Piece)]
        parts = {piece.part for piece in pieces}
        if card.part == MAIN and PRIVATE in parts:
            return None
        return next((piece for piece in pieces if piece.part == card.part), None)
