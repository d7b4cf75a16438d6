"""Settings come from the environment, a secret's file, and .env, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import BotSettings
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
