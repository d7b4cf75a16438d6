"""A person in a chat, as the storage sees them, for tests of linking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from storage.records import ConversationRecord
from storage.unit_of_work import Database, UnitOfWork

T = TypeVar("T")

PHOTO_KEPT = timedelta(days=30)


def do(database: Database, work: Callable[..., T], *arguments: object) -> T:
    """`work(uow, *arguments)` in a transaction of its own."""
    return database.call(lambda uow: work(uow, *arguments))


def opened(uow: UnitOfWork, account: str, channel: str = "web") -> ConversationRecord:
    """The chat of an account."""
    return uow.conversations.open(channel, account)


def person_of(database: Database, account: str, channel: str = "web") -> UUID:
    """Who they are."""
    return do(database, opened, account, channel).person_id


def send_photo(uow: UnitOfWork, account: str, data: bytes, channel: str = "web") -> str:
    """The person sends a photo in that chat, and it is kept; returns its media key."""
    talk = opened(uow, account, channel)
    key = uow.media.keep(data, "photo", "image/jpeg", talk.person_id, size=(3, 4), kept=timedelta(hours=1))
    uow.media.keep_photo(talk.person_id, key, (3, 4), None, PHOTO_KEPT)
    picture = {"media": key, "alt": "", "role": "photo"}
    said = {"text": "", "choices": [], "products": [], "pictures": [picture], "job": None}
    uow.conversations.heard(talk.id, f"photo:{key}:{talk.rev}", said)
    return key
