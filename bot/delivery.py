"""Sends what the outbox holds, in order within a conversation, until the channel took it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.channels.base import Channel, DeliveryError
from storage.bell import Bell
from storage.errors import MediaUnavailable
from storage.metrics import DELIVERIES, label
from storage.records import ConversationRecord, OutboxRecord, SentRecord, TurnRecord
from storage.trail import Step, following
from storage.unit_of_work import CONNECTION_LOST, Database, Transaction, UnitOfWork, reason

log = logging.getLogger(__name__)

Shown = Callable[[UnitOfWork, dict[str, Any]], dict[str, Any]]
"""Makes of the body of a turn what a channel is given."""

LOOK_S = 1.0

STORE_PAUSE_S = 5.0
"""How long a message with pictures waits while the media store does not work."""

MAX_ATTEMPTS = 12
"""With the pauses below about an hour of trying."""


class Delivery:
    """The relay of one process. Several may run at once: the row's lock decides who sends.

    `loops` messages are on their way at the same moment, each in a transaction of its own, so that what was sent
    is closed at once. A turn's body is `shown` as that makes it.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        bell: Bell,
        *,
        loops: int,
        shown: Shown = lambda _uow, body: body,
    ) -> None:
        self._database = database
        self._channels = channels
        self._bell = bell
        self._loops = loops
        self._shown = shown
        self._sending: set[int] = set()
        """Messages that are on their way. A loop whose connection is lost loses its lock before it knows of it."""

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._loops):
                group.create_task(self._loop())

    async def _loop(self) -> None:
        while True:
            try:
                if await self.send_next():
                    if self._loops > 1:
                        # There may be more than one loop can send: the next one looks too.
                        self._bell.ring()
                    continue
            except CONNECTION_LOST as error:
                log.warning("the database is away: %s", reason(error))
            except Exception:
                log.exception("delivery failed")
            await self._bell.wait(LOOK_S)

    async def send_next(self) -> bool:
        """Try the message that is next; False when there is none."""
        async with self._database.transaction() as tx:
            rows = await tx.run(lambda uow: uow.outbox.claim(list(self._channels), 1))
            for row in rows:
                if row.id in self._sending:
                    return False
                self._sending.add(row.id)
                try:
                    with following(row.trail):
                        await self._send(tx, row)
                finally:
                    self._sending.remove(row.id)
        return bool(rows)

    async def _send(self, tx: Transaction, row: OutboxRecord) -> None:
        def load(uow: UnitOfWork) -> tuple[ConversationRecord, TurnRecord, list[SentRecord]] | None:
            turn = uow.conversations.turn(row.turn_id)
            talk = uow.conversations.get(row.conversation_id)
            if turn is None or talk is None:
                return None
            return talk, replace(turn, body=self._shown(uow, turn.body)), uow.outbox.messages_of(turn.id)

        loaded = await tx.run(load)
        if loaded is None:
            return
        talk, turn, messages = loaded
        if turn.rev > row.rev:
            # The turn changed since: its newer row sends it as it is now.
            await tx.run(lambda uow: uow.outbox.sent(row.id))
            return
        journal = TurnJournal(self._database, tx, row, messages)
        step = Step("delivery", {"channel": row.channel, "outbox": row.id})
        try:
            await self._channels[row.channel].deliver(talk, turn, journal)
        except DeliveryError as error:
            _told(step, row, await self._not_taken(tx, row, error))
            return
        except MediaUnavailable as error:
            # Put off like any other, or everybody's messages would wait behind this one.
            trouble = await self._database.store_trouble()
            log.warning("message %s waits: %s", row.id, trouble or error)
            pause = None if trouble is None else STORE_PAUSE_S
            _told(step, row, await self._not_taken(tx, row, DeliveryError(error.code, retry_after_s=pause)))
            return
        await tx.run(lambda uow: uow.outbox.sent(row.id))
        _told(step, row, "sent")

    async def _not_taken(self, tx: Transaction, row: OutboxRecord, error: DeliveryError) -> str:
        code, counted = error.code, error.retry_after_s is None
        if error.final or (counted and row.attempts + 1 >= MAX_ATTEMPTS):
            log.warning("message %s is given up: %s", row.id, code)
            await tx.run(lambda uow: uow.outbox.give_up(row.id, code))
            return "failed"
        pause = error.retry_after_s if error.retry_after_s is not None else _pause_s(row.attempts)
        await tx.run(lambda uow: uow.outbox.postpone(row.id, code, timedelta(seconds=pause), counted=counted))
        if pause < LOOK_S:
            asyncio.get_running_loop().call_later(pause, self._bell.ring)
        return "again"


class TurnJournal:
    """See bot.channels.base.Journal. Writes beside the transaction that holds the outbox row."""

    def __init__(
        self, database: Database, claim: Transaction, row: OutboxRecord, messages: Sequence[SentRecord]
    ) -> None:
        self._database = database
        self._claim = claim
        self._row = row
        self._messages = {message.part: message for message in messages}

    @property
    def cause(self) -> str | None:
        """See Journal."""
        return self._row.cause

    @property
    def messages(self) -> Sequence[SentRecord]:
        """See Journal."""
        return tuple(self._messages.values())

    async def intend(self, part: str, place: str, product_id: str | None = None) -> bool:
        """See Journal. Raises one of CONNECTION_LOST where the row may be another sender's by now."""
        # Before anything is written, or it would stand over what the other one noted.
        await self._still_ours()
        before = self._messages.get(part)
        if before is not None and before.message_id is None and before.rev == self._row.rev:
            return True
        # Once: whoever tries again later may have lost the message to another sender; nothing is sent yet.
        await self._write(self._message(part, place, None, product_id), attempts=1)
        # Again: it is this that stands right before the sending, and the writing may have taken its time.
        await self._still_ours()
        return False

    async def note(self, part: str, place: str, message_id: str, product_id: str | None = None) -> None:
        """See Journal."""
        await self._write(self._message(part, place, message_id, product_id), attempts=6)

    async def found(self, message: SentRecord) -> None:
        """See Journal."""
        await self._write(message, attempts=6)

    async def forget(self, part: str) -> None:
        """See Journal."""
        turn_id = self._row.turn_id
        await self._database.run(lambda uow: uow.outbox.forget(turn_id, part), attempts=6)
        self._messages.pop(part, None)

    async def _still_ours(self) -> None:
        """The row's lock goes with the connection, which a process that was paused or cut off lost unnoticed."""
        await self._claim.run(lambda uow: uow.outbox.assert_claim())

    def _message(self, part: str, place: str, message_id: str | None, product_id: str | None) -> SentRecord:
        row = self._row
        return SentRecord(row.conversation_id, row.turn_id, part, row.rev, place, message_id, product_id)

    async def _write(self, message: SentRecord, attempts: int) -> None:
        await self._database.run(lambda uow: uow.outbox.note(self._row.channel, message), attempts=attempts)
        self._messages[message.part] = replace(message)


def _told(step: Step, row: OutboxRecord, outcome: str) -> None:
    DELIVERIES.labels(label("channel", row.channel), outcome).observe(step.seconds)
    step.ended(outcome)


def _pause_s(attempts: int) -> float:
    return float(min(600, 2**attempts))
