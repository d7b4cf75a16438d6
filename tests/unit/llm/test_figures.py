"""The comparison of a model with the built-in understanding counts right; it says nothing about any real model."""

from __future__ import annotations

import asyncio

from pydantic import SecretStr

from bot.llm.endpoint import Endpoint
from tests.fakes import openai as fake
from tests.fakes.openai import KEY, MODEL, fake_model
from tests.llm.figures import Comparison, compare
from tests.unit.dialogue.corpus import Labelled

MESSAGES = [
    Labelled("red dress", {"state": "idle"}, "search", {"category": ["dress"], "color": ["red"]}, "en"),
    Labelled("thanks", {"state": "idle"}, "thanks", {}, "en"),
    Labelled("yes", {"state": "ask", "asked": "confirm"}, "affirm", {}, "en"),
]


def _compared(answer: fake.Answer) -> Comparison:
    async def play() -> Comparison:
        async with fake_model() as model:
            model.will("frame", answer)
            endpoint = Endpoint(model.url, MODEL, SecretStr(KEY))
            try:
                return await compare(MESSAGES, endpoint)
            finally:
                await endpoint.close()

    return asyncio.run(play())


def test_only_what_a_model_may_read_is_asked_and_its_mistakes_count() -> None:
    found = _compared(fake.frame("search", category=["coat"]))
    assert found.asked == 1
    assert found.alone["all"].turns == 3
    assert found.helped["all"].turns == 2
    assert "| en | 3 | 1.000 | 0.667 |" in found.as_markdown()
    assert "2000 tokens read, 50 written" in found.as_markdown()


def test_answers_that_cannot_be_used_leave_the_built_in_reading() -> None:
    found = _compared(fake.status(500))
    assert found.helped["all"].turns == 3
    assert "1 it answers 500" in found.as_markdown()
