"""Hands turns to people, over REST alone: as the answer to an interaction, in the channel, or in private.

One turn is one message. Its part of the journal is "main" for a message of the bot and "main@INTERACTION" for an
answer to an interaction, which only that interaction's token can change.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.base import DeliveryError, Journal
from bot.channels.discord import texts
from bot.channels.discord.pictures import DEFAULT_LIMIT, fitted, uploads_of, with_files
from bot.channels.discord.rendering import MAX_TEXT, Shown, cut, show, shows_person
from bot.channels.discord.replies import Replies, Reply
from bot.channels.discord.rest import EPHEMERAL, Json, MessageGone, NoWay, Rest, TooLarge, Upload
from bot.dialogue.language import speaking
from storage.addresses import account_of
from storage.records import ConversationRecord, SentRecord, TurnRecord
from storage.unit_of_work import Database

log = logging.getLogger(__name__)

NAME = "discord"
MAIN, SLOT, POINTER = "main", "slot", "pointer"
ASKED = "i:"
"""How the cause of an event names an interaction; without it, it is a message."""
SHRINKS = 3

Fetch = Callable[[dict[str, Any]], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class _Letter:
    """One turn on its way."""

    talk: ConversationRecord
    turn: TurnRecord
    journal: Journal
    shown: Shown
    uploads: list[Upload]
    links: dict[str, str]
    """Addresses of pictures that only their shop may keep, by the name of the file that is not sent."""
    place: str
    account: str
    private: bool


class DiscordChannel:
    """See bot.channels.base.Channel and FetchesAttachments."""

    name = NAME

    def __init__(self, rest: Rest, database: Database, replies: Replies, fetch: Fetch) -> None:
        self._rest = rest
        self._database = database
        self._replies = replies
        self._fetch = fetch

    async def fetch(self, attachment: dict[str, Any]) -> bytes:
        """See FetchesAttachments."""
        return await self._fetch(attachment)

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """See Channel."""
        standing = _newest(journal)
        if standing is None or standing.rev != turn.rev:
            with speaking(turn.body.get("lang")):
                await self._show(conversation, turn, journal, standing)
        newest = _newest(journal)
        for message in _standing(journal):
            if message != newest:
                await self._retire(journal, message)

    async def _show(
        self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal, standing: SentRecord | None
    ) -> None:
        place = conversation.address.rpartition(":")[0]
        missed = await self._replies.missed(str(conversation.id))
        shown = show(turn.body, sharing=bool(place), before=texts.MISSED() if missed else "")
        letter = _Letter(
            conversation,
            turn,
            journal,
            shown,
            *await uploads_of(self._database, shown),
            place,
            account_of(conversation.address),
            shows_person(turn.body),
        )
        try:
            await self._deliver(letter, standing)
        except BaseException:
            if missed:
                await self._replies.miss(str(conversation.id))
            raise

    async def _deliver(self, letter: _Letter, standing: SentRecord | None) -> None:
        reply = await self._reply(letter.journal.cause)
        # A turn that moved to the end of the conversation is shown anew in answer to what moved it there.
        moved = reply is not None and standing is not None and standing.part != f"{MAIN}@{reply.interaction}"
        if standing is not None and not moved and await self._change(letter, standing):
            return
        await self._send(letter, reply)

    async def _reply(self, cause: str | None) -> Reply | None:
        if cause is None or not cause.startswith(ASKED):
            return None
        return await self._replies.find(cause.removeprefix(ASKED))

    # --- a message that stands there ------------------------------------------------------------------

    async def _change(self, letter: _Letter, standing: SentRecord) -> bool:
        """Show the turn as it is now where it stands; False when that cannot be done any more."""
        part, message = standing.part, standing.message_id or ""
        reply = await self._replies.find(part.partition("@")[2]) if "@" in part else None
        try:
            if reply is not None:
                await self._fit(
                    letter,
                    reply.limit,
                    lambda body, files: self._rest.edit_answer(
                        reply.application, reply.token, message, body, files
                    ),
                )
            elif "@" in part:
                return False
            else:
                await self._fit(
                    letter,
                    DEFAULT_LIMIT,
                    lambda body, files: self._rest.edit(standing.place, message, body, files),
                )
        except (MessageGone, NoWay):
            return False
        await letter.journal.note(part, standing.place, message, letter.shown.product)
        return True

    async def _retire(self, journal: Journal, old: SentRecord) -> None:
        """The turn is shown elsewhere now: take the older message away where that is possible."""
        part, message = old.part, old.message_id or ""
        reply = await self._replies.find(part.partition("@")[2]) if "@" in part else None
        try:
            if reply is not None:
                await self._rest.delete_answer(reply.application, reply.token, message)
            elif "@" not in part:
                await self._rest.delete(old.place, message)
        except (MessageGone, NoWay):
            pass
        await journal.forget(part)

    # --- a message to send ----------------------------------------------------------------------------

    async def _send(self, letter: _Letter, reply: Reply | None) -> None:
        """By the first way that is open. Raises DeliveryError when none is."""
        if reply is not None and await self._answer(letter, reply):
            return
        if letter.place and not letter.private and await self._post(letter, letter.place):
            return
        if await self._in_private(letter):
            if letter.place and letter.private:
                await self._point(letter, texts.IN_PRIVATE())
            return
        if letter.place and letter.private:
            await self._point(letter, texts.CANNOT_WRITE())
        await self._replies.miss(str(letter.talk.id))
        raise DeliveryError("no_way_to_person", final=True)

    async def _answer(self, letter: _Letter, reply: Reply) -> bool:
        """As the answer to an interaction: the promised one, or one more that only the person sees."""
        part = f"{MAIN}@{reply.interaction}"
        try:
            if await self._replies.is_first(reply.interaction, str(letter.turn.id)):
                target = "@original"
            elif reply.private:
                target = await self._slot(letter, reply)
            else:
                # Where we may write anyway, a message of the bot can be sent again without being there twice.
                return await self._post(letter, reply.channel)
            sent = await self._fit(
                letter,
                reply.limit,
                lambda body, files: self._rest.edit_answer(reply.application, reply.token, target, body, files),
            )
        except (MessageGone, NoWay):
            return False
        await letter.journal.note(part, reply.channel, str(sent["id"]), letter.shown.product)
        if target != "@original":
            await letter.journal.forget(f"{SLOT}@{reply.interaction}")
        return True

    async def _slot(self, letter: _Letter, reply: Reply) -> str:
        """A further answer, still empty. Sending it is the one step that cannot be repeated without a trace, so it
        is done before there is anything in it: filling it may be repeated at will.
        """
        part = f"{SLOT}@{reply.interaction}"
        for record in letter.journal.messages:
            if record.part == part and record.message_id is not None:
                return record.message_id
        if not await self._replies.one_more(reply):
            raise NoWay("follow_ups")
        body = {"content": texts.MOMENT(), "flags": EPHEMERAL}
        sent = await self._rest.follow_up(reply.application, reply.token, body)
        await letter.journal.note(part, reply.channel, str(sent["id"]))
        return str(sent["id"])

    async def _in_private(self, letter: _Letter) -> bool:
        try:
            channel = await self._rest.private_channel(letter.account)
        except NoWay:
            return False
        return await self._post(letter, channel)

    async def _post(self, letter: _Letter, channel: str) -> bool:
        """As a message of the bot. Discord answers a second one with the same nonce by the first one."""
        begun = next((m for m in letter.journal.messages if m.part == MAIN and m.message_id is None), None)
        if begun is None:
            await letter.journal.intend(MAIN, channel, letter.shown.product)
        rev = letter.turn.rev if begun is None else begun.rev
        once: Json = {"nonce": nonce(f"{letter.turn.id}:{rev}:{MAIN}"), "enforce_nonce": True}
        cause = letter.journal.cause
        if channel == letter.place:
            if cause is not None and not cause.startswith(ASKED):
                once |= _reference(cause)
            else:
                # In a channel of many it must be clear whom this is for.
                letter = replace(letter, shown=replace(letter.shown, content=_called(letter)))
        try:
            sent = await self._fit(
                letter, DEFAULT_LIMIT, lambda body, files: self._rest.send(channel, {**body, **once}, files)
            )
            if begun is not None:
                # It may be the first one of before, which showed the turn as it was then.
                await self._fit(
                    letter,
                    DEFAULT_LIMIT,
                    lambda body, files: self._rest.edit(channel, str(sent["id"]), body, files),
                )
        except (MessageGone, NoWay):
            await letter.journal.forget(MAIN)
            return False
        await letter.journal.note(MAIN, channel, str(sent["id"]), letter.shown.product)
        return True

    async def _point(self, letter: _Letter, sentence: str) -> None:
        """Tell in the channel where the answer is; without a message to answer there, nobody waits for it."""
        cause = letter.journal.cause
        if cause is None or cause.startswith(ASKED):
            return
        body = {"content": sentence, "nonce": nonce(f"{letter.talk.id}:{cause}:{POINTER}"), "enforce_nonce": True}
        try:
            await self._rest.send(letter.place, {**body, **_reference(cause)})
        except (MessageGone, NoWay):
            return

    async def _fit(
        self, letter: _Letter, limit: int, send: Callable[[Json, list[Upload]], Awaitable[Json]]
    ) -> Json:
        """Send with the pictures made small enough, and smaller where the place takes less than it says."""
        for _ in range(SHRINKS):
            files = await asyncio.to_thread(fitted, letter.uploads, limit) if letter.uploads else []
            try:
                return await send(with_files(letter.shown, files, letter.links), files)
            except TooLarge:
                limit //= 2
        raise DeliveryError("too_large", final=True)


def nonce(words: str) -> str:
    """At most 25 characters that say which message it is."""
    return hashlib.sha256(words.encode()).hexdigest()[:25]


def _standing(journal: Journal) -> list[SentRecord]:
    """The messages that show the turn: one, or two while it moves."""
    return [m for m in journal.messages if m.part.partition("@")[0] == MAIN and m.message_id is not None]


def _newest(journal: Journal) -> SentRecord | None:
    return max(_standing(journal), key=lambda message: message.rev, default=None)


def _called(letter: _Letter) -> str:
    return cut(f"<@{letter.account}> {letter.shown.content}", MAX_TEXT)


def _reference(message: str) -> Json:
    return {"message_reference": {"message_id": message, "fail_if_not_exists": False}}
