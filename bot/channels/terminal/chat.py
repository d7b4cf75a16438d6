"""`fashioncore chat`: reads lines, does what they say, prints what the stylist answers.

A script's line is read when everything that follows from the one before has come, pictures included; then its
messages are printed, as they stand in the end. A person may go on while a picture is made, and sees each message
when it comes.
"""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO
from uuid import UUID

from bot.bootstrap import Bot
from bot.channels.terminal import words
from bot.channels.terminal.album import Album
from bot.channels.terminal.rendering import as_json, as_object, as_words, notice, progress, shown_pictures
from bot.channels.terminal.talk import News, Talk
from pipeline.errors import IntakeError
from pipeline.intake import read_file
from storage.errors import MediaMissing
from storage.records import TurnRecord
from storage.unit_of_work import UnitOfWork

LOOK_S = 0.5
"""How often we look by ourselves while something is to come, in case nobody rings."""

IDLE_LOOK_S = 10.0

PROMPT = "you> "
_CLEAR = "\r\x1b[K"


class ChatError(Exception):
    """Why the conversation ends early; for the person at the terminal."""


class LineSource(Protocol):
    """Where lines come from, one at a time."""

    def ask(self) -> asyncio.Future[str | None]:
        """The next line, None at the end; asking again before it came asks the same."""
        ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How to talk: as JSON or in words, with a person who types or with a script, on a terminal or not.

    `patience_s` is how long one line's answers may take in a script.
    """

    as_json: bool
    interactive: bool
    live: bool
    patience_s: float


class Chat:
    """One run of the command. `need_worker` is told when a picture may be asked for soon."""

    def __init__(  # noqa: PLR0917  # the parts of a conversation, plainly
        self,
        bot: Bot,
        talk: Talk,
        album: Album,
        manner: Manner,
        out: TextIO,
        need_worker: Callable[[], Awaitable[None]],
    ) -> None:
        self._database = bot.database
        self._talk = talk
        self._album = album
        self._manner = manner
        self._out = out
        self._need_worker = need_worker
        self._last_line = ""
        self._over = False
        self._commands: dict[str, Callable[[str], Awaitable[None]]] = {
            "photo": self._photo,
            "press": self._press,
            "start": self._start,
            "help": self._help,
            "quit": self._quit,
            "exit": self._quit,
        }

    async def run(self, lines: LineSource) -> None:
        """Until the end of input. Raises ChatError."""
        await self._talk.open()
        listening = asyncio.create_task(self._talk.listen())
        try:
            if self._manner.interactive and not self._manner.as_json:
                self._print(words.HELLO)
            await self._talk.start()
            await (self._with_a_person(lines) if self._manner.interactive else self._with_a_script(lines))
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    # --- reading --------------------------------------------------------------------------------------

    async def _with_a_script(self, lines: LineSource) -> None:
        await self._settle(pictures=True)
        while not self._over and (line := await lines.ask()) is not None:
            command, _, rest = line.partition(" ")
            wait = command.lower() != "/nowait"
            if not self._manner.as_json and line:
                self._print(f"> {line}")
            await self._obey(line if wait else rest.strip())
            await self._settle(pictures=wait)
        # A line that did not wait for its picture: what it asked for is not lost.
        await self._settle(pictures=True)

    async def _with_a_person(self, lines: LineSource) -> None:
        while not self._over:
            line = lines.ask()
            while not line.done():
                news = await self._look()
                await self._show(news.turns, news.person)
                settled = not news.unfinished.events and not news.unfinished.jobs
                self._prompt(news, settled)
                ring = asyncio.create_task(self._talk.bell.wait(IDLE_LOOK_S if settled else LOOK_S))
                waiting: list[asyncio.Future[Any]] = [line, ring]
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                ring.cancel()
            self._last_line = ""
            text = line.result()
            if text is None:
                self._print("")
                return
            command, _, rest = text.partition(" ")
            await self._obey(rest.strip() if command.lower() == "/nowait" else text)

    async def _settle(self, *, pictures: bool) -> None:
        """Print what follows from the last line once nothing more is to come, but perhaps pictures."""
        came: dict[UUID, TurnRecord] = {}
        try:
            async with asyncio.timeout(self._manner.patience_s):
                while True:
                    news = await self._look()
                    for turn in news.turns:
                        came.pop(turn.id, None)
                        came[turn.id] = turn
                    if not news.unfinished.events and not (pictures and news.unfinished.jobs):
                        break
                    await self._talk.bell.wait(LOOK_S)
        except TimeoutError:
            raise ChatError(words.NO_ANSWER.format(seconds=round(self._manner.patience_s))) from None
        await self._show(list(came.values()), news.person)

    async def _look(self) -> News:
        news = await self._talk.news()
        if news.erased:
            await asyncio.to_thread(self._album.erase)
        if news.unfinished.jobs:
            await self._need_worker()
        return news

    # --- doing ----------------------------------------------------------------------------------------

    async def _obey(self, line: str) -> None:
        """Do what the line says; an empty one says nothing."""
        if not line.startswith("/"):
            if line:
                await self._talk.say(line)
            return
        name, _, rest = line[1:].partition(" ")
        command = self._commands.get(name.lower())
        if command is None:
            self._notice("unknown_command", words.UNKNOWN_COMMAND.format(command=f"/{name}"))
        else:
            await command(rest.strip())

    async def _photo(self, path: str) -> None:
        if not path:
            self._notice("no_file", words.PHOTO_WHICH)
            return
        try:
            data = await asyncio.to_thread(read_file, _path(path))
        except IntakeError as error:
            self._notice(error.code, f"{path}: {error.user_message}")
            return
        await self._need_worker()
        await self._talk.photo(data)

    async def _press(self, label: str) -> None:
        button = self._talk.button(label) if label else None
        if button is not None:
            await self._talk.press(*button)
        elif not label:
            self._notice("no_button", words.PRESS_WHICH)
        elif labels := self._talk.buttons():
            self._notice("no_button", words.NO_BUTTON.format(label=label, labels=", ".join(labels)))
        else:
            self._notice("no_button", words.NO_BUTTONS)

    async def _start(self, _rest: str) -> None:
        await self._talk.start()

    async def _help(self, _rest: str) -> None:
        self._notice("help", words.HELP)

    async def _quit(self, _rest: str) -> None:
        self._over = True

    # --- showing --------------------------------------------------------------------------------------

    async def _show(self, turns: list[TurnRecord], person: UUID) -> None:
        for turn in turns:
            body = turn.body
            try:
                saved = await self._database.run(lambda uow, body=body: self._save(uow, body, person))  # type: ignore[misc] # mypy cannot type a lambda's default
            except OSError as error:
                folder, reason = error.filename, error.strerror
                raise ChatError(words.NO_FOLDER.format(folder=folder, reason=reason)) from error
            self._print(as_json(as_object(body, saved)) if self._manner.as_json else f"\n{as_words(body, saved)}")

    def _save(self, uow: UnitOfWork, body: dict[str, Any], person: UUID) -> dict[str, str]:
        """Copies of what the message shows: media key to path."""
        wanted = [*shown_pictures(body), *(("garment", product["picture"]) for product in body["products"])]
        saved: dict[str, str] = {}
        for role, key in wanted:
            # What expired meanwhile is not shown.
            with suppress(MediaMissing):
                path = self._album.save(uow, role, key, person)
                if path is not None:
                    saved[key] = path
        return saved

    def _notice(self, code: str, text: str) -> None:
        self._print(as_json(notice(text, code)) if self._manner.as_json else text)

    def _print(self, text: str) -> None:
        clear = _CLEAR if self._last_line else ""
        self._out.write(f"{clear}{text}\n")
        self._out.flush()
        self._last_line = ""

    def _prompt(self, news: News, settled: bool) -> None:
        """The last line of the terminal: how far a picture is, or that it is the person's turn."""
        line = PROMPT if settled else progress(*news.jobs[0]) if news.jobs else ""
        if self._manner.live and line and line != self._last_line:
            self._out.write(f"{_CLEAR}\n{line}" if settled else f"{_CLEAR}{line}")
            self._out.flush()
            self._last_line = line


def _path(words_: str) -> Path:
    """The file that is meant, also as a terminal writes a file that is dropped on it: quoted, or with escapes."""
    plain = Path(words_).expanduser()
    if not plain.exists():
        with suppress(ValueError):
            parts = shlex.split(words_)
            if len(parts) == 1:
                return Path(parts[0]).expanduser()
    return plain
