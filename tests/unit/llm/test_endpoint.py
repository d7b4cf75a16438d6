"""The one request to the model's server, and what comes of every way in which the server misbehaves."""

from __future__ import annotations

import asyncio
import json

import pytest
from pydantic import SecretStr

from bot.dialogue.types import Context
from bot.llm.endpoint import MAX_ANSWER_TOKENS, REFUSED_PAUSE_S, Called, Endpoint, EndpointError, Usage
from bot.llm.frames import frame_prompt
from catalog.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, Breaker
from tests.fakes import openai as fake
from tests.fakes.openai import KEY, MODEL, Answer, FakeModel, fake_model

PROMPT = frame_prompt("a white t-shirt", Context())


def ask(*answers: Answer, key: str | None = KEY, tries: int = 1, path: str = "") -> tuple[list[Called], FakeModel]:
    """Asks as often as given, of a server that answers so."""

    async def play() -> tuple[list[Called], FakeModel]:
        async with fake_model() as model:
            model.will("frame", *answers)
            endpoint = Endpoint(model.url + path, MODEL, None if key is None else SecretStr(key))
            try:
                return [await endpoint.call(PROMPT) for _ in range(tries)], model
            finally:
                await endpoint.close()

    return asyncio.run(play())


def test_a_call_of_the_tool_comes_back_with_what_it_took() -> None:
    (called,), model = ask(fake.calls('{"wishes": []}'))
    assert called == Called('{"wishes": []}', Usage(2000, 50))
    (request,) = model.requests
    assert request["temperature"] == 0
    assert request["max_tokens"] == MAX_ANSWER_TOKENS
    assert fake.data_of(request) == {"context": {"state": "idle"}, "message": "a white t-shirt"}


def test_a_server_without_a_key_is_sent_none() -> None:
    with pytest.raises(EndpointError, match="OPENAI_API_KEY"):
        ask(fake.sensibly, key=None)


@pytest.mark.parametrize(
    "answer",
    [fake.calls("{}", tool="delete_everything"), fake.says("Sure, I would love to help!")],
    ids=["another tool", "no tool"],
)
def test_without_a_call_of_the_tool_there_are_no_arguments(answer: Answer) -> None:
    (called,), _ = ask(answer)
    assert called.arguments is None
    assert called.usage == Usage(2000, 50), "it is paid for all the same"


@pytest.mark.parametrize(
    ("answer", "reason", "pause_s"),
    [
        (fake.status(500), "500", 0.0),
        (fake.status(429, retry_after="20"), "429", 20.0),
        (fake.status(429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), "429", 0.0),
        (fake.status(503, retry_after="7"), "503", 7.0),
        (fake.status(401), "OPENAI_API_KEY", REFUSED_PAUSE_S),
        (fake.status(404), "OPENAI_MODEL", REFUSED_PAUSE_S),
        (fake.status(307, location="/v1/elsewhere"), "OPENAI_BASE_URL", REFUSED_PAUSE_S),
        (fake.body('{"choices": [{"message": {"tool_calls": [{"func'), "no chat completion", 0.0),
        (fake.body('{"choices": []}'), "no chat completion", 0.0),
        (fake.body('{"choices": [{"message": {"tool_calls": "frame"}}]}'), "no chat completion", 0.0),
        (fake.body("<html>"), "no chat completion", 0.0),
        (fake.body("{}", content_encoding="gzip"), "packed", 0.0),
        (fake.without_end, "does not end", 0.0),
        (fake.breaks_off, "Error", 0.0),
    ],
)
def test_an_answer_that_is_none_is_an_error_that_says_how_long_to_wait(
    answer: Answer, reason: str, pause_s: float
) -> None:
    with pytest.raises(EndpointError, match=reason) as caught:
        ask(answer)
    assert caught.value.pause_s == pause_s
    assert KEY not in str(caught.value)


def test_a_redirect_is_not_followed() -> None:
    async def play() -> list[str]:
        async with fake_model() as model:
            model.will("frame", fake.status(302, location=f"{model.url}/elsewhere"))
            endpoint = Endpoint(model.url, MODEL, SecretStr(KEY))
            with pytest.raises(EndpointError):
                await endpoint.call(PROMPT)
            await endpoint.close()
            return model.strays

    assert asyncio.run(play()) == []


def test_a_server_that_is_not_there_is_an_error() -> None:
    async def play() -> None:
        endpoint = Endpoint("http://127.0.0.1:9/v1", MODEL)
        with pytest.raises(EndpointError, match="ConnectError"):
            await endpoint.call(PROMPT)
        await endpoint.close()

    asyncio.run(play())


def test_one_that_hangs_is_given_up_by_whoever_asked() -> None:
    async def play() -> None:
        async with fake_model() as model:
            model.will("frame", fake.hang)
            endpoint = Endpoint(model.url, MODEL, SecretStr(KEY))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await endpoint.call(PROMPT)
            await endpoint.close()

    asyncio.run(play())


def test_newer_models_are_asked_in_their_own_way_from_then_on() -> None:
    limit = fake.status(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    temperature = fake.status(400, "Unsupported value: 'temperature' does not support 0 with this model.")
    called, model = ask(limit, temperature, fake.calls("{}"), tries=2)
    assert [one.arguments for one in called] == ["{}", "{}"]
    assert ["max_completion_tokens" in r for r in model.requests] == [False, True, True, True]
    assert ["temperature" in r for r in model.requests] == [True, True, False, False]


def test_another_bad_request_is_not_repeated() -> None:
    async def play() -> int:
        async with fake_model() as model:
            model.will("frame", fake.status(400, "context length exceeded"))
            endpoint = Endpoint(model.url, MODEL, SecretStr(KEY))
            with pytest.raises(EndpointError, match="400"):
                await endpoint.call(PROMPT)
            await endpoint.close()
            return len(model.requests)

    assert asyncio.run(play()) == 1


def test_two_calls_at_once_are_no_call() -> None:
    two = [{"id": n, "type": "function", "function": {"name": "frame", "arguments": "{}"}} for n in ("1", "2")]
    (called,), _ = ask(fake.body(json.dumps({"choices": [{"message": {"tool_calls": two}}]})))
    assert called == Called(None, None)


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_after_two_failures_nobody_waits_for_it_and_then_one_may_try() -> None:
    clock = _Clock()
    breaker = Breaker(clock)
    assert breaker.enter()
    breaker.failed()
    assert breaker.enter(), "once may be chance"
    breaker.failed()
    assert not breaker.closed
    clock.now += FIRST_PAUSE_S
    assert breaker.enter()
    assert not breaker.enter(), "one tries, the others are answered at once"
    assert breaker.failed() == 2 * FIRST_PAUSE_S
    clock.now += 2 * FIRST_PAUSE_S
    assert breaker.enter()
    breaker.worked()
    assert breaker.enter()
    assert breaker.enter()


def test_it_is_left_alone_for_as_long_as_it_asks_but_not_for_ever() -> None:
    clock = _Clock()
    breaker = Breaker(clock)
    assert breaker.failed(20.0) == 20.0
    assert not breaker.closed
    clock.now += 20
    assert breaker.closed
    assert breaker.failed(1e9) == LONGEST_PAUSE_S
