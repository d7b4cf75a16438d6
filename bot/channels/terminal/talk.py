"""One person's conversation in a terminal: what they do is stored, what the stylist says is read by its `rev`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from bot.bootstrap import Bot
from bot.effects.turn import UNDECIDED
from bot.handling import PHOTO, PRESS, START, TEXT
from bot.messages import title_of_job
from storage.bell import Bell
from storage.records import ConversationRecord, JobRecord, TurnRecord, Unfinished
from storage.unit_of_work import UnitOfWork

CHANNEL = "terminal"

MAX_TEXT = 4000
"""Characters of a message that are kept; the dialogue reads fewer and says so."""

REMEMBERED = 200
"""Messages whose buttons can be pressed."""

ATTEMPTS = 6
"""How often a transaction is tried while the database is away: for three seconds."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new since the last look. `erased`: everything before it is gone. `jobs`: (title, part that is done)
    of the pictures in the making.
    """

    turns: list[TurnRecord]
    unfinished: Unfinished
    erased: bool
    person: UUID
    jobs: list[tuple[str, float]]


class Talk:
    """A person of this name, as far as this process reads along. `language` is what their terminal is set to;
    `bell` rings when there may be news.
    """

    def __init__(self, bot: Bot, name: str, language: str | None) -> None:
        self._bot = bot
        self._name = name
        self._said_in = {} if language is None else {"language": language}
        self._talk: ConversationRecord | None = None
        self._rev = 0
        self._shown: dict[UUID, list[dict[str, str]]] = {}
        self._live: dict[tuple[str, bool], float] = {}
        self.bell = Bell()

    async def open(self) -> None:
        """Come (back) to the conversation. What was said before is not repeated; its buttons can be pressed."""

        def work(uow: UnitOfWork) -> tuple[ConversationRecord, list[TurnRecord]]:
            talk = uow.conversations.find(CHANNEL, self._name) or uow.conversations.open(CHANNEL, self._name)
            return talk, uow.conversations.latest_turns(talk.id, REMEMBERED)

        talk, turns = await self._bot.database.run(work, attempts=ATTEMPTS)
        self._talk, self._rev = talk, talk.rev
        self._remember(turns)

    async def listen(self) -> None:
        """Ring for what others do with the conversation, until cancelled. Whoever also looks needs no ring."""
        async for hint in self._bot.hints.listen():
            if hint is None or (self._talk is not None and hint.about == str(self._talk.id)):
                if hint is not None and hint.topic == "job":
                    self._live[hint.data["id"], hint.data["refining"]] = hint.data["fraction"]
                self.bell.ring()

    # --- what the person does -------------------------------------------------------------------------

    async def start(self) -> None:
        """The person opens the chat."""
        await self._accept(START, {})

    async def say(self, text: str) -> None:
        """The person writes."""
        await self._accept(TEXT, {"text": text[:MAX_TEXT]})

    async def press(self, turn: UUID, action: str) -> None:
        """The person presses a button of a message."""
        await self._accept(PRESS, {"action": action, "turn": str(turn)})

    async def photo(self, data: bytes) -> None:
        """The person sends a picture. Its bytes are kept as they came until intake has cleaned them."""

        def keep(uow: UnitOfWork) -> dict[str, Any]:
            talk = uow.conversations.open(CHANNEL, self._name)
            key = uow.media.keep(data, "upload", "application/octet-stream", talk.person_id, kept=UNDECIDED)
            return {"upload": key}

        await self._accept(PHOTO, keep)

    async def _accept(self, kind: str, payload: dict[str, Any] | Callable[[UnitOfWork], dict[str, Any]]) -> None:
        event = str(uuid4())

        def work(uow: UnitOfWork) -> None:
            content = payload(uow) if callable(payload) else payload
            uow.inbox.accept(CHANNEL, self._name, event, kind, {**content, **self._said_in})

        await self._bot.database.run(work, attempts=ATTEMPTS)
        self._bot.inbox.ring()

    # --- what the person sees -------------------------------------------------------------------------

    async def news(self) -> News:
        """The stylist's new and changed messages, in their order, and what is still to come."""
        known, rev = self._talk, self._rev

        def look(uow: UnitOfWork) -> tuple[ConversationRecord, Unfinished, list[TurnRecord], list[JobRecord]]:
            # First what is to come, then what came: whatever ended in between is among the turns.
            unfinished = uow.conversations.unfinished(CHANNEL, self._name)
            talk = uow.conversations.find(CHANNEL, self._name) or uow.conversations.open(CHANNEL, self._name)
            after, turns = rev if known is not None and talk.id == known.id else 0, list[TurnRecord]()
            while page := uow.conversations.turns_since(talk.id, after, REMEMBERED):
                turns, after = turns + page, page[-1].rev
            return talk, unfinished, turns, uow.jobs.active(talk.id) if unfinished.jobs else []

        talk, unfinished, turns, jobs = await self._bot.database.run(look, attempts=ATTEMPTS)
        erased = known is not None and talk.id != known.id
        if erased:
            self._shown.clear()
        self._talk = talk
        self._rev = turns[-1].rev if turns else 0 if erased else rev
        self._remember(turns)
        progress = [
            (title_of_job(job.request), max(job.fraction, self._live.get((str(job.id), job.refining), 0.0)))
            for job in jobs
        ]
        said = [turn for turn in turns if turn.author == "stylist"]
        return News(said, unfinished, erased, talk.person_id, progress)

    def _remember(self, turns: Iterable[TurnRecord]) -> None:
        for turn in turns:
            self._shown.pop(turn.id, None)
            if turn.author == "stylist" and turn.body["choices"]:
                self._shown[turn.id] = turn.body["choices"]
        for old in list(self._shown)[:-REMEMBERED]:
            del self._shown[old]

    def button(self, words: str) -> tuple[UUID, str] | None:
        """The (message, action) of the button with these words, of the latest message that has it; else of the one
        with this number in the latest message; else None.
        """
        wanted = _plain(words)
        for turn, choices in reversed(self._shown.items()):
            for choice in choices:
                if _plain(choice["label"]) == wanted:
                    return turn, choice["action"]
        if self._shown and wanted.isascii() and wanted.isdigit():
            turn, choices = next(reversed(self._shown.items()))
            if 1 <= int(wanted[:4]) <= len(choices):
                return turn, choices[int(wanted[:4]) - 1]["action"]
        return None

    def buttons(self) -> list[str]:
        """The words on the buttons of the latest message that has any."""
        return [choice["label"] for choice in next(reversed(self._shown.values()), [])]


def _plain(label: str) -> str:
    # Marks of direction stand in the label, and nobody types them.
    seen = "".join(c for c in label if unicodedata.category(c) != "Cf")
    return " ".join(seen.casefold().split())
