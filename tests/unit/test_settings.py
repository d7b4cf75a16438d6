"""Settings come from the environment, a secret's file, and .env, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import BotSettings
from storage.environment import environment_names, explained
from tests import settings_table
from tests.programs import ROOT
from workers.settings import WorkerSettings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "REDIS_URL", "DATABASE_URL_FILE", "REDIS_URL_FILE", "FASHIONCORE_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REDIS_URL", "redis://r")


def test_a_secret_is_read_from_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("postgresql://from-a-file\n")
    monkeypatch.setenv("DATABASE_URL_FILE", str(secret))
    assert BotSettings().database_url.get_secret_value() == "postgresql://from-a-file"


def test_a_secrets_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "none"))
    with pytest.raises(ValidationError) as error:
        WorkerSettings()
    assert explained(error.value) == f"DATABASE_URL_FILE: no such file or directory: {tmp_path / 'none'}."


def test_the_environment_wins_over_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=postgresql://dotenv\nFASHIONCORE_DATA=/dotenv\n")
    assert WorkerSettings().database_url.get_secret_value() == "postgresql://dotenv"
    monkeypatch.setenv("DATABASE_URL", "postgresql://environment")
    settings = WorkerSettings()
    assert settings.database_url.get_secret_value() == "postgresql://environment"
    assert settings.data == Path("/dotenv")


def test_settings_do_not_show_secrets_when_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hunter2@h/d")
    assert "hunter2" not in repr(BotSettings())


def test_a_password_by_itself_completes_an_address_without_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("p@ss/word\n")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@server/stylist")
    assert WorkerSettings().database_url.get_secret_value() == "postgresql://me:p%40ss%2Fword@server/stylist"
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:mine@server/stylist")
    assert WorkerSettings().database_url.get_secret_value() == "postgresql://me:mine@server/stylist"


def test_an_engine_that_does_not_exist_is_refused_with_those_that_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://h/d")
    monkeypatch.setenv("FASHIONCORE_ENGINE", "paint-by-numbers")
    with pytest.raises(ValidationError) as wrong:
        WorkerSettings()
    assert explained(wrong.value) == "FASHIONCORE_ENGINE: it must be one of preview, idm, remote."


def test_the_page_of_settings_holds_every_setting_as_it_is_now() -> None:
    assert settings_table.PAGE.read_text() == settings_table.page(), "write it: python -m tests.settings_table"


def test_every_variable_of_the_example_is_a_setting() -> None:
    example = (ROOT / ".env.example").read_text()
    named = {
        line.lstrip("#").partition("=")[0].removesuffix("_FILE") for line in example.splitlines() if "=" in line
    }
    known = {name for _, part, _ in settings_table.PARTS for name in environment_names(part)}
    assert {name for name in named if name.isupper()} <= known
