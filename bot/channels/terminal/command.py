"""What `fashioncore chat` needs around the conversation: the bot, a folder for pictures, perhaps a worker."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path

from bot.bootstrap import Bot, running_bot
from bot.channels.readers import ReadChannel
from bot.channels.terminal import words
from bot.channels.terminal.album import Album, tidy
from bot.channels.terminal.chat import Chat, ChatError, Manner
from bot.channels.terminal.lines import Lines
from bot.channels.terminal.talk import CHANNEL, Talk
from bot.dialogue.language import language_of
from bot.parts import Part
from bot.settings import BotSettings
from bot.up import engines_of, for_worker
from storage.observing import observe
from storage.queue import WakeUps, queue_of
from storage.unit_of_work import CONNECTION_LOST

log = logging.getLogger(__name__)

NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""Who is talking. No colon: it parts places from accounts in an address."""


async def chat(settings: BotSettings, name: str, pictures: Path | None, manner: Manner) -> None:
    """Talk until the end of input, Ctrl-C or SIGTERM. Raises ChatError."""
    copies, logs = settings.data / "pictures", settings.data / "logs"
    try:
        for folder in (copies, logs):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        observe(settings, "terminal", file=logs / "chat.log")
        album = Album((pictures or copies / name).absolute(), ours=pictures is None)
    except OSError as error:
        raise ChatError(words.NO_FOLDER.format(folder=error.filename, reason=error.strerror)) from error
    # One person at a time: what serves many would only take longer to start.
    alone = settings.model_copy(update={"consumers": 1, "intake_processes": 1})
    me = asyncio.current_task()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, me.cancel if me else lambda: None)
    with suppress(asyncio.CancelledError), _errors_into(logs / "chat.log"):
        async with AsyncExitStack() as stack:
            bot = await stack.enter_async_context(
                running_bot(alone, lambda bot: ReadChannel(CHANNEL, bot.hints), ready_for_photos=False)
            )
            await _talk(bot, stack, alone, name, album, copies, manner)


async def _talk(  # noqa: PLR0917
    bot: Bot, stack: AsyncExitStack, settings: BotSettings, name: str, album: Album, copies: Path, manner: Manner
) -> None:
    worker = OwnWorker(settings)
    stack.push_async_callback(worker.close)
    try:
        await bot.database.run(lambda uow: tidy(uow, CHANNEL, copies))
        if manner.interactive:
            # It warms up while the person reads the greeting.
            await worker.needed()
        talk = Talk(bot, name, language_set(os.environ))
        await Chat(bot, talk, album, manner, sys.stdout, worker.needed).run(Lines(sys.stdin.fileno()))
    except CONNECTION_LOST as error:
        raise ChatError(words.NO_DATABASE) from error
    except ChatError:
        raise
    except Exception as error:
        log.exception("the chat ended")
        raise ChatError(words.BROKEN.format(log=settings.data / "logs" / "chat.log")) from error


@contextmanager
def _errors_into(log_file: Path) -> Iterator[None]:
    """Standard error leads into the file: what C++ libraries write there is not part of a conversation."""
    kept = os.dup(2)
    with log_file.open("ab") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def language_set(environment: Mapping[str, str]) -> str | None:
    """The language of messages, in the order that POSIX gives its variables; None for "C" and for none of ours."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return language_of(next((environment[name] for name in names if environment.get(name)), None))


class OwnWorker:
    """Worker processes of ours, from the moment they are needed and nobody else serves their queue."""

    def __init__(self, settings: BotSettings) -> None:
        self._settings = settings
        self._wake_ups = WakeUps(settings.redis_url.get_secret_value())
        self._running: dict[str, asyncio.Task[None]] = {}

    async def needed(self) -> None:
        """A picture is, or will soon be, asked for."""
        for engine in engines_of(self._settings.engine):
            if engine not in self._running and not await self._wake_ups.served(queue_of(engine)):
                part = Part(f"worker {engine}", ["workers"], self._environment(engine), stop_s=5, say=log.info)
                self._running[engine] = asyncio.create_task(part.run())

    async def close(self) -> None:
        """End them; a job that one is at goes back to the queue."""
        for running in self._running.values():
            running.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        await self._wake_ups.close()

    def _environment(self, engine: str) -> dict[str, str]:
        settings = self._settings
        servers = {
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "REDIS_URL": settings.redis_url.get_secret_value(),
            "FASHIONCORE_DATA": str(settings.data),
            # Whoever leaves does not wait for a picture; it is made when they come back.
            "FASHIONCORE_DRAIN_S": "0",
            "FASHIONCORE_ENGINE": engine,
        }
        return for_worker({**os.environ, **servers})
