"""Who is started when everything is, and who is told which secret."""

from __future__ import annotations

import pytest

from bot.settings import BotSettings
from bot.up import KEYS, for_worker, gpus, has_token, with_token, without_tokens, workers_of

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


def test_a_slower_engine_has_a_worker_behind_that_of_the_preview() -> None:
    assert list(workers_of("preview", PLAIN)) == [("worker", {"FASHIONCORE_ENGINE": "preview"})]
    one = {**PLAIN, "CUDA_VISIBLE_DEVICES": "1"}
    assert list(workers_of("idm", one)) == [
        ("worker", {"FASHIONCORE_ENGINE": "preview"}),
        ("worker idm", {"FASHIONCORE_ENGINE": "idm"}),
    ]


def test_each_gpu_has_a_worker_of_its_own_unless_one_is_named() -> None:
    two = {**PLAIN, "CUDA_VISIBLE_DEVICES": "0,3"}
    assert [told.get("FASHIONCORE_IDM_DEVICE") for _, told in workers_of("idm", two)] == [None, "cuda:0", "cuda:1"]
    named = {**two, "FASHIONCORE_IDM_DEVICE": "cpu"}
    assert [name for name, _ in workers_of("idm", named)] == ["worker", "worker idm"]
    assert gpus({"CUDA_VISIBLE_DEVICES": ""}) == gpus({"CUDA_VISIBLE_DEVICES": "-1"}) == 0


def test_parts_are_told_nothing_as_empty_words_and_read_it_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = ("FASHIONCORE_HEALTH_PORT", "S3_BUCKET", "OPENAI_MODEL", "FASHIONCORE_REMOTE_ENDPOINT")
    for name in empty:
        monkeypatch.setenv(name, "")
    settings = BotSettings(DATABASE_URL="postgresql://d", REDIS_URL="redis://r")
    assert (settings.health_port, settings.s3_bucket, settings.openai_model) == (None, None, None)
