"""The program as people start it: `telegram` and a worker, against a Bot API server over TCP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.data import needs_test_data
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.integration.telegram_stage import results
from tests.programs import Program, Stage, free_port, stage, until
from tests.telegram import action_of, offers, person_photo, says

pytestmark = [pytest.mark.timeout(400), needs_test_data]


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram().in_thread() as running:
        yield running


@pytest.fixture
def theatre(
    fake: FakeTelegram, stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path
) -> Iterator[Stage]:
    with stage(stocked_database_url, redis_url, tmp_path / "stage", stocked_data) as opened:
        opened.environment |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": fake.base}
        yield opened


def ready(program: Program) -> None:
    until(lambda: "is ready" in program.output(), 60, program.output)


def test_a_photo_a_wish_and_a_picture_with_a_real_worker(fake: FakeTelegram, theatre: Stage) -> None:
    program = theatre.start("bot", "telegram")
    theatre.worker()
    ready(program)
    ann = fake.person(42, "Ann")
    fake.run(ann.command("/start"))
    asked = fake.run(ann.chat.until(offers("consent:yes"), 30))
    fake.run(ann.press(asked, "consent:yes"))
    fake.run(ann.send_photo(person_photo()))
    fake.run(ann.chat.until(says("Your photo is ready"), 60))
    fake.run(ann.write("white shirt"))
    found = fake.run(ann.chat.until(offers("try:"), 30))
    fake.run(ann.press(found, action_of(found, "try:")))
    result = fake.run(ann.chat.until(results, 120), 130)
    assert result.photo
    assert TOKEN not in program.output(), "the token stands in no log"
    assert program.stop() == 0, program.output()
    fake.assert_clean()


def test_a_webhook_takes_only_what_telegram_sends(fake: FakeTelegram, theatre: Stage) -> None:
    port = free_port()
    theatre.environment |= {"FASHIONCORE_PUBLIC_URL": f"https://127.0.0.1:{port}"}
    program = theatre.start("bot", "telegram", "--port", str(port))
    ready(program)
    hook = fake.world.updates.webhook
    assert hook.url == f"https://127.0.0.1:{port}/telegram/updates"
    assert hook.secret is not None
    # What stands in front of the program takes the TLS away; here it is the test.
    hook.url = hook.url.replace("https://", "http://")
    secret = {"X-Telegram-Bot-Api-Secret-Token": hook.secret}
    assert httpx.post(hook.url, json={"update_id": 1}).status_code == 403
    wrong = {"X-Telegram-Bot-Api-Secret-Token": "x" + hook.secret[1:]}
    assert httpx.post(hook.url, json={"update_id": 1}, headers=wrong).status_code == 403
    assert httpx.post(hook.url, content=b"x" * (1024 * 1024 + 1), headers=secret).status_code == 413
    assert httpx.post(hook.url, content=b"not json", headers=secret).status_code == 200
    ann = fake.person(42, "Ann")
    fake.run(ann.command("/start"))
    fake.run(ann.chat.until(offers("consent:yes"), 30))
    assert program.stop() == 0, program.output()
    theatre.environment.pop("FASHIONCORE_PUBLIC_URL")
    polling = theatre.start("bot", "telegram")
    ready(polling)
    assert fake.world.updates.webhook.url == "", "who polls has no webhook"
    fake.run(ann.command("/help"))
    fake.run(ann.chat.until(says("Here is what I do"), 30))


def test_a_wrong_or_missing_token_is_said_in_a_sentence(theatre: Stage) -> None:
    theatre.environment["TELEGRAM_BOT_TOKEN"] = "7000000001:AAWrongWrongWrongWrongWrongWrongWrong"
    wrong = theatre.start("bot", "telegram")
    assert wrong.ended(60) == 1
    assert "@BotFather" in wrong.output()
    theatre.environment["TELEGRAM_BOT_TOKEN"] = ""
    missing = theatre.start("bot", "telegram")
    assert missing.ended(60) == 2
    assert "TELEGRAM_BOT_TOKEN" in missing.output()
    assert not re.search("Traceback", wrong.output() + missing.output())
