"""Who is told which secret when everything is started at once."""

from __future__ import annotations

from bot.up import KEYS, for_worker, has_token, with_token, without_tokens

PLAIN = {"PATH": "/bin", "DATABASE_URL": "postgresql://d"}


def test_only_the_part_of_a_channel_is_told_its_token() -> None:
    environment = {**PLAIN, "TELEGRAM_BOT_TOKEN": "7:secret"}
    assert has_token(environment, "TELEGRAM_BOT_TOKEN")
    assert with_token(environment, "TELEGRAM_BOT_TOKEN")["TELEGRAM_BOT_TOKEN"] == "7:secret"
    others = without_tokens(environment)
    assert others["TELEGRAM_BOT_TOKEN"] == "", "empty, so that no .env fills it in"
    assert others["PATH"] == "/bin"


def test_a_token_in_a_file_starts_the_part_too() -> None:
    environment = {**PLAIN, "TELEGRAM_BOT_TOKEN_FILE": "/run/secrets/telegram"}
    assert has_token(environment, "TELEGRAM_BOT_TOKEN")
    mine = with_token(environment, "TELEGRAM_BOT_TOKEN")
    assert mine["TELEGRAM_BOT_TOKEN_FILE"] == "/run/secrets/telegram"
    assert "TELEGRAM_BOT_TOKEN" not in mine, "an empty one would win over the file"
    assert "TELEGRAM_BOT_TOKEN_FILE" not in without_tokens(environment)


def test_without_a_token_there_is_no_such_part() -> None:
    assert not has_token(PLAIN, "TELEGRAM_BOT_TOKEN")
    assert not has_token({**PLAIN, "TELEGRAM_BOT_TOKEN": ""}, "TELEGRAM_BOT_TOKEN")


def test_the_keys_of_models_and_shops_are_for_the_parts_that_talk_with_people() -> None:
    environment = {**PLAIN, **{key: "sk-secret" for key in KEYS}, "OPENAI_API_KEY_FILE": "/run/secrets/openai"}
    worker = for_worker(environment)
    for key in KEYS:
        assert with_token(environment, "TELEGRAM_BOT_TOKEN")[key] == "sk-secret"
        assert without_tokens(environment)[key] == "sk-secret"
        assert worker[key] == ""
    assert "OPENAI_API_KEY_FILE" not in worker
