"""Conversations and their turns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.addresses import account_of
from storage.people import People
from storage.records import ConversationRecord, TurnRecord, Unfinished
from storage.tables import Conversation, InboxRow, Job, OutboxRow, Turn

__all__ = ["ALBUM_WAITS", "Conversations", "account_of"]

ALBUM_WAITS = timedelta(seconds=60)
"""How far an album stands behind words in the outbox. It counts only while there is more to send than the platform
takes: then everybody gets their first words before anybody's pictures use up the allowance.
"""


class Conversations:
    """Rows about conversations inside one transaction."""

    def __init__(self, session: Session, people: People) -> None:
        self._session = session
        self._people = people

    def find(self, channel: str, address: str) -> ConversationRecord | None:
        """The conversation, when there is one. Takes no lock."""
        row = self._session.execute(
            select(Conversation).where(Conversation.channel == channel, Conversation.address == address)
        ).scalar_one_or_none()
        return None if row is None else _record(row)

    def get(self, conversation_id: UUID) -> ConversationRecord | None:
        """The conversation by its id. Takes no lock."""
        row = self._session.get(Conversation, conversation_id)
        return None if row is None else _record(row)

    def unfinished(self, channel: str, address: str) -> Unfinished:
        """What is still to come. One statement sees one moment: nothing slips from one count into the next."""
        counts = self._session.execute(
            select(
                select(func.count())
                .where(InboxRow.status == "pending", InboxRow.channel == channel, InboxRow.address == address)
                .scalar_subquery(),
                select(func.count())
                .select_from(Job)
                .join(Conversation, Conversation.id == Job.conversation_id)
                .where(
                    Conversation.channel == channel,
                    Conversation.address == address,
                    Job.status.in_(("queued", "running")),
                )
                .scalar_subquery(),
            )
        ).one()
        return Unfinished(*counts)

    def of(self, person_id: UUID) -> list[ConversationRecord]:
        """All conversations of a person, on every channel, oldest first. Takes no lock."""
        rows = self._session.execute(
            select(Conversation)
            .where(Conversation.person_id == person_id)
            .order_by(Conversation.created_at, Conversation.id)
            .execution_options(populate_existing=True)
        ).scalars()
        return [_record(row) for row in rows]

    def owner(self, channel: str, address: str) -> UUID | None:
        """Whose conversation it is, and stays until the end of the transaction; None when there is none."""
        while (person := self._owner(channel, address)) is not None:
            # Looked up again: it may have changed hands while we waited.
            if self._people.stay(person) and self._owner(channel, address) == person:
                return person
        return None

    def open(self, channel: str, address: str) -> ConversationRecord:
        """The conversation, made when it is new, locked until the end of the transaction."""
        find = (
            select(Conversation)
            .where(Conversation.channel == channel, Conversation.address == address)
            # Not the strongest lock: whoever notes a sent message refers to this row and must not wait.
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        while True:
            known = self._owner(channel, address)
            person = known or self._people.find_or_create(channel, account_of(address))
            # The person first, as everywhere: whoever links people holds them and waits for conversations.
            if not self._people.stay(person):
                continue
            if known is None:
                self._session.execute(
                    insert(Conversation)
                    .values(person_id=person, channel=channel, address=address)
                    .on_conflict_do_nothing()
                )
            row = self._session.execute(find).scalar_one_or_none()
            if row is not None and row.person_id == person:
                return _record(row)

    def _owner(self, channel: str, address: str) -> UUID | None:
        return self._session.execute(
            select(Conversation.person_id).where(Conversation.channel == channel, Conversation.address == address)
        ).scalar_one_or_none()

    def move_place(self, channel: str, old: str, new: str) -> int:
        """A place has another name from now on; its conversations and waiting events go there.

        One whose person has already begun a conversation in the new place stays where it is. Returns how many
        conversations moved.
        """
        for_moving = (
            "UPDATE {table} AS t SET address = :new || substr(t.address, length(:old) + 1)"
            " WHERE t.channel = :channel AND (t.address LIKE :old || ':%' OR t.address LIKE :old || '/%')"
        )
        names = {"channel": channel, "old": old, "new": new}
        free = (
            " AND NOT EXISTS (SELECT 1 FROM conversations o WHERE o.channel = t.channel"
            " AND o.address = :new || substr(t.address, length(:old) + 1)) RETURNING t.id"
        )
        moved = self._session.execute(text(for_moving.format(table="conversations") + free), names).all()
        self._session.execute(text(for_moving.format(table="inbox") + " AND t.status = 'pending'"), names)
        return len(moved)

    def save_state(self, conversation_id: UUID, state: dict[str, Any]) -> None:
        """Keep the dialogue's state."""
        self._session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(state=state, updated_at=func.now())
        )

    def heard(self, conversation_id: UUID, event_id: str, body: dict[str, Any]) -> None:
        """Append what the person did. The same event is written once."""
        known = self._session.execute(
            select(Turn.id).where(Turn.conversation_id == conversation_id, Turn.event_id == event_id)
        ).first()
        if known is None:
            seq, rev = self._count(conversation_id, seq=True)
            self._insert(conversation_id, seq, rev, "person", body, event_id=event_id)

    def say(
        self,
        conversation_id: UUID,
        channel: str,
        body: dict[str, Any],
        slot: str | None = None,
        cause: str | None = None,
        *,
        in_place: bool = False,
    ) -> None:
        """Append a message of the stylist and queue it for sending. `cause` is the message that it answers.

        A message with a slot takes the place of the earlier one; when newer turns stand below that one, it
        moves to the end, where the person looks, unless it is to change `in_place`.
        """
        earlier = None
        if slot is not None:
            earlier = self._session.execute(
                select(Turn.id, Turn.seq).where(Turn.conversation_id == conversation_id, Turn.slot == slot)
            ).first()
        if earlier is None:
            seq, rev = self._count(conversation_id, seq=True)
            turn_id = self._insert(conversation_id, seq, rev, "stylist", body, slot=slot)
        else:
            turn_id = earlier.id
            last = self._session.execute(
                select(Conversation.seq).where(Conversation.id == conversation_id)
            ).scalar_one()
            moves = earlier.seq != last and not in_place
            newest, rev = self._count(conversation_id, seq=moves)
            seq = newest if moves else earlier.seq
            self._session.execute(update(Turn).where(Turn.id == turn_id).values(seq=seq, rev=rev, body=body))
        self._session.execute(
            insert(OutboxRow).values(
                channel=channel,
                conversation_id=conversation_id,
                turn_id=turn_id,
                rev=rev,
                cause=cause,
                order_at=func.now() + (ALBUM_WAITS if body.get("products") else timedelta()),
            )
        )

    def turn(self, turn_id: UUID) -> TurnRecord | None:
        """One turn as it stands now."""
        row = self._session.get(Turn, turn_id)
        return None if row is None else _turn(row)

    def turns_since(self, conversation_id: UUID, rev: int, limit: int) -> list[TurnRecord]:
        """Turns that are new or changed after `rev`, in the order they changed."""
        rows = self._session.execute(
            select(Turn)
            .where(Turn.conversation_id == conversation_id, Turn.rev > rev)
            .order_by(Turn.rev)
            .limit(limit)
        ).scalars()
        return [_turn(row) for row in rows]

    def latest_turns(self, conversation_id: UUID, limit: int) -> list[TurnRecord]:
        """The last turns, oldest first."""
        rows = self._session.execute(
            select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.seq.desc()).limit(limit)
        ).scalars()
        return [_turn(row) for row in reversed(list(rows))]

    def _count(self, conversation_id: UUID, *, seq: bool) -> tuple[int, int]:
        """Count one change (and, with `seq`, one place at the end); returns the last seq and the new rev."""
        row = self._session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(seq=Conversation.seq + (1 if seq else 0), rev=Conversation.rev + 1)
            .returning(Conversation.seq, Conversation.rev)
        ).one()
        return row.seq, row.rev

    def _insert(
        self,
        conversation_id: UUID,
        seq: int,
        rev: int,
        author: str,
        body: dict[str, Any],
        *,
        slot: str | None = None,
        event_id: str | None = None,
    ) -> UUID:
        values = {"seq": seq, "rev": rev, "author": author, "body": body, "slot": slot, "event_id": event_id}
        return self._session.execute(
            insert(Turn).values(conversation_id=conversation_id, **values).returning(Turn.id)
        ).scalar_one()


def _record(row: Conversation) -> ConversationRecord:
    return ConversationRecord(row.id, row.person_id, row.channel, row.address, row.state, row.rev)


def _turn(row: Turn) -> TurnRecord:
    return TurnRecord(
        row.id, row.conversation_id, row.seq, row.rev, row.author, row.event_id, row.body, row.created_at
    )
