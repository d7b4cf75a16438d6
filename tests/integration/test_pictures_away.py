"""A photo that cannot be handled because the media store is away: its person hears so, once."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from bot.dialogue import replies
from bot.handling import PHOTO
from bot.inbox import WORTH_A_WORD
from storage.config import StorageConfig
from storage.tables import InboxRow
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.town import Town


def _send(uow: UnitOfWork) -> None:
    talk = uow.conversations.open("web", "ann")
    upload = uow.media.keep(b"a photo", "upload", "application/octet-stream", talk.person_id)
    uow.inbox.accept("web", "ann", "photo", PHOTO, {"upload": upload})


def _due(uow: UnitOfWork) -> None:
    uow.session.execute(sa.update(InboxRow).values(available_at=sa.func.now()))


def _take_away(media: Path) -> None:
    media.rename(media.with_name("away"))
    media.touch()


def test_a_photo_that_failed_otherwise_before_the_store_went_is_spoken_of_once(
    town: Town, database: Database, storage_config: StorageConfig
) -> None:
    chat = town.chat("web", "ann")
    database.call(_send)
    town.photos.close()
    for _ in range(WORTH_A_WORD + 1):
        database.call(_due)
        town.settle()
    assert chat.turns == [], "what failed is not the store yet"

    _take_away(storage_config.media)
    for _ in range(3):
        database.call(_due)
        town.settle()
    assert [turn["text"] for turn in chat.turns] == [replies.PICTURES_AWAY.one]


def test_a_photo_that_several_loops_fail_over_is_spoken_of_once(
    town: Town, database: Database, storage_config: StorageConfig
) -> None:
    chat = town.chat("web", "ann")
    database.call(_send)
    _take_away(storage_config.media)
    for _ in range(3 * WORTH_A_WORD):
        database.call(_due)
        town.settle_beside(4)
    assert [turn["text"] for turn in chat.turns] == [replies.PICTURES_AWAY.one]
