"""Events that came in: stored once, handled in order within a conversation, one consumer at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.records import InboxRecord
from storage.statements import JSON, SPAN, first_of, statement
from storage.tables import InboxRow
from storage.trail import current, trail_of

_CLAIM = statement(
    f"""
    SELECT id, channel, address, event_id, kind, payload, attempts, received_at, trail, error_code
    FROM inbox
    WHERE status = 'pending' AND channel IN :channels AND available_at <= now()
    AND {first_of("inbox", "address")} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    """  # noqa: S608 # our own words
    # Of one channel, as it mostly is, PostgreSQL makes an equality, and reads the index in its order.
).bindparams(bindparam("channels", expanding=True))
_ACCEPT = statement(
    """
    INSERT INTO inbox (channel, address, event_id, kind, payload, available_at, trail)
    VALUES (:channel, :address, :event_id, :kind, :payload, now() + :delay, :trail)
    ON CONFLICT (channel, event_id) DO NOTHING RETURNING id
    """,
    payload=JSON,
    delay=SPAN,
)
_CLOSE = statement(
    "UPDATE inbox SET status = 'done', done_at = now(), payload = '{}', error_code = NULL WHERE id = :event"
)
# Whoever asks too waits for the end of this transaction: many at once would all find room for one.
_WAIT = statement("SELECT pg_advisory_xact_lock(hashtextextended(:conversation, 3))")
_WAITING = statement(
    "SELECT count(*) FROM inbox WHERE status = 'pending' AND channel = :channel AND address = :address"
)


class Inbox:
    """Rows of the inbox inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def accept(  # noqa: PLR0917  # an event's columns, in their order
        self,
        channel: str,
        address: str,
        event_id: str,
        kind: str,
        payload: dict[str, Any],
        delay: timedelta = timedelta(),
    ) -> bool:
        """Store an event, to be handled after the delay; False when it was stored before."""
        values = {"channel": channel, "address": address, "event_id": event_id, "kind": kind, "payload": payload}
        return self._session.execute(_ACCEPT, {**values, "delay": delay, "trail": current()}).first() is not None

    def once(self, channel: str, event_id: str) -> bool:
        """Note that something happened which needs no handling of its own; False when it was noted before."""
        row = self._session.execute(
            insert(InboxRow)
            .values(
                channel=channel, address="", event_id=event_id, kind="noted", payload={}, status="done",
                done_at=func.now(),
            )
            .on_conflict_do_nothing(index_elements=["channel", "event_id"])
            .returning(InboxRow.id)
        ).scalar_one_or_none()  # fmt: skip
        return row is not None

    def gather(  # noqa: PLR0917  # the columns of a row, and the pause
        self, channel: str, address: str, group: str, kind: str, payload: dict[str, Any], pause: timedelta
    ) -> bool:
        """Store one picture of an album: those of the same `group` become one event, which is handled `pause`
        after the last of them came. False when the event of the group was handled already.

        `payload` has "attachments", which are put together, and perhaps "text", of which the first counts. The
        caller says with `once` that this picture is new.
        """
        values = {"channel": channel, "address": address, "event_id": f"album:{group}", "kind": kind}
        statement = insert(InboxRow).values(**values, payload=payload, available_at=func.now() + pause)
        new = statement.excluded
        attachments = InboxRow.payload["attachments"].op("||")(new.payload["attachments"])
        gathered = new.payload.op("||")(InboxRow.payload).op("||")(
            func.jsonb_build_object("attachments", attachments)
        )
        row = self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["channel", "event_id"],
                set_={"payload": gathered, "available_at": new.available_at},
                where=(InboxRow.status == "pending") & (InboxRow.address == new.address),
            ).returning(InboxRow.id)
        ).scalar_one_or_none()
        return row is not None

    def newest(self, channel: str, within: timedelta, limit: int) -> list[tuple[str, int]]:
        """Addresses with the newest event of each, where a platform's event ids are numbers that grow."""
        # A cast is not tried for other ids: inside of CASE the order is sure.
        number = case((InboxRow.event_id.regexp_match("^[0-9]{1,18}$|^[1-8][0-9]{18}$"), InboxRow.event_id))
        last = func.max(cast(number, BigInteger))
        rows = self._session.execute(
            select(InboxRow.address, last)
            .where(
                InboxRow.channel == channel,
                InboxRow.received_at > func.now() - within,
                # Somebody who was erased has none.
                InboxRow.address != "",
            )
            .group_by(InboxRow.address)
            .having(last.is_not(None))
            .order_by(last.desc())
            .limit(limit)
        )
        return [(address, event) for address, event in rows]

    def put_off(self, inbox_id: int, payload: dict[str, Any], delay: timedelta) -> None:
        """The event waits for something, to be handled with `complete` or after the delay, with this payload."""
        self._session.execute(
            update(InboxRow)
            .where(InboxRow.id == inbox_id)
            .values(payload=payload, available_at=func.clock_timestamp() + delay)
        )

    def complete(self, channel: str, event_id: str, payload: dict[str, Any]) -> bool:
        """What a delayed event waited for is there: it can be handled now. False when nobody waits any more."""
        row = self._session.execute(
            update(InboxRow)
            .where(InboxRow.channel == channel, InboxRow.event_id == event_id, InboxRow.status == "pending")
            .values(payload=payload, available_at=func.now())
            .returning(InboxRow.id)
        ).scalar_one_or_none()
        return row is not None

    def waiting(self, channel: str, address: str) -> int:
        """How many events of a conversation wait to be handled; nobody else is told until we are done."""
        self._session.execute(_WAIT, {"conversation": f"{channel}:{address}"})
        waiting: int = self._session.execute(_WAITING, {"channel": channel, "address": address}).scalar_one()
        return waiting

    def claim(self, channels: Sequence[str]) -> InboxRecord | None:
        """The next event whose conversation nobody works on, locked until the end of the transaction.

        The lock is the claim: a process that dies loses its connection, and the event is free again. An
        event waits while an older one of its conversation waits, locked or not, which keeps their order.
        """
        row = self._session.execute(_CLAIM, {"channels": list(channels)}).one_or_none()
        if row is None:
            return None
        return InboxRecord(
            row.id,
            row.channel,
            row.address,
            row.event_id,
            row.kind,
            row.payload,
            row.attempts,
            row.received_at,
            row.trail or trail_of(row.channel, row.event_id),
            begins=row.trail is None and row.attempts == 0,
            error_code=row.error_code,
        )

    def close(self, inbox_id: int) -> None:
        """The event is handled. Its content is dropped: the turns keep what the conversation needs."""
        self._session.execute(_CLOSE, {"event": inbox_id})

    def untried_since(self, row: InboxRecord) -> bool:
        """Whether nobody handled the claimed event meanwhile, nor noted that they failed. It is locked then."""
        found = self._session.execute(
            select(InboxRow.attempts).where(InboxRow.id == row.id, InboxRow.status == "pending").with_for_update()
        ).scalar_one_or_none()
        return found == row.attempts

    def postpone(self, inbox_id: int, error_code: str, delay: timedelta) -> None:
        """Handling failed; try again after the delay."""
        self._session.execute(
            update(InboxRow)
            .where(InboxRow.id == inbox_id, InboxRow.status == "pending")
            .values(
                attempts=InboxRow.attempts + 1, error_code=error_code, available_at=func.clock_timestamp() + delay
            )
        )

    def give_up(self, inbox_id: int, error_code: str) -> None:
        """Handling failed for good; the row is kept, without content, for the operator."""
        self._session.execute(
            update(InboxRow)
            .where(InboxRow.id == inbox_id)
            .values(status="failed", done_at=func.now(), payload={}, error_code=error_code)
        )
