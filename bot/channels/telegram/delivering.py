"""Brings a turn to a chat: new messages, edits of the ones that stand there, exactly once through crashes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from telegram import (
    Bot,
    InputMediaPhoto,
    LabeledPrice,
    LinkPreviewOptions,
    Message,
    MessageId,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError

from bot.channels.base import Declined, DeliveryError, Journal
from bot.channels.telegram import words
from bot.channels.telegram.calls import UNSENT, Calls, MessageGone, Migrated
from bot.channels.telegram.lost import LostMessages
from bot.channels.telegram.pictures import Pictures, Source
from bot.channels.telegram.places import CHANNEL, Place, place_of
from bot.channels.telegram.progress import line_of
from bot.channels.telegram.rendering import Album, Piece, Plan, Shot, media_of, render
from bot.channels.telegram.stars import CURRENCY, Stars
from bot.channels.telegram.updates import Me
from bot.dialogue.language import speaking
from storage.records import ConversationRecord, SentRecord, TurnRecord
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramChannel:
    """See bot.channels.base.Channel."""

    name = CHANNEL

    def __init__(  # noqa: PLR0917  # what a channel needs, plainly
        self, bot: Bot, me: Me, database: Database, calls: Calls, pictures: Pictures, stars: Stars
    ) -> None:
        self._bot = bot
        self._me = me
        self._database = database
        self._calls = calls
        self._pictures = pictures
        self._stars = stars

    def reserve(self, uow: UnitOfWork, account: str, job: UUID) -> Declined | None:
        """See bot.channels.base.ChargesTryOns."""
        return self._stars.reserve(uow, account, job)

    def give_back(self, uow: UnitOfWork, job: UUID) -> None:
        """See bot.channels.base.ChargesTryOns."""
        self._stars.give_back(uow, job)

    async def fetch(self, attachment: dict[str, Any]) -> bytes:
        """See bot.channels.base.FetchesAttachments."""
        return await self._pictures.fetch(attachment)

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """See bot.channels.base.Channel."""
        with speaking(turn.body.get("lang")):
            await self._deliver(conversation, turn, journal)

    async def _deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        place = place_of(conversation.address)
        sources = await self._pictures.sources(media_of(turn.body))
        job = turn.body["job"]
        progress = "" if job is None else await self._database.run(lambda uow: line_of(uow, job))
        plan = render(turn.id, turn.body, place, self._me, sources, progress)
        sending = _Sending(self._bot, self._database, self._calls, self._pictures, turn, journal, sources, place)
        try:
            try:
                await sending.carry_out(plan)
            except DeliveryError as error:
                if error.code != "bad_request" or not any(isinstance(one, str) for one in sources.values()):
                    raise
                # Perhaps Telegram knows a picture no longer by the id that it gave us.
                sources.update(await self._pictures.sources(list(sources), fresh=True))
                await sending.carry_out(plan)
        except Migrated as moved:
            old, new = str(place.chat_id), str(moved.new_id)
            count = await self._database.run(lambda uow: uow.conversations.move_place(CHANNEL, old, new))
            raise DeliveryError("migrated", retry_after_s=0.1, final=count == 0) from moved


class _Sending:
    """One delivery of one turn."""

    def __init__(  # noqa: PLR0917
        self,
        bot: Bot,
        database: Database,
        calls: Calls,
        pictures: Pictures,
        turn: TurnRecord,
        journal: Journal,
        sources: dict[str, Source],
        place: Place,
    ) -> None:
        self._bot = bot
        self._database = database
        self._calls = calls
        self._pictures = pictures
        self._turn = turn
        self._journal = journal
        self._sources = sources
        self._lost = LostMessages(bot, database, calls, journal, place.name)

    async def carry_out(self, plan: Plan) -> None:
        """Bring the chat to what the plan says. Raises DeliveryError, Migrated."""
        await self._clear(plan)
        try:
            for message in plan.messages:
                if isinstance(message, Album):
                    await self._album(message)
                else:
                    await self._piece(message)
        except DeliveryError as error:
            if plan.unless is None or error.code != "forbidden":
                raise
            await self._piece(plan.unless)

    def _record(self, part: str) -> SentRecord | None:
        return next((one for one in self._journal.messages if one.part == part), None)

    async def _clear(self, plan: Plan) -> None:
        """Take away what the turn does not show any more."""
        wanted = {
            shot.part for message in plan.messages if isinstance(message, Album) for shot in message.shots
        } | {message.part for message in plan.messages if isinstance(message, Piece)}
        for record in self._journal.messages:
            if record.part not in wanted and record.message_id is not None:
                await self._delete(record)

    async def _delete(self, record: SentRecord) -> None:
        """Best effort: a message of more than two days cannot be deleted, and nothing depends on it."""
        try:
            await self._bot.delete_message(int(record.place), int(record.message_id or 0))
        except TelegramError as error:
            log.info("a message was not deleted: %s", error)
        await self._journal.forget(record.part)

    # --- one message ------------------------------------------------------------------------------------

    async def _piece(self, piece: Piece) -> None:
        record = self._record(piece.part)
        if record is not None and record.message_id is None:
            record = await self._lost.looked_for(record, piece.keyboard)
        if record is not None and record.message_id is not None:
            current = record.rev == self._turn.rev
            if current or await self._edited(record, piece):
                return
            await self._delete(record)
        product = piece.shot.product_id if piece.shot is not None else None
        sent = await self._sent(piece.part, piece.place, product, self._request(piece))
        await self._journal.note(piece.part, piece.place.name, str(sent.message_id), product)
        await self._learn([piece.shot], [sent])

    async def _edited(self, record: SentRecord, piece: Piece) -> bool:
        """Change the message where it stands; False when it has to be sent anew."""
        if record.place != piece.place.name or await self._below(record):
            return False
        chat, message_id, shot = piece.place.chat_id, int(record.message_id or 0), piece.shot
        changed: list[Message] = []

        async def request() -> None:
            if shot is None:
                await self._bot.edit_message_text(
                    piece.text, chat, message_id, parse_mode=ParseMode.HTML, reply_markup=piece.keyboard,
                    link_preview_options=NO_PREVIEW,
                )  # fmt: skip
                return
            media = InputMediaPhoto(self._sources[shot.media], shot.caption, ParseMode.HTML)
            answer = await self._bot.edit_message_media(media, chat, message_id, reply_markup=piece.keyboard)
            if isinstance(answer, Message):
                changed.append(answer)

        try:
            await self._calls.edit(chat, request)
        except MessageGone:
            return False
        product = shot.product_id if shot is not None else None
        await self._journal.note(piece.part, piece.place.name, str(message_id), product)
        await self._learn([shot] if changed else [], changed)
        return True

    async def _below(self, record: SentRecord) -> bool:
        """Whether what the turn stands below is below its message, so that nobody would see it change."""
        turn = self._turn

        def load(uow: UnitOfWork) -> int:
            return uow.outbox.newest(CHANNEL, record.place, turn)

        return await self._database.run(load) > int(record.message_id or 0)

    async def _sent(
        self, part: str, place: Place, product: str | None, request: Callable[[], Awaitable[T]], items: int = 1
    ) -> T:
        """Send for the first time. The intention is written when the limits allow it, and taken back when it is
        certain that nothing was sent: what stays is a sending whose end nobody knows.
        """

        async def noted() -> T:
            await self._journal.intend(part, place.name, product)
            return await request()

        try:
            return await self._calls.send(place.chat_id, noted, items=items)
        except (DeliveryError, MessageGone, Migrated) as error:
            if self._record(part) is not None and (not isinstance(error, DeliveryError) or error.code in UNSENT):
                await self._journal.forget(part)
            if isinstance(error, MessageGone):
                raise DeliveryError("bad_request") from error
            raise

    def _request(self, piece: Piece) -> Callable[[], Awaitable[Message]]:
        chat, shot = piece.place.chat_id, piece.shot
        reply = self._reply(piece.place)

        async def request() -> Message:
            if piece.invoice is not None:
                return await self._invoice(chat, piece.invoice)
            if shot is None:
                return await self._bot.send_message(
                    chat, piece.text, parse_mode=ParseMode.HTML, reply_markup=piece.keyboard,
                    message_thread_id=piece.place.thread, reply_parameters=reply, link_preview_options=NO_PREVIEW,
                )  # fmt: skip
            return await self._bot.send_photo(
                chat, self._sources[shot.media], shot.caption or None, parse_mode=ParseMode.HTML,
                reply_markup=piece.keyboard, message_thread_id=piece.place.thread, reply_parameters=reply,
            )  # fmt: skip

        return request

    async def _invoice(self, chat: int, invoice: dict[str, Any]) -> Message:
        title = words.CREDITS_TITLE(count=invoice["credits"])
        about = words.CREDITS_ABOUT()
        prices = [LabeledPrice(title, invoice["stars"])]
        return await self._bot.send_invoice(chat, title, about, invoice["payload"], CURRENCY, prices)

    def _reply(self, place: Place) -> ReplyParameters | None:
        """In a group an answer hangs on the question: it calls the person who asked, and nobody else."""
        cause = self._journal.cause
        if place.private or cause is None or not cause.isdigit():
            return None
        return ReplyParameters(int(cause), allow_sending_without_reply=True)

    # --- albums -----------------------------------------------------------------------------------------

    async def _album(self, album: Album) -> None:
        shots, place = album.shots, album.place
        records = [self._record(shot.part) for shot in shots]
        if all(record is not None and record.message_id is not None for record in records):
            return
        if any(record is not None for record in records):
            first = await self._first_of_album(records)
            if first is not None:
                await self._note_album(place, shots, [MessageId(first + n) for n in range(len(shots))])
                return
        media = [InputMediaPhoto(self._sources[s.media], s.caption or None, ParseMode.HTML) for s in shots]
        reply = self._reply(place)

        async def request() -> Sequence[Message]:
            return await self._bot.send_media_group(
                place.chat_id, media, message_thread_id=place.thread, reply_parameters=reply
            )

        sent = await self._sent(shots[0].part, place, shots[0].product_id, request, items=len(shots))
        await self._note_album(place, shots, sent)
        await self._learn(shots, sent)
        # The words and buttons follow when the limits allow it: until then the chat shows that more is coming.
        await self._quietly(lambda: self._bot.send_chat_action(place.chat_id, ChatAction.TYPING, place.thread))

    async def _first_of_album(self, records: Sequence[SentRecord | None]) -> int | None:
        """The message id of the first picture: those of an album follow each other."""
        for n, record in enumerate(records):
            if record is not None and record.message_id is not None:
                return int(record.message_id) - n
        began = next(record for record in records if record is not None)
        found = await self._lost.looked_for(began, None)
        return int(found.message_id) if found is not None and found.message_id is not None else None

    async def _note_album(self, place: Place, shots: Sequence[Shot], sent: Sequence[Message | MessageId]) -> None:
        # The first one last: it is the one that says whether the album has to be looked for.
        for shot, message in reversed(list(zip(shots, sent, strict=True))):
            await self._journal.note(shot.part, place.name, str(message.message_id), shot.product_id)

    # --- helpers ----------------------------------------------------------------------------------------

    async def _learn(self, shots: Sequence[Shot | None], sent: Sequence[Message]) -> None:
        """Keep what Telegram calls the pictures, so that they are uploaded once."""
        ids = {
            shot.media: message.photo[-1].file_id
            for shot, message in zip(shots, sent, strict=True)
            if shot is not None and message.photo and isinstance(self._sources.get(shot.media), bytes)
        }
        if ids:
            await self._pictures.remember(ids)

    @staticmethod
    async def _quietly(request: Callable[[], Any]) -> None:
        try:
            await request()
        except TelegramError as error:
            log.info("a sign of life was not shown: %s", error)
