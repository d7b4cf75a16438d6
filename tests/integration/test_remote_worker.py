"""A worker that has pictures drawn by another one: progress, stop, strangers, and lines that break."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import httpx
import numpy as np
import pytest
from pydantic import SecretStr
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.errors import EngineUnavailable, TryOnCancelled
from pipeline.types import Category, Image, TryOnRequest, no_progress
from storage.remote_settings import RemoteIdentity
from tests.fakes.painter import Painter
from tests.programs import until
from tests.serving import served
from workers.remote.engine import RemoteEngine
from workers.remote.http import Caller
from workers.remote.serve import Studio
from workers.remote.signing import Gate, authorization
from workers.remote.wire import MAX_BODY_BYTES, RENDER_PATH, question
from workers.remote.worker import FarWorker

KEY = "0123456789abcdef" * 2
MANY = 100_000
REQUEST = TryOnRequest(
    np.random.default_rng(1).integers(0, 256, (64, 48, 3), np.uint8),
    np.zeros((32, 32, 3), np.uint8),
    category=Category.UPPER,
)


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def studio(painter: Painter) -> ASGIApp:
    return Studio(painter, Gate(KEY), alive_s=0.05).app()


@pytest.fixture
def address(studio: ASGIApp) -> Iterator[str]:
    with served(studio) as url:
        yield url


def engine(url: str, key: str = KEY, limit_s: float = 60.0) -> RemoteEngine:
    return RemoteEngine(FarWorker(Caller(url, pause_s=0.0), SecretStr(key)), RemoteIdentity("1"), limit_s)


def test_a_picture_comes_with_its_progress_and_with_what_it_looked_like(address: str) -> None:
    heard: list[tuple[str, float, Image | None]] = []

    def hear(stage: str, fraction: float, picture: Image | None = None, /) -> None:
        heard.append((stage, fraction, picture))

    result = engine(address).render(REQUEST, hear)
    assert np.array_equal(result.image, REQUEST.person[:, ::-1])
    assert result.facts == {"generated": True, "drawn_by": "painter 1"}
    sketches = [picture for _, _, picture in heard if picture is not None]
    assert len(sketches) == 4
    assert np.array_equal(sketches[0], REQUEST.person[::8, ::8])
    fractions = [fraction for _, fraction, _ in heard]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_who_stops_here_stops_the_engine_there(address: str, painter: Painter) -> None:
    painter.of_steps = MANY

    def stop(stage: str, _fraction: float, _picture: Image | None = None, /) -> None:
        if stage == "denoise":
            raise TryOnCancelled

    with pytest.raises(TryOnCancelled):
        engine(address).render(REQUEST, stop)
    # The one thread over there is free for the next picture long before all those steps are done.
    painter.of_steps = 1
    engine(address).render(REQUEST, no_progress)
    assert painter.batches == [1, 1]
    assert painter.steps < MANY


def test_a_stop_is_heard_while_the_other_side_has_nothing_to_say(address: str, painter: Painter) -> None:
    at_work, go_on = threading.Event(), threading.Event()

    def long_step(_step: int) -> None:
        at_work.set()
        go_on.wait(60)

    def stop_once_at_work(_stage: str, _fraction: float, _picture: Image | None = None, /) -> None:
        if at_work.is_set():
            raise TryOnCancelled

    painter.at_step = long_step
    try:
        with pytest.raises(TryOnCancelled):
            engine(address).render(REQUEST, stop_once_at_work)
    finally:
        go_on.set()


def test_a_picture_that_takes_too_long_is_given_up(address: str, painter: Painter) -> None:
    go_on = threading.Event()

    def long_step(_step: int) -> None:
        go_on.wait(60)

    painter.at_step = long_step
    try:
        with pytest.raises(EngineUnavailable) as late:
            engine(address, limit_s=0.3).render(REQUEST, no_progress)
        assert late.value.code == "remote_late"
    finally:
        go_on.set()


def test_a_few_may_wait_and_no_more(address: str, painter: Painter) -> None:
    at_work, go_on = threading.Event(), threading.Event()

    def long_step(_step: int) -> None:
        at_work.set()
        go_on.wait(60)

    painter.at_step = long_step

    def ask(client: httpx.Client) -> int:
        body = question(REQUEST)
        with client.stream("POST", RENDER_PATH, content=body, headers=_signed(body)) as answer:
            if answer.status_code == 200:
                for _ in answer.iter_lines():
                    pass
            return answer.status_code

    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client, ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(ask, client) for _ in range(12)]
        try:
            assert at_work.wait(30)
            # Those that are turned away are answered while all the others wait.
            until(lambda: sum(one.done() for one in asked) == 8, 30, "they were not turned away")
        finally:
            go_on.set()
        answers = sorted(one.result() for one in asked)
    assert answers == [200] * 4 + [503] * 8


def _signed(body: bytes, key: str = KEY) -> dict[str, str]:
    return {"Authorization": authorization(key, f"POST {RENDER_PATH}", body)}


def _announced(address: str, length: int) -> int:
    """The answer to a request that only says how long it will be."""
    with closing(HTTPConnection(address.removeprefix("http://"), timeout=30)) as connection:
        connection.putrequest("POST", RENDER_PATH)
        for name, value in {**_signed(b""), "Content-Length": str(length)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status


def test_strangers_copies_and_other_bodies_stay_outside(address: str, painter: Painter) -> None:
    body = question(REQUEST)
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:

        def sent(content: bytes, headers: dict[str, str]) -> int:
            return client.post(RENDER_PATH, content=content, headers=headers).status_code

        assert sent(body, {}) == 401
        assert sent(body, {"Authorization": f"Bearer {KEY}"}) == 401
        assert sent(body, _signed(body, key="x" * 32)) == 401
        assert sent(body + b" ", _signed(body)) == 401
        assert sent(b"[]", _signed(b"[]")) == 422
        assert _announced(address, MAX_BODY_BYTES + 1) == 413
        assert painter.batches == []
        mine = _signed(body)
        assert [sent(body, mine), sent(body, mine)] == [200, 401]
        assert painter.batches == [1]
        for path in ("/v1/engine", "/docs", "/openapi.json"):
            assert client.get(path).status_code in (401, 404)


def test_a_wrong_key_is_told_to_the_operator_and_not_tried_again(address: str) -> None:
    with pytest.raises(EngineUnavailable) as refusal:
        engine(address, key="x" * 32).render(REQUEST, no_progress)
    assert "not by our key" in refusal.value.detail
    assert refusal.value.user_message == EngineUnavailable.SENTENCE
    assert engine(address).hello() == "a worker of fashionCORE with the engine painter, version 1"


def stumbling(app: ASGIApp, *stumbles: ASGIApp) -> tuple[ASGIApp, list[str]]:
    """The application behind some answers that come first; and the hashes of what was asked."""
    left, asked = list(stumbles), []

    async def first_stumble(scope: Scope, receive: Receive, send: Send) -> None:
        header = dict(scope["headers"])[b"authorization"]
        asked.append(hashlib.sha256(header).hexdigest())
        await (left.pop(0) if left else app)(scope, receive, send)

    return first_stumble, asked


def _breaking_off() -> ASGIApp:
    return StreamingResponse(iter([b'{"stage":"denoise","fraction":0.9}\n', b'{"stage":"den']))


def test_it_tries_again_after_a_line_that_broke_and_a_worker_that_was_busy(studio: ASGIApp) -> None:
    app, asked = stumbling(studio, PlainTextResponse("", 503), _breaking_off(), PlainTextResponse("", 429))
    fractions: list[float] = []

    def hear(_stage: str, fraction: float, _picture: Image | None = None, /) -> None:
        fractions.append(fraction)

    with served(app) as url:
        result = engine(url).render(REQUEST, hear)
    assert np.array_equal(result.image, REQUEST.person[:, ::-1])
    assert len(set(asked)) == 4, "each is signed anew"
    assert fractions == sorted(fractions), "progress never goes back"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda: PlainTextResponse("", 302, {"Location": "http://127.0.0.1:1/"}), "remote_address"),
        (lambda: PlainTextResponse("", 404), "remote_address"),
        (lambda: PlainTextResponse("", 500), "remote_answer"),
        (lambda: PlainTextResponse("hello\n"), "remote_answer"),
        (lambda: PlainTextResponse("{}\n", headers={"Content-Encoding": "gzip"}), "remote_answer"),
    ],
)
def test_an_answer_that_is_none_of_ours_ends_it(studio: ASGIApp, answer: Callable[[], ASGIApp], code: str) -> None:
    app, asked = stumbling(studio, answer())
    with served(app) as url, pytest.raises(EngineUnavailable) as end:
        engine(url).render(REQUEST, no_progress)
    assert end.value.code == code
    assert len(asked) == 1


class Resting(Painter):
    """Says when it gave its memory back."""

    def __init__(self) -> None:
        super().__init__()
        self.rested = threading.Event()

    def unload(self) -> None:
        super().unload()
        self.rested.set()


def test_a_worker_that_draws_for_nobody_gives_its_memory_back() -> None:
    painter = Resting()

    async def idle() -> None:
        studio = Studio(painter, Gate(KEY))
        await studio.load()
        assert painter.resident
        resting = asyncio.create_task(studio.rest(0.01))
        assert await asyncio.to_thread(painter.rested.wait, 30)
        resting.cancel()

    asyncio.run(idle())
    assert not painter.resident


def test_where_nobody_answers_the_worker_starts_and_each_picture_says_so() -> None:
    away = engine("http://127.0.0.1:1")
    away.load()
    with pytest.raises(EngineUnavailable) as end:
        away.render(REQUEST, no_progress)
    assert end.value.code == "remote_away"
