"""A language model is asked only where somebody set one, people are told of it, and its key is in no log."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from pydantic import ValidationError

from bot.bootstrap import budget_of, model_endpoint, policy_of
from bot.dialogue.core import handle
from bot.dialogue.policy import Policy
from bot.dialogue.state import ConversationState
from bot.dialogue.types import ButtonPressed, Say, Started
from bot.findings import Finding
from bot.llm.checks import findings
from bot.llm.endpoint import Usage
from bot.settings import OPENAI, BotSettings
from storage.budgets import Spending
from storage.logs import Redactor
from tests.fakes import openai as fake
from tests.fakes.openai import KEY, MODEL, Answer, fake_model


def settings(**given: Any) -> BotSettings:
    return BotSettings(DATABASE_URL="postgresql://d", REDIS_URL="redis://r", _env_file=None, **given)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, None),
        ({"OPENAI_API_KEY": KEY}, None),
        ({"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "http://h/v1"}, None),
        ({"OPENAI_MODEL": MODEL}, None),
        ({"OPENAI_MODEL": MODEL, "OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}, None),
        ({"OPENAI_MODEL": MODEL, "OPENAI_API_KEY": KEY}, OPENAI),
        ({"OPENAI_MODEL": MODEL, "OPENAI_BASE_URL": "http://localhost:11434/v1"}, "http://localhost:11434/v1"),
    ],
)
def test_it_is_off_unless_a_model_and_a_way_to_it_are_named(given: dict[str, str], url: str | None) -> None:
    assert settings(**given).model_url == url


@pytest.mark.parametrize("url", ["localhost:11434", "ftp://h/v1", "https://user:key@h/v1", "https:///v1"])
def test_an_address_that_is_none_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValidationError, match="OPENAI"):
        settings(OPENAI_BASE_URL=url)


def test_the_key_stands_in_no_log() -> None:
    given = settings(OPENAI_MODEL=MODEL, OPENAI_API_KEY=KEY)
    redactor = Redactor(secret.get_secret_value() for secret in given.secrets())
    entry = logging.makeLogRecord({"msg": f"Authorization: Bearer {KEY}", "levelname": "ERROR", "name": "x"})
    assert KEY not in redactor.format(entry)
    assert KEY not in repr(given)


def _policy(**given: Any) -> Policy:
    full = settings(OPENAI_MODEL=MODEL, OPENAI_API_KEY=KEY, **given)

    async def play() -> Policy:
        endpoint = model_endpoint(full)
        assert endpoint is not None
        await endpoint.close()
        return policy_of(full, endpoint)

    return asyncio.run(play())


def _told(policy: Policy) -> tuple[str, str]:
    """The terms, and the answer to “what do you keep?”."""
    texts = []
    for event in (Started(), ButtonPressed("privacy")):
        (say,) = handle(ConversationState(), event, policy)[1]
        assert isinstance(say, Say)
        texts.append(say.message.text)
    return texts[0], texts[1]


def test_people_are_told_where_their_words_go_and_are_asked_anew() -> None:
    without = policy_of(settings(), None)
    words, pictures = _policy(), _policy(llm_pictures=True)
    here = _policy(OPENAI_BASE_URL="http://127.0.0.1:11434/v1")
    assert len({p.consent_version for p in (without, words, pictures, here)}) == 4
    for text in _told(without):
        assert "Only this program on this machine sees it" in text
    for text in _told(words):
        assert "a language model on api.openai.com" in text
        assert "Your photo and your pictures stay here." in text
        assert "Only this program" not in text
    for text in _told(pictures):
        assert "So does a picture that I made of you when you ask for advice on it." in text
    for text in _told(here):
        assert "a language model on this machine" in text


def test_a_budget_counts_tokens_and_the_money_they_cost() -> None:
    budget = budget_of(settings(llm_tokens=1000, llm_usd=0.5, llm_price_in=0.15, llm_price_out=0.6))
    assert budget.person == Spending(1000, 500_000)
    assert budget.cost(Usage(2000, 50)) == Spending(2050, 330)


def _findings(*answers: Answer, key: str = KEY, patience_s: float = 5.0) -> list[Finding]:
    async def play() -> list[Finding]:
        async with fake_model() as model:
            model.will("frame", *answers)
            given = settings(OPENAI_MODEL=MODEL, OPENAI_API_KEY=key, OPENAI_BASE_URL=model.url)
            return await findings(given, patience_s)

    return asyncio.run(play())


def test_doctor_asks_the_model_when_one_is_set() -> None:
    assert asyncio.run(findings(settings())) == []
    (half,) = asyncio.run(findings(settings(OPENAI_MODEL=MODEL)))
    assert not half.well
    (well,) = _findings(fake.sensibly)
    assert well.well
    assert MODEL in well.what
    assert "search" in well.detail


@pytest.mark.parametrize(
    ("answer", "key", "detail"),
    [
        (fake.hang, KEY, "no answer"),
        (fake.says("Hello!"), KEY, "tool calling"),
        (fake.status(500), KEY, "500"),
        (fake.sensibly, "sk-wrong-key", "OPENAI_API_KEY"),
    ],
)
def test_doctor_says_what_is_wrong_with_it(answer: Answer, key: str, detail: str) -> None:
    (finding,) = _findings(answer, key=key, patience_s=0.3 if answer is fake.hang else 60.0)
    assert not finding.well
    assert detail in finding.detail
    assert key not in finding.detail
