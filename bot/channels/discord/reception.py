"""Takes what the gateway brings: kept in Redis at once, stored in the inbox, and only then out of our hands."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

from bot.channels.base import DeliveryError
from bot.channels.discord import texts
from bot.channels.discord.channel import NAME, nonce
from bot.channels.discord.pictures import DEFAULT_LIMIT, fitted
from bot.channels.discord.replies import Incoming, Replies
from bot.channels.discord.rest import Json, MessageGone, NoWay, Rest, TooLarge, Upload
from bot.dialogue.language import language_of, speaking
from bot.handling import TEXT
from bot.messages import title_of
from storage.addresses import account_of
from storage.bell import Bell
from storage.errors import MediaMissing
from storage.records import ConversationRecord, SentRecord
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

STORE_ATTEMPTS = 300
"""About ten minutes of an absent database; what is still not stored then waits for the next start."""
NOTED_S, NOTED_LOOKS = 0.2, 5
"""A press on a message that nobody noted waits for its note a second at the most."""
MAX_WAITING = 30
"""Events of one conversation that may wait to be handled; a person does not type faster."""


class Reception:
    """Stores what came in. Everything here may be done again after a crash and changes nothing then."""

    def __init__(self, database: Database, replies: Replies, rest: Rest, inbox: Bell) -> None:
        self._database = database
        self._replies = replies
        self._rest = rest
        self._inbox = inbox
        self._orders: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, incoming: Incoming) -> None:
        """Keep it, store it, and tell the person when it was not theirs to press."""
        order = self._orders.setdefault(incoming.account, asyncio.Lock())
        # What one account does is stored in the order in which it did it.
        async with order:
            await self._replies.keep(incoming)
            with speaking(language_of(incoming.language)):
                await self._go_on(incoming)

    async def resume(self) -> int:
        """Take again what a process before us did not come to store; returns how much that was."""
        count = 0
        async for incoming in self._replies.unstored():
            with speaking(language_of(incoming.language)):
                await self._go_on(incoming)
            count += 1
        return count

    async def _go_on(self, incoming: Incoming) -> None:
        try:
            if incoming.share:
                await self._share(incoming)
            else:
                await self._until_noted(incoming)
                refusal = await self._database.run(lambda uow: _store(uow, incoming), attempts=STORE_ATTEMPTS)
                if refusal is not None:
                    await self._say(incoming, {"content": refusal})
        except CONNECTION_LOST:
            log.exception("an event could not be stored")
            await self._say(incoming, {"content": texts.TROUBLE()})
            return
        except Exception:
            # What cannot be stored now cannot be stored at the next start either.
            log.exception("an event is dropped")
            await self._say(incoming, {"content": texts.TROUBLE()})
        await self._replies.stored(incoming)
        self._inbox.ring()

    async def _until_noted(self, incoming: Incoming) -> None:
        """Somebody may press before the delivery noted the message: a moment later it is known whose it is."""
        if not incoming.owned:
            return
        for _ in range(NOTED_LOOKS):
            if await self._database.run(lambda uow: _about(uow, incoming), attempts=STORE_ATTEMPTS) is not None:
                return
            await asyncio.sleep(NOTED_S)

    async def _say(self, incoming: Incoming, body: Json, *files: Upload) -> None:
        """In place of "thinking ..."."""
        reply = incoming.reply
        if reply is None:
            return
        try:
            await self._rest.edit_answer(reply.application, reply.token, "@original", body, files)
        except (MessageGone, NoWay, TooLarge, DeliveryError):
            log.warning("an interaction could not be answered")

    async def _share(self, incoming: Incoming) -> None:
        """Show the result in the channel: as the answer to the press there, from elsewhere as a message."""

        def find(uow: UnitOfWork) -> tuple[ConversationRecord, str, Upload] | None:
            found = _about(uow, incoming)
            turn = None if found is None else uow.conversations.turn(found[0].turn_id)
            if found is None or turn is None or account_of(found[1].address) != incoming.account:
                return None
            for picture in turn.body["pictures"]:
                if picture["role"] == "result":
                    title = title_of(turn.body)
                    try:
                        data = uow.media.read(picture["media"])
                    except MediaMissing:
                        return None
                    return found[1], title, Upload("result.jpg", data, picture["alt"])
            return None

        found = await self._database.run(find, attempts=STORE_ATTEMPTS)
        if found is None:
            await self._say(incoming, {"content": texts.SHARE_GONE()})
            return
        talk, title, picture = found
        place = talk.address.rpartition(":")[0]
        limit = DEFAULT_LIMIT if incoming.reply is None else incoming.reply.limit
        body = {"content": texts.SHARED(person=f"<@{incoming.account}>", title=title)}
        if incoming.channel == place:
            [file] = await asyncio.to_thread(fitted, [picture], limit)
            await self._say(incoming, body, file)
            return
        [file] = await asyncio.to_thread(fitted, [picture], DEFAULT_LIMIT)
        once = {"nonce": nonce(f"share:{incoming.id}"), "enforce_nonce": True}
        try:
            await self._rest.send(place, {**body, **once}, [file])
        except (MessageGone, NoWay, TooLarge, DeliveryError):
            await self._say(incoming, {"content": texts.SHARE_BARRED()})
        else:
            await self._say(incoming, {"content": texts.SHARE_DONE()})


def _about(uow: UnitOfWork, incoming: Incoming) -> tuple[SentRecord, ConversationRecord] | None:
    """The message of ours that it is about, with its conversation."""
    record = None
    if incoming.about is not None:
        record = uow.outbox.message(NAME, incoming.channel, incoming.about)
    talk = None if record is None else uow.conversations.get(record.conversation_id)
    return None if record is None or talk is None else (record, talk)


def _store(uow: UnitOfWork, incoming: Incoming) -> str | None:
    """The rows, in the conversation that the message belongs to; or a sentence that says why not."""
    found = _about(uow, incoming)
    address, more = incoming.address, {}
    if found is not None:
        record, talk = found
        if account_of(talk.address) == incoming.account:
            address, more = talk.address, _context(record)
        elif incoming.owned:
            return texts.NOT_YOURS()
        elif record.product_id is not None:
            # Anybody may ask about an item that everybody sees.
            more = {"about": record.product_id}
    if uow.inbox.waiting(NAME, address) >= MAX_WAITING:
        log.warning("one conversation has too much waiting; an event is dropped")
        return texts.TROUBLE()
    person = uow.conversations.owner(NAME, address)
    for event, kind, payload in (_decided(uow, person, row) for row in incoming.rows):
        extra = {k: v for k, v in more.items() if k == "turn" or kind == TEXT}
        uow.inbox.accept(NAME, address, event, kind, {**payload, **extra})
    return None


def _decided(
    uow: UnitOfWork, person: UUID | None, row: tuple[str, str, dict[str, Any]]
) -> tuple[str, str, dict[str, Any]]:
    """The row of events.item: a press when there is such an item, else words."""
    event, kind, payload = row
    words = payload.get("or")
    if words is None:
        return row
    rest = {name: value for name, value in payload.items() if name != "or"}
    known = uow.products.get(words) if person is None else uow.product_of(words, person)
    if known is not None:
        return event, kind, rest
    return event, TEXT, {"text": words, "message": rest["message"]}


def _context(record: SentRecord) -> dict[str, Any]:
    more: dict[str, Any] = {"turn": str(record.turn_id)}
    return more if record.product_id is None else {**more, "about": record.product_id}
