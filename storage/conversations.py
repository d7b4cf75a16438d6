"""Conversations and their turns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from storage.addresses import account_of
from storage.people import SAVED, People
from storage.records import ConversationRecord, Glance, TurnRecord, Unfinished
from storage.statements import ID, JSON, SPAN, TIME, statement
from storage.tables import Conversation, InboxRow, Job, Turn
from storage.trail import current

__all__ = ["ALBUM_WAITS", "Conversations", "account_of"]

ALBUM_WAITS = timedelta(seconds=60)
"""How far an album stands behind words in the outbox. It counts only while there is more to send than the platform
takes: then everybody gets their first words before anybody's pictures use up the allowance.
"""

_SENT = """
    INSERT INTO outbox (channel, conversation_id, turn_id, rev, cause, order_at, status, sent_at, trail)
    SELECT :channel, :talk, id, rev, :cause, now() + :behind, :status, :sent_at, :trail FROM said
"""
_HEARD = statement(
    """
    WITH counted AS (
        UPDATE conversations SET seq = seq + 1, rev = rev + 1
        WHERE id = :talk AND NOT EXISTS (SELECT FROM turns WHERE conversation_id = :talk AND event_id = :event)
        RETURNING seq, rev)
    INSERT INTO turns (conversation_id, seq, rev, author, event_id, body)
    SELECT :talk, seq, rev, 'person', :event, :body FROM counted
    """,
    talk=ID,
    body=JSON,
)
_SAID = statement(
    f"""
    WITH counted AS (
        UPDATE conversations SET seq = seq + 1, rev = rev + 1 WHERE id = :talk RETURNING seq, rev),
    said AS (
        INSERT INTO turns (conversation_id, seq, rev, author, slot, body)
        SELECT :talk, seq, rev, 'stylist', :slot, :body FROM counted RETURNING id, rev)
    {_SENT}
    """,  # noqa: S608 # our own words
    talk=ID,
    body=JSON,
    behind=SPAN,
    sent_at=TIME,
)
_CHANGED = statement(
    f"""
    WITH earlier AS (
        SELECT t.id, t.seq, t.seq <> c.seq AND NOT :in_place AS moves
        FROM turns t JOIN conversations c ON c.id = t.conversation_id
        WHERE t.conversation_id = :talk AND t.slot = :slot),
    counted AS (
        UPDATE conversations c SET seq = c.seq + e.moves::int, rev = c.rev + 1 FROM earlier e WHERE c.id = :talk
        RETURNING c.rev, CASE WHEN e.moves THEN c.seq ELSE e.seq END AS seq, e.id AS turn),
    said AS (
        UPDATE turns t SET seq = n.seq, rev = n.rev, body = :body FROM counted n WHERE t.id = n.turn
        RETURNING t.id, t.rev)
    {_SENT} RETURNING turn_id
    """,  # noqa: S608 # our own words
    talk=ID,
    body=JSON,
    behind=SPAN,
    sent_at=TIME,
)
_KEEP_STATE = statement(
    "UPDATE conversations SET state = :state, updated_at = now() WHERE id = :talk", talk=ID, state=JSON
)
_FIND = statement(
    "SELECT id, person_id, channel, address, state, rev FROM conversations"
    " WHERE channel = :channel AND address = :address"
)
# Not the strongest lock: whoever notes a sent message refers to this row and must not wait.
_OPEN = statement(f"{_FIND.text} FOR NO KEY UPDATE")
_NEW = statement(
    "INSERT INTO conversations (person_id, channel, address) VALUES (:person, :channel, :address)"
    " ON CONFLICT DO NOTHING",
    person=ID,
)
_OWNER = statement("SELECT person_id FROM conversations WHERE channel = :channel AND address = :address")
_STAYING_OWNER = statement(
    "SELECT p.id FROM people p JOIN conversations c ON c.person_id = p.id"
    " WHERE c.channel = :channel AND c.address = :address FOR KEY SHARE OF p"
)
_GLANCE = statement(
    f"""
    SELECT rev,
        EXISTS (SELECT FROM jobs WHERE conversation_id = conversations.id AND status IN ('queued', 'running')),
        ARRAY({SAVED.format(person="conversations.person_id")})
    FROM conversations WHERE id = :talk
    """,  # noqa: S608 # our own words
    talk=ID,
)
_SINCE = statement(
    """
    SELECT id, conversation_id, seq, rev, author, event_id, body, created_at FROM turns
    WHERE conversation_id = :talk AND rev > :rev ORDER BY rev LIMIT :most
    """,
    talk=ID,
)


class Conversations:
    """Rows about conversations inside one transaction."""

    def __init__(self, session: Session, people: People) -> None:
        self._session = session
        self._people = people

    def find(self, channel: str, address: str) -> ConversationRecord | None:
        """The conversation, when there is one. Takes no lock."""
        row = self._session.execute(_FIND, {"channel": channel, "address": address}).one_or_none()
        return None if row is None else ConversationRecord(*row)

    def get(self, conversation_id: UUID) -> ConversationRecord | None:
        """The conversation by its id. Takes no lock."""
        row = self._session.get(Conversation, conversation_id)
        return None if row is None else _record(row)

    def glance(self, conversation_id: UUID, most_saved: int) -> Glance | None:
        """What an open page looks at again and again, in one statement. Takes no lock."""
        row = self._session.execute(_GLANCE, {"talk": conversation_id, "most": most_saved}).one_or_none()
        return None if row is None else Glance(*row)

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
        where = {"channel": channel, "address": address}
        while True:
            # The person first, as everywhere: whoever links people holds them and waits for conversations.
            person = self._staying_owner(channel, address)
            if person is None:
                # It is new, or changes hands now.
                known = self._owner(channel, address)
                person = known or self._people.find_or_create(channel, account_of(address))
                if not self._people.stay(person):
                    continue
                if known is None:
                    self._session.execute(_NEW, {"person": person, **where})
            row = self._session.execute(_OPEN, where).one_or_none()
            if row is not None and row.person_id == person:
                return ConversationRecord(*row)

    def _staying_owner(self, channel: str, address: str) -> UUID | None:
        """Whose it is, kept as `People.stay` does. None where there is no conversation, or it changed hands while
        we waited.
        """
        where = {"channel": channel, "address": address}
        person: UUID | None = self._session.execute(_STAYING_OWNER, where).scalar_one_or_none()
        return person

    def _owner(self, channel: str, address: str) -> UUID | None:
        where = {"channel": channel, "address": address}
        person: UUID | None = self._session.execute(_OWNER, where).scalar_one_or_none()
        return person

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
        self._session.execute(_KEEP_STATE, {"talk": conversation_id, "state": state})

    def heard(self, conversation_id: UUID, event_id: str, body: dict[str, Any]) -> None:
        """Append what the person did. The same event is written once."""
        self._session.execute(_HEARD, {"talk": conversation_id, "event": event_id, "body": body})

    def say(
        self,
        conversation_id: UUID,
        channel: str,
        body: dict[str, Any],
        slot: str | None = None,
        cause: str | None = None,
        *,
        in_place: bool = False,
        read: bool = False,
    ) -> None:
        """Append a message of the stylist and queue it for sending. `cause` is the message that it answers. On a
        channel whose people `read` the turns themselves it is there as soon as it is written.

        A message with a slot takes the place of the earlier one; when newer turns stand below that one, it
        moves to the end, where the person looks, unless it is to change `in_place`.
        """
        words = {"talk": conversation_id, "slot": slot, "body": body}
        sending = {
            "channel": channel,
            "cause": cause,
            "behind": ALBUM_WAITS if body.get("products") else timedelta(),
            "status": "sent" if read else "pending",
            "sent_at": datetime.now(UTC) if read else None,
            "trail": current(),
        }
        if slot is not None:
            changing = {**words, **sending, "in_place": in_place}
            if self._session.execute(_CHANGED, changing).first() is not None:
                return
        self._session.execute(_SAID, {**words, **sending})

    def turn(self, turn_id: UUID) -> TurnRecord | None:
        """One turn as it stands now."""
        row = self._session.get(Turn, turn_id)
        return None if row is None else _turn(row)

    def turns_since(self, conversation_id: UUID, rev: int, limit: int) -> list[TurnRecord]:
        """Turns that are new or changed after `rev`, in the order they changed."""
        rows = self._session.execute(_SINCE, {"talk": conversation_id, "rev": rev, "most": limit})
        return [TurnRecord(*row) for row in rows]

    def latest_turns(self, conversation_id: UUID, limit: int) -> list[TurnRecord]:
        """The last turns, oldest first."""
        rows = self._session.execute(
            select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.seq.desc()).limit(limit)
        ).scalars()
        return [_turn(row) for row in reversed(list(rows))]


def _record(row: Conversation) -> ConversationRecord:
    return ConversationRecord(row.id, row.person_id, row.channel, row.address, row.state, row.rev)


def _turn(row: Turn) -> TurnRecord:
    return TurnRecord(
        row.id, row.conversation_id, row.seq, row.rev, row.author, row.event_id, row.body, row.created_at
    )
