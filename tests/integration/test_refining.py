"""The whole bot with an engine that takes long: preview, sketches, the picture, and all that may come between."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PillowImage

from bot.bootstrap import Bot
from bot.dialogue import replies
from bot.handling import PRESS
from catalog.samples import sample_picture, sample_products
from pipeline.engines import registry
from pipeline.errors import EngineUnavailable
from pipeline.intake import IntakePool
from storage.catalogue import stock
from storage.hints import Hints
from storage.queue import PREVIEW_QUEUE, WakeUps, queue_of
from storage.records import ConversationRecord, JobRecord
from storage.unit_of_work import UnitOfWork
from tests.fakes.painter import NAME, Painter
from tests.samples import sample_person
from tests.talks import CHANNEL, Talk, talks
from workers import render
from workers.render import Renderer
from workers.service import WorkerService

STOCK = [product for product in sample_products() if product.id.endswith(("shirts-1", "shirts-3"))]
SHIRT, OTHER = (f"try:{product.id}" for product in STOCK)


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot is set to the tests' engine, and heartbeats come quickly."""
    monkeypatch.setitem(registry._ENGINES, NAME, ("tests.fakes.painter", "Painter"))
    monkeypatch.setattr(render, "HEARTBEAT_S", 0.02)


def _photo() -> bytes:
    photo = PillowImage.open(sample_person("people/2_posture.jpg")).convert("RGB")
    photo.thumbnail((700, 700))
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=92)
    return out.getvalue()


class Studio:
    """The bot, and the workers whose turn it is when a test says so."""

    def __init__(self, bot: Bot, someone: Any, hints: Hints, painter: Painter) -> None:
        self.bot = bot
        self.someone = someone
        self.painter = painter
        self.quick = Renderer(bot.database, hints, lambda: registry.engine("preview"), PREVIEW_QUEUE, "cpu")
        self.slow = self.another(hints)

    def another(self, hints: Hints) -> Renderer:
        """A further process with the painter."""
        return Renderer(self.bot.database, hints, lambda: self.painter, queue_of(NAME), "gpu")

    async def dressed(self, name: str) -> Talk:
        """Somebody who has agreed and sent a photo."""
        talk: Talk = self.someone(name)
        await talk.press("consent:yes")
        await talk.show("me", meets=lambda body: replies.PHOTO_KEPT() in body["text"])
        return talk

    async def previewed(self, talk: Talk, action: str) -> dict[str, Any]:
        """They try something on, and see the preview."""
        before = await talk.send(PRESS, {"action": action, "turn": None})
        await talk.wait(before, lambda body: body["job"] is not None)
        assert await self.quick.render_next()
        self.bot.inbox.ring()
        return await talk.wait(before, lambda body: body["job"] is not None and _result(body) is not None)

    async def painted(self, talk: Talk) -> dict[str, Any]:
        """The painter's worker takes its turn: what the message of the job is then."""
        before = talk.heard
        assert await self.slow.render_next()
        self.bot.inbox.ring()
        return await talk.wait(before, lambda body: body["job"] is None and _result(body) is not None)

    async def conversation(self, talk: Talk) -> tuple[ConversationRecord, list[JobRecord]]:
        def look(uow: UnitOfWork) -> tuple[ConversationRecord, list[JobRecord]]:
            found = uow.conversations.find(CHANNEL, talk.address)
            assert found is not None
            return found, uow.jobs.active(found.id)

        return await self.bot.database.run(look)


def _result(body: dict[str, Any]) -> str | None:
    return next((picture["media"] for picture in body["pictures"] if picture["role"] == "result"), None)


async def _until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 # what is waited for is done by others, in the database
            await asyncio.sleep(0.02)


@asynccontextmanager
async def studio(database_url: str, redis_url: str, folder: Path, painter: Painter) -> AsyncIterator[Studio]:
    pictures, hints = {"me": _photo()}, Hints(redis_url)
    try:
        async with talks(database_url, redis_url, folder, pictures, more={"engine": NAME}) as (bot, someone):
            with IntakePool(1) as intake:
                await asyncio.to_thread(stock, bot.database, STOCK, sample_picture, intake)
            yield Studio(bot, someone, hints, painter)
    finally:
        await hints.close()


def test_a_preview_becomes_the_picture_and_the_next_garment_does_not_wait_for_it(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    painter = Painter()
    halfway, go = threading.Event(), threading.Event()

    def wait_halfway(step: int) -> None:
        if step == 2:
            halfway.set()
            assert go.wait(60)

    async def story() -> None:
        async with studio(database_url, redis_url, tmp_path, painter) as at:
            alice = await at.dressed("alice")
            preview = await at.previewed(alice, SHIRT)
            assert replies.TRYON_REFINING() in preview["text"]

            painter.at_step = wait_halfway
            painting = asyncio.create_task(at.painted(alice))
            await asyncio.to_thread(halfway.wait, 60)

            async def sketched() -> bool:
                return (await at.conversation(alice))[1][0].sketch is not None

            await _until(sketched)
            talk, (job,) = await at.conversation(alice)
            assert (job.refining, job.status, job.fraction) == (True, "running", 0.5)
            sketch = job.sketch
            assert sketch is not None
            assert await at.bot.database.run(lambda uow: uow.media.visible(sketch, talk.person_id))
            assert not await at.bot.database.run(lambda uow: uow.media.visible(sketch, None)), "it is hers alone"

            second = await at.previewed(alice, OTHER)
            assert _result(second) != _result(preview), "the next garment did not wait"
            go.set()
            picture = await painting
            assert replies.RESULT_LABEL_GENERATED() in picture["text"]
            assert _result(picture) not in (None, _result(preview))
            assert picture["products"] == preview["products"]
            talk, _ = await at.conversation(alice)
            assert talk.state["last"]["result"]["media"] == _result(second), "the latest is what came last"
            shown = await at.bot.database.run(lambda uow: uow.conversations.latest_turns(talk.id, 50))
            assert [_result(turn.body) for turn in shown if _result(turn.body)] == [
                _result(picture),
                _result(second),
            ], "in their places, and the preview is nowhere any more"

    asyncio.run(story())


def test_whatever_fails_leaves_the_preview_and_an_erased_person_leaves_nothing(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    painter = Painter()
    halfway, go = threading.Event(), threading.Event()

    def wait_halfway(step: int) -> None:
        if step == 2:
            halfway.set()
            assert go.wait(60)

    async def story() -> None:
        async with studio(database_url, redis_url, tmp_path, painter) as at:
            alice = await at.dressed("alice")
            await at.slow.warm_up()
            preview = await at.previewed(alice, SHIRT)

            # Idle, the models go, and they come back for the picture, which breaks three times.
            await at.slow.rest(0.0)
            assert not painter.resident
            painter.at_step = _broken
            for _ in range(2):
                assert await at.slow.render_next()
            kept = await at.painted(alice)
            assert painter.loaded == 2
            assert _result(kept) == _result(preview)
            assert replies.TRYON_NOT_REFINED() in kept["text"]

            # Again by its button, out of memory this time, and a worker told to go in the middle of it.
            (finer,) = [choice["action"] for choice in kept["choices"] if choice["action"].startswith("retry")]
            painter.at_step = wait_halfway
            before = await alice.send(PRESS, {"action": finer, "turn": None})
            await alice.wait(before, lambda body: body["job"] is not None and _result(body) == _result(preview))
            leaving = asyncio.create_task(at.slow.render_next())
            await asyncio.to_thread(halfway.wait, 60)
            leaving.cancel()
            go.set()
            await asyncio.gather(leaving, return_exceptions=True)
            painter.at_step = _out_of_memory
            kept = await at.painted(alice)
            assert _result(kept) == _result(preview)
            assert "Please try again later." in kept["text"]

            asked = await alice.say("delete my data", lambda body: "Shall I delete everything" in body["text"])
            assert asked["choices"][0]["action"] == "erase:yes"
            await alice.press("erase:yes", lambda body: replies.ERASE_DONE() in body["text"])
            keys = {_result(preview)}

            async def gone() -> bool:
                left = {key for key, _ in at.bot.database.store.listing()}
                return not left & keys

            await _until(gone)

    asyncio.run(story())


def _broken(_step: int) -> None:
    raise RuntimeError("it broke")


def _out_of_memory(_step: int) -> None:
    raise EngineUnavailable("out_of_memory", "no plan fits")


def test_one_garment_is_painted_for_several_at_once_and_each_can_stop(
    database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # That arq wakes it too the chaos tests show; here it leaves a connection to a loop that is over.
    monkeypatch.setattr(WorkerService, "_listen", lambda _self: asyncio.sleep(600))
    painter = Painter(together=4, of_steps=100_000)
    never = threading.Event()

    def breathe(_step: int) -> None:
        never.wait(0.005)

    painter.at_step = breathe

    async def story() -> None:
        async with studio(database_url, redis_url, tmp_path, painter) as at:
            people = [await at.dressed(name) for name in ("alice", "bob")]
            previews = [await at.previewed(talk, SHIRT) for talk in people]
            hints, wake_ups = Hints(redis_url), WakeUps(redis_url)
            queue = queue_of(NAME)
            worker = WorkerService(
                at.bot.database, hints, at.slow, redis_url, queue, wake_ups=wake_ups, drain_s=5.0, unload_s=0.01
            )
            running = asyncio.create_task(worker.run())
            try:

                async def both_run() -> bool:
                    return all([(await at.conversation(talk))[1][0].status == "running" for talk in people])

                await _until(both_run)
                for talk, preview in zip(people, previews, strict=True):
                    await talk.send(PRESS, {"action": f"cancel:{preview['job']}", "turn": None})
                for talk, preview in zip(people, previews, strict=True):
                    kept = await talk.wait(0, lambda body: replies.TRYON_KEPT() in body["text"])
                    assert _result(kept) == _result(preview)
                assert painter.batches == [2]
                assert painter.steps < painter.of_steps

                async def idle() -> bool:
                    return not painter.resident

                await _until(idle)
            finally:
                worker.stop()
                await running
                await hints.close()
                await wake_ups.close()

    asyncio.run(story())
