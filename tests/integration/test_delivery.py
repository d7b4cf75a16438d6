"""Messages whose pictures cannot be read wait; those of others go out meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.channels.base import Journal
from bot.delivery import MAX_ATTEMPTS, Delivery
from storage.bell import Bell
from storage.errors import MediaMissing
from storage.media import LocalMediaStore
from storage.records import ConversationRecord, TurnRecord
from storage.tables import OutboxRow
from storage.unit_of_work import Database

CHANNEL = "told"
PICTURE = "0" * 64


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


def _let_pauses_end(database: Database) -> None:
    with database.unit_of_work() as uow:
        uow.session.execute(sa.update(OutboxRow).values(available_at=sa.func.now()))
