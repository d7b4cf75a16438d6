"""Where pictures are drawn: what may be set, who is told of it, and who knows the key."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.bootstrap import policy_of
from bot.dialogue.core import handle
from bot.dialogue.policy import Policy
from bot.dialogue.state import ConversationState
from bot.dialogue.types import ButtonPressed, Say, Started
from bot.settings import BotSettings
from bot.up import for_worker, with_token, without_tokens
from pipeline.types import Category
from storage.logs import Redactor
from workers.settings import ServeSettings, WorkerSettings

KEY = "0123456789abcdef" * 2
THERE: dict[str, Any] = {"engine": "remote", "remote_url": "https://gpu.example.org"}
DESCRIBED = '[request]\nbody = { a = "{person}", b = "{garment}" }\n'
SERVERS: dict[str, Any] = {"DATABASE_URL": "postgresql://d", "REDIS_URL": "redis://r", "_env_file": None}


def bot(**given: Any) -> BotSettings:
    return BotSettings(**SERVERS, **given)


def told(policy: Policy) -> list[str]:
    """The terms, and the answer to “what do you keep?”."""
    texts = []
    for event in (Started(), ButtonPressed("privacy")):
        (say,) = handle(ConversationState(), event, policy)[1]
        assert isinstance(say, Say)
        texts.append(say.message.text)
    return texts


def test_people_are_told_where_their_photo_goes_and_are_asked_anew() -> None:
    here, there = policy_of(bot(), None), policy_of(bot(**THERE), None)
    elsewhere = policy_of(bot(**{**THERE, "remote_url": "https://other.example.org"}), None)
    assert len({policy.consent_version for policy in (here, there, elsewhere)}) == 3
    for text in told(there):
        assert "I send your photo and the garment, without your name, to gpu.example.org" in text
        assert "stay here" not in text
        assert "Only this program" not in text


def test_nothing_is_said_of_an_address_that_is_this_machine_unless_it_has_a_name() -> None:
    own = {**THERE, "remote_url": "http://127.0.0.1:9000"}
    assert policy_of(bot(**own), None) == policy_of(bot(), None)
    tunnel = policy_of(bot(**own, remote_name="gpu.example.org"), None)
    assert all("to gpu.example.org" in text for text in told(tunnel))


def test_an_address_says_nothing_while_another_engine_draws() -> None:
    assert policy_of(bot(remote_url="https://gpu.example.org"), None) == policy_of(bot(), None)


@pytest.mark.parametrize(
    "url",
    [
        "http://gpu.example.org",
        "http://93.184.216.34",
        "https://me:key@h",
        "https://h/?key=1",
        "gpu:9000",
        "ftp://h",
    ],
)
def test_an_address_that_gives_photos_away_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValidationError, match="remote_url"):
        bot(engine="remote", remote_url=url)


@pytest.mark.parametrize("url", ["http://gpu:9000", "http://10.8.0.2:9000", "http://gpu.lan", "http://[::1]:9000"])
def test_without_a_certificate_an_address_may_be_of_a_private_network(url: str) -> None:
    assert bot(engine="remote", remote_url=url).remote_url == url


def test_an_engine_elsewhere_needs_an_address_and_between_workers_a_long_key() -> None:
    with pytest.raises(ValidationError, match="needs FASHIONCORE_REMOTE_URL"):
        bot(engine="remote")
    none: dict[str, Any] = {}
    for key in (none, {"remote_key": "short"}):
        with pytest.raises(ValidationError, match="32 letters"):
            WorkerSettings(**SERVERS, **THERE, **key)
    assert WorkerSettings(**SERVERS, **THERE, remote_key=KEY).identified().name == "remote"


def test_a_worker_that_draws_for_others_needs_no_servers_and_does_not_pass_pictures_on() -> None:
    assert ServeSettings(_env_file=None, remote_key=KEY).engine == "preview"
    with pytest.raises(ValidationError, match="not remote"):
        ServeSettings(_env_file=None, engine="remote", remote_key=KEY)
    with pytest.raises(ValidationError, match="32 letters"):
        ServeSettings(_env_file=None, remote_key="short")


def test_the_version_changes_with_whatever_may_change_pixels(tmp_path: Path) -> None:
    file = tmp_path / "endpoint.toml"
    with pytest.raises(ValidationError, match="cannot be read"):
        bot(**THERE, remote_endpoint=file)
    versions = set()
    changes: list[dict[str, Any]] = [
        {},
        {"remote_url": "https://gpu.example.org/other"},
        {"remote_version": "2"},
        {"remote_endpoint": file},
    ]
    file.write_text(DESCRIBED)
    for more in changes:
        versions.add(bot(**{**THERE, **more}).identified().version)
    file.write_text(DESCRIBED + '[categories]\nupper = "tops"')
    versions.add(bot(**THERE, remote_endpoint=file).identified().version)
    assert len(versions) == 5


def test_what_is_not_dressed_elsewhere_stays_a_preview(tmp_path: Path) -> None:
    assert bot(**THERE).identified().categories == set(Category)
    assert bot(**THERE, remote_parts="upper, dress").identified().categories == {Category.UPPER, Category.DRESS}
    with pytest.raises(ValidationError, match="remote_parts"):
        bot(**THERE, remote_parts="shoes")
    file = tmp_path / "endpoint.toml"
    file.write_text(DESCRIBED + '[categories]\nupper = "tops"')
    assert bot(**THERE, remote_endpoint=file).identified().categories == {Category.UPPER}


def test_only_workers_know_the_key_and_no_log_does() -> None:
    environment = {"PATH": "/bin", "FASHIONCORE_REMOTE_KEY": KEY, "TELEGRAM_BOT_TOKEN": "7:secret"}
    assert for_worker(environment)["FASHIONCORE_REMOTE_KEY"] == KEY
    assert without_tokens(environment)["FASHIONCORE_REMOTE_KEY"] == ""
    assert with_token(environment, "TELEGRAM_BOT_TOKEN")["FASHIONCORE_REMOTE_KEY"] == ""
    settings = WorkerSettings(**SERVERS, **THERE, remote_key=KEY)
    redactor = Redactor(secret.get_secret_value() for secret in settings.secrets())
    entry = logging.makeLogRecord({"msg": f"Authorization: Bearer {KEY}", "levelname": "ERROR", "name": "x"})
    assert KEY not in redactor.format(entry)
    assert KEY not in repr(settings)
