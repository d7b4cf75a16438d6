"""The Telegram channel in this process, against the fake Bot API server, with real servers behind it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PIL import Image, ImageOps

from bot.channels.telegram.polling import Polling, begin_polling
from bot.channels.telegram.server import Parts, running
from bot.channels.telegram.settings import TelegramSettings
from pipeline.engines.registry import PREVIEW
from storage.hints import Hint
from storage.queue import queue_of
from storage.records import ResultRecord
from storage.unit_of_work import Database, UnitOfWork
from tests.fakes.telegram import TOKEN, FakeTelegram, Message
from tests.samples import sample_person


@dataclass
class Scene:
    """The running channel and the server it talks to."""

    fake: FakeTelegram
    parts: Parts
    settings: TelegramSettings

    @property
    def database(self) -> Database:
        return self.parts.stylist.database

    async def end_job(self, *, fail: str = "", engine: str = PREVIEW) -> None:
        """Do the worker's part for the next job: a picture that differs from the photo, or a refusal."""

        def work(uow: UnitOfWork) -> str | None:
            lease = uow.jobs.claim(queue_of(engine), "test")
            if lease is None:
                return None
            if fail:
                uow.jobs.fail(lease, "no_pose", fail)
                return str(lease.request["channel"])
            out = io.BytesIO()
            photo = Image.open(io.BytesIO(uow.media.read(lease.request["photo"])))
            (ImageOps.mirror if engine == PREVIEW else ImageOps.flip)(photo).save(out, "JPEG")
            key = uow.media.keep(out.getvalue(), "result", "image/jpeg", lease.person_id, size=photo.size)
            uow.jobs.finish(lease, ResultRecord(lease.key, key, *photo.size, engine, {}))
            return str(lease.request["channel"])

        channel = await self.database.run(work)
        assert channel is not None, "no job waits"
        await self.parts.stylist.hints.publish(Hint("inbox", channel))

    async def query(self, statement: str, **values: str) -> list[Any]:
        """The rows of a statement."""

        def work(uow: UnitOfWork) -> list[Any]:
            return [tuple(row) for row in uow.session.execute(sa.text(statement), values).all()]

        return await self.database.run(work)


def settings_of(
    fake: FakeTelegram, database_url: str, redis_url: str, folder: Path, **more: Any
) -> TelegramSettings:
    """Settings that lead to the fake server and to the servers of the test."""
    return TelegramSettings(
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_BASE=fake.base,
        DATABASE_URL=database_url,
        REDIS_URL=redis_url,
        data=folder,
        **more,
    )


@asynccontextmanager
async def scene(fake: FakeTelegram, settings: TelegramSettings) -> AsyncIterator[Scene]:
    """The channel, polling, until the block ends; nothing may have gone against the protocol or the limits."""
    async with running(settings) as parts:
        await begin_polling(parts.bot)
        polling = asyncio.create_task(Polling(parts.bot, parts.intake).run())
        try:
            yield Scene(fake, parts, settings)
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)


def offers(action: str) -> Callable[[list[Message]], Message | None]:
    """The newest message of the bot with a button for the action ("try:" stands for any item)."""

    def found(messages: list[Message]) -> Message | None:
        for message in reversed(messages):
            if message.by_bot and any((b.data or "").startswith(action) for b in message.buttons):
                return message
        return None

    return found


def says(words: str) -> Callable[[list[Message]], Message | None]:
    """The newest message of the bot with these words."""

    def found(messages: list[Message]) -> Message | None:
        return next((m for m in reversed(messages) if m.by_bot and words in m.words), None)

    return found


def action_of(message: Message, start: str) -> str:
    """The first callback data that starts so."""
    return next(b.data for b in message.buttons if b.data and b.data.startswith(start))


def person_photo() -> bytes:
    """A photo of a sample person."""
    return sample_person().read_bytes()
