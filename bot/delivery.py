"""Sends what the outbox holds, in order within a conversation, until the channel took it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.channels.base import Channel, DeliveryError
from storage.bell import Bell
from storage.records import ConversationRecord, OutboxRecord, TurnRecord
from storage.unit_of_work import CONNECTION_LOST, Database, Transaction, UnitOfWork

log = logging.getLogger(__name__)

LOOK_S = 1.0
BATCH = 20
MAX_ATTEMPTS = 12
"""With the pauses below about an hour of trying."""


class Delivery:
    """One relay of one process. Several may run at once: the row's lock decides who sends."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], bell: Bell) -> None:
        self._database = database
        self._channels = channels
        self._bell = bell

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            try:
                if await self.send_some():
                    continue
            except CONNECTION_LOST:
                log.warning("the database is away")
            except Exception:
                log.exception("delivery failed")
            await self._bell.wait(LOOK_S)

    async def send_some(self) -> int:
        """Send what is ready now; returns how many messages were tried."""
        async with self._database.transaction() as tx:
            rows = await tx.run(lambda uow: uow.outbox.claim(list(self._channels), BATCH))
            for row in rows:
                await self._send(tx, row)
        return len(rows)

    async def _send(self, tx: Transaction, row: OutboxRecord) -> None:
        def load(uow: UnitOfWork) -> tuple[ConversationRecord, TurnRecord] | None:
            turn = uow.conversations.turn(row.turn_id)
            talk = uow.conversations.get(row.conversation_id)
            return None if turn is None or talk is None else (talk, turn)

        loaded = await tx.run(load)
        if loaded is None:
            return
        talk, turn = loaded
        if turn.rev > row.rev:
            # The turn changed since: its newer row sends it as it is now.
            await tx.run(lambda uow: uow.outbox.sent(row.id, None))
            return
        try:
            message_id = await self._channels[row.channel].deliver(talk, turn)
        except DeliveryError as error:
            code, pause = error.code, error.retry_after_s or _pause_s(row.attempts)
            if error.final or row.attempts + 1 >= MAX_ATTEMPTS:
                log.warning("message %s is given up: %s", row.id, code)
                await tx.run(lambda uow: uow.outbox.give_up(row.id, code))
            else:
                await tx.run(lambda uow: uow.outbox.postpone(row.id, code, timedelta(seconds=pause)))
            return
        await tx.run(lambda uow: uow.outbox.sent(row.id, message_id))


def _pause_s(attempts: int) -> float:
    return float(min(600, 2**attempts))
