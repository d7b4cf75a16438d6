"""After a crash: was a message sent whose sending has no known end?"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from bot.channels.base import DeliveryError, Journal
from bot.channels.telegram.calls import Calls, MessageGone
from bot.channels.telegram.places import CHANNEL
from storage.records import SentRecord
from storage.unit_of_work import Database

log = logging.getLogger(__name__)

PROBES = 20
"""How many message ids are looked at."""


class LostMessages:
    """Looks for the messages of one turn. `asked_in` is the chat of the message that the turn answers."""

    def __init__(  # what looking needs, plainly
        self, bot: Bot, database: Database, calls: Calls, journal: Journal, asked_in: str
    ) -> None:
        self._bot = bot
        self._database = database
        self._calls = calls
        self._journal = journal
        self._asked_in = asked_in

    async def looked_for(self, record: SentRecord, keyboard: InlineKeyboardMarkup | None) -> SentRecord | None:
        """A message that was perhaps sent by a process that died before it could note it, or None.

        Message ids of a chat only grow, so it stands above all that came before. Whether one of those ids is our
        message is seen by giving it the buttons that it has: that succeeds, or changes nothing, for a message of
        ours only. Edits count as messages, so ids of nothing are left out first, by an empty reaction to them.
        """
        chat = int(record.place)
        lowest, taken = await self._database.run(
            lambda uow: uow.outbox.around(CHANNEL, record, shared=not record.place.startswith("-"))
        )
        cause = self._journal.cause
        if cause is not None and cause.isdigit() and record.place == self._asked_in:
            lowest = max(lowest, int(cause))
        candidates = (one for one in range(lowest + 1, lowest + len(taken) + PROBES + 1) if one not in taken)
        for _, message_id in zip(range(PROBES), candidates, strict=False):
            if await self._is_ours(chat, message_id, keyboard):
                log.info("a message was there already: its sending had been cut off")
                found = replace(record, message_id=str(message_id))
                # What it shows is what was to be sent then. The turn may have changed since, and has to be shown.
                await self._journal.found(found)
                return found
        return None

    async def _is_ours(self, chat: int, message_id: int, keyboard: InlineKeyboardMarkup | None) -> bool:
        try:
            await self._bot.set_message_reaction(chat, message_id, [])
        except TelegramError as error:
            if "not found" in str(error).lower() and isinstance(error, BadRequest):
                return False
        while True:
            try:
                await self._calls.edit(
                    chat, lambda: self._bot.edit_message_reply_markup(chat, message_id, reply_markup=keyboard)
                )
            except MessageGone:
                return False
            except DeliveryError as error:
                if error.code != "paced" or error.retry_after_s is None:
                    raise
                # Going back to the queue would begin the search anew, for ever.
                await asyncio.sleep(error.retry_after_s)
            else:
                return True
