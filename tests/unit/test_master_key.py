"""The master key of a data folder: made once, for its owner alone, and only where no other is set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.local import make_master_key
from bot.settings import BotSettings
from storage.environment import explained
from storage.errors import MediaUnavailable
from storage.master_key import MASTER_KEY, MasterKey

NAME, FILE = "FASHIONCORE_MASTER_KEY", "FASHIONCORE_MASTER_KEY_FILE"


@pytest.fixture(autouse=True)
def _none_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME)
    monkeypatch.delenv(FILE, raising=False)


def _settings(**given: Any) -> BotSettings:
    return BotSettings(DATABASE_URL="postgresql://x@y/z", REDIS_URL="redis://r", **given)


def test_it_is_made_once_and_read_by_everybody_who_starts_there(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert _settings(data=data).master() is None
    make_master_key(data)
    path = data / MASTER_KEY
    assert path.stat().st_mode & 0o777 == 0o600
    first = path.read_text()
    wrapped = MasterKey(first).wrap(b"a person's key")
    make_master_key(data)
    assert path.read_text() == first
    master = _settings(data=data).master()
    assert master is not None
    assert master.unwrap(wrapped) == b"a person's key"
    assert [path.name for path in data.iterdir()] == [MASTER_KEY]


def test_where_one_is_set_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, MasterKey.new())
    make_master_key(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_key_goes_before_the_older_one_and_both_open() -> None:
    old, new = MasterKey.new(), MasterKey.new()
    wrapped = MasterKey(old).wrap(b"key")
    again = MasterKey(f"{new},{old}").rewrap(wrapped)
    assert MasterKey(f"{new}\n").unwrap(again) == b"key"
    with pytest.raises(MediaUnavailable):
        MasterKey(new).unwrap(wrapped)


@pytest.mark.parametrize("given", ["short", "not base64 at all, and of several words", ",", "="])
def test_what_is_no_key_stops_the_start_and_is_not_said(given: str) -> None:
    with pytest.raises(ValidationError) as error:
        _settings(master_key=given)
    assert explained(error.value) == (
        "FASHIONCORE_MASTER_KEY: it must be 32 random bytes in URL-safe base64, 44 letters."
    )
