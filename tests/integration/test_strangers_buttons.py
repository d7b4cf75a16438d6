"""Every button with another person's ids: nothing of theirs is shown, changed or stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from bot.dialogue import core
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.linked import send_photo
from tests.integration.strangers import owner
from tests.integration.town import Chat, Town

VERBS = sorted(set(core._PLAIN) | set(core._WITH_PRODUCT) | set(core._WITH_WORDS))
"""Every button that there is: a new one is tried from its first day."""

NOT_TRIED = {"erase", "link", "unlink"}
"""They take yes or no, and no id; tests of linking and erasing have both sides."""


@pytest.fixture
def database(stocked_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Database]:
    config = StorageConfig(stocked_database_url, redis_url, tmp_path / "kept")
    with closing(Database(config, LocalMediaStore(config.media))) as opened:
        yield opened


def _settled(town: Town) -> Chat:
    """Bob, who agreed and has a photo of his own, so that nothing stops him before the id is looked at."""
    bob = town.chat("web", "bob")
    bob.press("start")
    bob.press("consent:yes")
    town.database.call(lambda uow: send_photo(uow, "bob", b"bob"))
    bob.say("red dress")
    return bob


def test_no_button_reaches_what_is_another_persons(town: Town) -> None:
    ann = owner(town.database, "ann")
    bob = _settled(town)
    before, heard = ann.rows(town.database), len(_words(town, bob))
    pressed = [f"{verb}:{ident}" for verb in VERBS if verb not in NOT_TRIED for ident in ann.ids.values()]
    town.database.call(lambda uow: _press(uow, pressed))
    town.settle()
    said = _words(town, bob)
    assert len(said) >= heard + len(pressed), "each was answered"
    for words in said[heard:]:
        # What a button says is repeated where it was meant as words; that tells Bob what Bob sent.
        assert ann.traces_in(words, asked=" ".join(pressed)) == []
        body = json.loads(words)
        assert ann.traces_in(json.dumps([body["pictures"], body["products"], body["job"]])) == []
    assert ann.rows(town.database) == before, "something of hers changed"
    town.database.close()


def _press(uow: UnitOfWork, actions: list[str]) -> None:
    for action in actions:
        uow.inbox.accept("web", "bob", str(uuid4()), "press", {"action": action, "turn": None})


def _words(town: Town, chat: Chat) -> list[str]:
    """Everything that stands in a conversation, as it is stored."""
    talk = "SELECT body::text FROM turns t JOIN conversations c ON c.id = t.conversation_id WHERE address = :who"
    rows = town.database.call(lambda uow: uow.session.execute(sa.text(talk), {"who": chat.account}).all())
    return [row[0] for row in rows]
