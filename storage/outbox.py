"""Messages on their way out: written with the state they belong to, closed when the channel took them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from storage.records import OutboxRecord
from storage.tables import OutboxRow

# Made once: a fresh alias copies every column, which took longer than the statement it was for.
_OLDER = aliased(OutboxRow)


class Outbox:
    """Rows of the outbox inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, channels: Sequence[str], limit: int) -> list[OutboxRecord]:
        """Messages ready to send, at most one a conversation, locked until the end of the transaction."""
        rows = self._session.execute(
            select(OutboxRow)
            .where(
                OutboxRow.status == "pending",
                OutboxRow.channel.in_(channels),
                OutboxRow.available_at <= func.now(),
                ~exists().where(
                    _OLDER.status == "pending",
                    _OLDER.channel == OutboxRow.channel,
                    _OLDER.conversation_id == OutboxRow.conversation_id,
                    _OLDER.id < OutboxRow.id,
                ),
            )
            .order_by(OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).scalars()
        return [
            OutboxRecord(row.id, row.channel, row.conversation_id, row.turn_id, row.rev, row.attempts)
            for row in rows
        ]

    def sent(self, outbox_id: int, provider_message_id: str | None) -> None:
        """The channel took the message."""
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id)
            .values(status="sent", sent_at=func.now(), provider_message_id=provider_message_id, error_code=None)
        )

    def postpone(self, outbox_id: int, error_code: str, delay: timedelta) -> None:
        """The channel did not take it; try again after the delay."""
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id)
            .values(
                attempts=OutboxRow.attempts + 1,
                error_code=error_code,
                available_at=func.clock_timestamp() + delay,
            )
        )

    def give_up(self, outbox_id: int, error_code: str) -> None:
        """The channel will never take it."""
        self._session.execute(
            update(OutboxRow).where(OutboxRow.id == outbox_id).values(status="failed", error_code=error_code)
        )

    def purge(self, older_than: timedelta) -> int:
        """Delete what was sent long ago; the turns stay."""
        done = self._session.execute(
            delete(OutboxRow)
            .where(OutboxRow.status != "pending", OutboxRow.created_at < func.now() - older_than)
            .returning(OutboxRow.id)
        )
        return len(done.all())
