"""Messages whose pictures cannot be read wait, and no lost connection has one sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.channels.base import Journal
from bot.delivery import MAX_ATTEMPTS, Delivery
from storage.bell import Bell
from storage.errors import MediaMissing
from storage.media import LocalMediaStore
from storage.records import ConversationRecord, TurnRecord
from storage.tables import OutboxRow
from storage.unit_of_work import Database
from tests.programs import until

CHANNEL = "told"
PICTURE = "0" * 64
END_WHOEVER_HOLDS_SOMETHING = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE state = 'idle in transaction' AND datname = current_database() AND pid <> pg_backend_pid()"
)


class Told:
    """See bot.channels.base.Channel. Reads the picture of a message that has one, as platforms need it."""

    name = CHANNEL

    def __init__(self, store: LocalMediaStore) -> None:
        self._store = store
        self.texts: list[str] = []

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """See Channel."""
        del conversation, journal
        if turn.body["text"].startswith("a picture"):
            with suppress(MediaMissing):
                self._store.get(PICTURE)
        self.texts.append(turn.body["text"])


def test_a_message_that_waits_for_the_media_store_holds_up_nobody_and_is_not_given_up(
    database: Database, tmp_path: Path
) -> None:
    # Where a folder should be is a file: nothing can be read or written.
    place = tmp_path / "media"
    place.write_text("not a folder")
    store = LocalMediaStore(place)
    database.store = store
    channel = Told(store)
    for address, text in (("ann", "a picture"), ("bob", "words")):
        talk = database.call(lambda uow, address=address: uow.conversations.open(CHANNEL, address))  # type: ignore[misc] # a lambda's default
        body: dict[str, Any] = {"text": text, "choices": [], "products": [], "pictures": [], "job": None}
        database.call(lambda uow, talk=talk, body=body: uow.conversations.say(talk.id, CHANNEL, body))  # type: ignore[misc] # a lambda's default
    sender = Delivery(database, {CHANNEL: channel}, Bell(), loops=1)

    async def try_all() -> None:
        while await sender.send_next():
            pass

    for _ in range(MAX_ATTEMPTS + 3):
        asyncio.run(try_all())
        _let_pauses_end(database)
    assert channel.texts == ["words"]
    with database.unit_of_work() as uow:
        waits = sa.select(OutboxRow.status, OutboxRow.attempts, OutboxRow.error_code).where(
            OutboxRow.status == "pending"
        )
        assert [tuple(row) for row in uow.session.execute(waits)] == [("pending", 0, "media_unavailable")]
    place.unlink()
    # What a channel is given is made then.
    sender = Delivery(
        database,
        {CHANNEL: channel},
        Bell(),
        loops=1,
        shown=lambda _, body: {**body, "text": f"{body['text']}, led"},
    )
    asyncio.run(try_all())
    assert channel.texts == ["words", "a picture, led"]


class CutOff:
    """See bot.channels.base.Channel. While it sends for the first time `meanwhile` happens."""

    name = CHANNEL

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self._meanwhile = meanwhile
        self.tried = self.sent = 0

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """See Channel."""
        del conversation, turn
        if any(message.message_id for message in journal.messages):
            return
        await journal.intend("main", "a place")
        self.tried += 1
        if self.tried == 1:
            await self._meanwhile()
        self.sent += 1
        await journal.note("main", "a place", str(self.sent))


def test_a_message_whose_sender_loses_the_connection_is_sent_by_no_other_loop_meanwhile(
    database: Database,
) -> None:
    talk = database.call(lambda uow: uow.conversations.open(CHANNEL, "ann"))
    body: dict[str, Any] = {"text": "words", "choices": [], "products": [], "pictures": [], "job": None}
    database.call(lambda uow: uow.conversations.say(talk.id, CHANNEL, body))
    free = sa.select(OutboxRow.id).where(OutboxRow.status == "pending").with_for_update(skip_locked=True)

    async def cut_off() -> None:
        database.call(lambda uow: uow.session.execute(END_WHOEVER_HOLDS_SOMETHING).all())
        until(lambda: database.call(lambda uow: uow.session.execute(free).all()), 30, "its lock is still held")
        await sender.send_next()

    channel = CutOff(cut_off)
    sender = Delivery(database, {CHANNEL: channel}, Bell(), loops=2)

    async def send() -> None:
        with pytest.raises(OperationalError):
            await sender.send_next()
        while await sender.send_next():
            pass

    asyncio.run(send())
    assert channel.sent == 1
    with database.unit_of_work() as uow:
        assert uow.session.scalars(sa.select(OutboxRow.status)).all() == ["sent"]


class HeldUp:
    """See bot.channels.base.Channel. Before the first sending begins there is `meanwhile`."""

    name = CHANNEL

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self._meanwhile = meanwhile
        self.tried = self.sent = 0

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """See Channel."""
        del conversation, turn
        self.tried += 1
        if self.tried == 1:
            await self._meanwhile()
        await journal.intend("main", "a place")
        self.sent += 1
        await journal.note("main", "a place", str(self.sent))


def test_a_sender_that_was_paused_until_another_one_sent_its_message_sends_nothing(database: Database) -> None:
    talk = database.call(lambda uow: uow.conversations.open(CHANNEL, "ann"))
    body: dict[str, Any] = {"text": "words", "choices": [], "products": [], "pictures": [], "job": None}
    database.call(lambda uow: uow.conversations.say(talk.id, CHANNEL, body))
    free = sa.select(OutboxRow.id).where(OutboxRow.status == "pending").with_for_update(skip_locked=True)

    async def another_one_sends() -> None:
        # As the server does to whoever holds a lock and does nothing for too long.
        database.call(lambda uow: uow.session.execute(END_WHOEVER_HOLDS_SOMETHING).all())
        until(lambda: database.call(lambda uow: uow.session.execute(free).all()), 30, "its lock is still held")
        assert await other.send_next()

    channel = HeldUp(another_one_sends)
    # What two processes have in common is the database.
    paused, other = (Delivery(database, {CHANNEL: channel}, Bell(), loops=1) for _ in range(2))

    async def send() -> None:
        with pytest.raises(OperationalError):
            await paused.send_next()
        assert not await paused.send_next()

    asyncio.run(send())
    assert (channel.tried, channel.sent) == (2, 1)
    with database.unit_of_work() as uow:
        assert uow.session.scalars(sa.select(OutboxRow.status)).all() == ["sent"]
        # And what the other one noted stands.
        assert [
            m.message_id for m in uow.outbox.messages_of(uow.session.scalars(sa.select(OutboxRow.turn_id)).one())
        ] == ["1"]


def _let_pauses_end(database: Database) -> None:
    with database.unit_of_work() as uow:
        uow.session.execute(sa.update(OutboxRow).values(available_at=sa.func.now()))
