"""A photo that cannot be handled because the media store is away: its person hears so, once."""

from __future__ import annotations

import sqlalchemy as sa

from bot.dialogue import replies
from bot.handling import PHOTO
from bot.inbox import WORTH_A_WORD
from storage.config import StorageConfig
from storage.tables import InboxRow
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.town import Town


def test_a_photo_that_failed_otherwise_before_the_store_went_is_spoken_of_once(
    town: Town, database: Database, storage_config: StorageConfig
) -> None:
    def send(uow: UnitOfWork) -> None:
        talk = uow.conversations.open("web", "ann")
        upload = uow.media.keep(b"a photo", "upload", "application/octet-stream", talk.person_id)
        uow.inbox.accept("web", "ann", "photo", PHOTO, {"upload": upload})

    def try_now() -> None:
        database.call(lambda uow: uow.session.execute(sa.update(InboxRow).values(available_at=sa.func.now())))
        town.settle()

    chat = town.chat("web", "ann")
    database.call(send)
    town.photos.close()
    for _ in range(WORTH_A_WORD + 1):
        try_now()
    assert chat.turns == [], "what failed is not the store yet"

    media = storage_config.media
    media.rename(media.with_name("away"))
    media.touch()
    for _ in range(3):
        try_now()
    assert [turn["text"] for turn in chat.turns] == [replies.PICTURES_AWAY.one]
