"""An outfit and a comparison through the whole bot, drawn by the real engine."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

from PIL import Image as PillowImage

from bot.bootstrap import Bot
from bot.dialogue import replies
from bot.handling import PRESS
from catalog.samples import sample_picture, sample_products
from pipeline.engines.registry import engine
from pipeline.intake import IntakePool
from storage.catalogue import stock
from storage.hints import Hints
from storage.queue import PREVIEW_QUEUE
from storage.unit_of_work import UnitOfWork
from tests.samples import sample_person
from tests.talks import CHANNEL, Talk, talks
from workers.render import Renderer

ALICE = "alice"
STOCK = [product for product in sample_products() if product.id.endswith(("shirts-1", "shirts-3", "pants-1"))]


def _small_photo() -> bytes:
    """A whole person, half as large as a phone's preview."""
    photo = PillowImage.open(sample_person("people/2_posture.jpg")).convert("RGB")
    photo.thumbnail((700, 700))
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=92)
    return out.getvalue()


def _job(body: dict[str, Any]) -> bool:
    return body["job"] is not None


def _pictured(body: dict[str, Any]) -> bool:
    return any(picture["role"] == "result" for picture in body["pictures"])


def _about_colours(body: dict[str, Any]) -> bool:
    return "colour" in body["text"]


def test_a_try_on_grows_into_an_outfit_in_one_picture_and_both_are_compared(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    async def render(bot: Bot) -> None:
        """What the worker does with the job that waits."""
        hints = Hints(redis_url)
        renderer = Renderer(bot.database, hints, lambda: engine("preview"), PREVIEW_QUEUE, "test")
        try:
            assert await renderer.render_next()
        finally:
            await hints.close()
        bot.inbox.ring()

    async def tried(bot: Bot, alice: Talk, action: str) -> dict[str, Any]:
        before = await alice.send(PRESS, {"action": action, "turn": None})
        await alice.wait(before, _job)
        await render(bot)
        return await alice.wait(before, _pictured)

    async def story() -> None:
        async with talks(database_url, redis_url, tmp_path, {"me": _small_photo()}) as (bot, someone):
            with IntakePool(1) as intake:
                await asyncio.to_thread(stock, bot.database, STOCK, sample_picture, intake)
            alice = someone(ALICE)
            await alice.press("consent:yes")
            await alice.show("me", meets=lambda body: replies.PHOTO_KEPT() in body["text"])

            shirt = await tried(bot, alice, "try:samples-shirts-1")
            assert "promises no fit" in shirt["text"]
            told = await alice.press("which", _about_colours)
            assert "what you wear below (blue)" in told["text"], "her jeans, seen in the photo"

            outfit = await tried(bot, alice, "outfit:new")
            assert outfit["products"][0]["id"] == "samples-shirts-1"
            assert {product["part"] for product in outfit["products"]} == {"upper", "lower"}
            assert all(product["title"] in outfit["text"] for product in outfit["products"])

            sheet = await alice.press("compare", lambda body: _pictured(body) and "Side by side" in body["text"])
            key = sheet["pictures"][0]["media"]
            assert [c["action"].partition(":")[0] for c in sheet["choices"]][:2] == ["pick", "pick"]

            def look(uow: UnitOfWork) -> tuple[bytes, list[str]]:
                talk = uow.conversations.find(CHANNEL, ALICE)
                assert talk is not None
                assert uow.media.visible(key, talk.person_id) is not None
                assert uow.media.visible(key, None) is None, "it is hers alone"
                results = talk.state["earlier"] + [talk.state["last"]]
                return uow.media.read(key), [one["result"]["media"] for one in results]

            data, results = await bot.database.run(look)
            assert len(set(results)) == 2
            picture = PillowImage.open(io.BytesIO(data))
            assert picture.width > picture.height * 0.8, "two people beside each other"

            picked = await alice.press(sheet["choices"][1]["action"], lambda body: "favourite" in body["text"])
            assert [product["id"] for product in picked["products"]] == [p["id"] for p in outfit["products"]]

    asyncio.run(story())
