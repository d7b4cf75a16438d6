"""Messages on their way out: written with the state they belong to, closed when the channel took them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Text, cast, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.records import CardRecord, OutboxRecord, SentRecord, TurnRecord
from storage.statements import first_of
from storage.tables import Conversation, Job, OutboxRow, ProviderFile, SentMessage, Turn

_FIRST = text(first_of("outbox", "conversation_id"))

_THERE = text("SELECT 1")

_SENDING = timedelta(seconds=5)
"""A message whose sending began so long before another one's came before it."""


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
                _FIRST,
            )
            .order_by(OutboxRow.order_at, OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).scalars()
        return [
            OutboxRecord(r.id, r.channel, r.conversation_id, r.turn_id, r.rev, r.attempts, r.cause, r.trail)
            for r in rows
        ]

    def assert_claim(self) -> None:
        """Ask the server whether this transaction, and with it what it claimed, is still there.

        Raises OperationalError or InterfaceError when it is not.
        """
        self._session.execute(_THERE)

    def sent(self, outbox_id: int) -> None:
        """The channel took the message."""
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id)
            .values(status="sent", sent_at=func.now(), error_code=None)
        )

    def postpone(self, outbox_id: int, error_code: str, delay: timedelta, *, counted: bool = True) -> None:
        """The channel did not take it; try again after the delay. A pause that the platform asked for is no
        failed attempt and is not `counted`.
        """
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id)
            .values(
                attempts=OutboxRow.attempts + int(counted),
                error_code=error_code,
                available_at=func.clock_timestamp() + delay,
            )
        )

    def give_up(self, outbox_id: int, error_code: str) -> None:
        """The channel will never take it."""
        self._session.execute(
            update(OutboxRow).where(OutboxRow.id == outbox_id).values(status="failed", error_code=error_code)
        )

    # --- what stands on the platforms -----------------------------------------------------------------

    def messages_of(self, turn_id: UUID) -> list[SentRecord]:
        """The messages that show a turn, in the order they were written."""
        rows = self._session.execute(
            select(SentMessage).where(SentMessage.turn_id == turn_id).order_by(SentMessage.id)
        ).scalars()
        return [_sent(row) for row in rows]

    def message(self, channel: str, place: str, message_id: str) -> SentRecord | None:
        """The message of a platform, when it is one of ours."""
        row = self._session.execute(
            select(SentMessage)
            .where(
                SentMessage.channel == channel, SentMessage.place == place, SentMessage.message_id == message_id
            )
            .order_by(SentMessage.id.desc())
            .limit(1)
        ).scalar_one_or_none()
        return None if row is None else _sent(row)

    def note(self, channel: str, message: SentRecord) -> None:
        """Write down a message before (without its id) and after it was sent; the part's newest state counts."""
        values = {
            "rev": message.rev,
            "place": message.place,
            "message_id": message.message_id,
            "product_id": message.product_id,
        }
        self._session.execute(
            insert(SentMessage)
            .values(
                channel=channel,
                conversation_id=message.conversation_id,
                turn_id=message.turn_id,
                part=message.part,
                **values,
            )
            .on_conflict_do_update(index_elements=["turn_id", "part"], set_=values)
        )

    def newest(self, channel: str, place: str, turn: TurnRecord) -> int:
        """The highest message id in this place of the turns that stand above this one, 0 without any.

        For platforms whose ids are numbers that grow.
        """
        return self._session.execute(
            select(func.coalesce(func.max(cast(SentMessage.message_id, BigInteger)), 0))
            .join(Turn, Turn.id == SentMessage.turn_id)
            .where(
                SentMessage.channel == channel,
                SentMessage.conversation_id == turn.conversation_id,
                SentMessage.place == place,
                Turn.seq < turn.seq,
            )
        ).scalar_one()

    def around(self, channel: str, message: SentRecord, shared: bool) -> tuple[int, set[int]]:
        """Where a message may stand whose sending has no known end: above the first number, and at none of the
        second, which are other messages.

        `shared`: all places without a "-" in front of them count their messages together.
        """
        number = cast(SentMessage.message_id, BigInteger)
        began = (
            select(SentMessage.at)
            .where(SentMessage.turn_id == message.turn_id, SentMessage.part == message.part)
            .scalar_subquery()
        )
        together = ~SentMessage.place.like("-%") if shared else SentMessage.place == message.place
        known = (SentMessage.channel == channel, SentMessage.message_id.is_not(None))
        before = or_(
            (SentMessage.conversation_id == message.conversation_id) & (SentMessage.place == message.place),
            together & (SentMessage.at < began - _SENDING),
        )
        lowest = self._session.execute(
            select(func.coalesce(func.max(number), 0)).where(*known, before)
        ).scalar_one()
        taken = self._session.execute(select(number).where(*known, together, number > lowest)).scalars()
        return lowest, set(taken)

    def cards(self, channel: str, parts: Sequence[str]) -> list[CardRecord]:
        """The cards of jobs that are not over, as far as they show the turn as it is now.

        `parts` are what the names of the parts begin with that are cards.
        """
        shown = or_(*(SentMessage.part.startswith(part, autoescape=True) for part in parts))
        rows = self._session.execute(
            select(Job.id, Turn, Conversation.address, SentMessage.place, SentMessage.message_id, SentMessage.part)
            .join(Conversation, Conversation.id == Job.conversation_id)
            .join(
                Turn,
                (Turn.conversation_id == Conversation.id) & (Turn.slot == func.concat("job:", cast(Job.id, Text))),
            )
            .join(SentMessage, (SentMessage.turn_id == Turn.id) & shown)
            .where(
                Job.status.in_(("queued", "running")),
                Conversation.channel == channel,
                SentMessage.rev == Turn.rev,
                SentMessage.message_id.is_not(None),
                Turn.body.op("->>")("job").is_not(None),
            )
            .order_by(Job.created_at)
        ).all()
        return [
            CardRecord(job, turn.id, turn.rev, turn.body, address, place, message_id, part)
            for job, turn, address, place, message_id, part in rows
            if message_id is not None
        ]

    def hold(self, card: CardRecord) -> bool:
        """Keep the turn of a card as it is until the end of the transaction; False when it is not so any more."""
        row = self._session.execute(
            select(Turn.id)
            .where(Turn.id == card.turn_id, Turn.rev == card.rev)
            .with_for_update(skip_locked=True, key_share=True)
        ).scalar_one_or_none()
        return row is not None

    def forget(self, turn_id: UUID, part: str) -> None:
        """The message is gone from the platform."""
        self._session.execute(delete(SentMessage).where(SentMessage.turn_id == turn_id, SentMessage.part == part))

    def file_id(self, channel: str, media_key: str) -> str | None:
        """What the platform calls a picture that it has from us."""
        return self._session.execute(
            select(ProviderFile.file_id).where(
                ProviderFile.channel == channel, ProviderFile.media_key == media_key
            )
        ).scalar_one_or_none()

    def keep_file_id(self, channel: str, media_key: str, file_id: str) -> None:
        """The platform has the picture under this name now."""
        self._session.execute(
            insert(ProviderFile)
            .values(channel=channel, media_key=media_key, file_id=file_id)
            .on_conflict_do_update(index_elements=["channel", "media_key"], set_={"file_id": file_id})
        )


def _sent(row: SentMessage) -> SentRecord:
    return SentRecord(
        row.conversation_id, row.turn_id, row.part, row.rev, row.place, row.message_id, row.product_id
    )
