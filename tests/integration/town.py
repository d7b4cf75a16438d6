"""Whole channels in one process: real consumers on a real database, everything between them."""

from __future__ import annotations

import asyncio
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.policy import Policy
from bot.effects.perform import Effects
from bot.handling import PRESS, TEXT, Handler
from bot.inbox import Consumer
from bot.photos import PhotoDesk
from catalog.providers.local import LocalProvider
from catalog.search import Catalogue
from pipeline.engines.registry import engine
from storage.bell import Bell
from storage.catalogue import StoredProducts
from storage.hints import Hints
from storage.queue import WakeUps
from storage.unit_of_work import Database, UnitOfWork

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
CHANNELS = ["web", "telegram", "discord"]
LOOKS = 40


@dataclass
class Town:
    """All channels in one process, and the people who write to them."""

    database: Database
    redis_url: str
    photos: PhotoDesk = field(default_factory=lambda: PhotoDesk(1))

    def settle(self) -> None:
        """Handle everything that waits, and what follows from it."""
        asyncio.run(self._settle())

    def settle_beside(self, loops: int) -> None:
        """So many loops look again and again, as a program's do: what one has in hand may be free in a moment."""
        asyncio.run(self._settle(loops, LOOKS))

    async def _settle(self, loops: int = 1, looks: int = 0) -> None:
        hints, wake_ups = Hints(self.redis_url), WakeUps(self.redis_url)
        effects = Effects(
            Catalogue([LocalProvider(StoredProducts(self.database))]), self.photos, engine("preview"), Policy()
        )
        handler = Handler(effects, self.photos, Policy())
        consumer = Consumer(
            self.database, handler, CHANNELS, hints=hints, wake_ups=wake_ups, bell=Bell(), outgoing=Bell()
        )

        async def serve() -> None:
            for _ in range(looks):
                await consumer.handle_next()
            while await consumer.handle_next():
                pass

        await asyncio.gather(*(serve() for _ in range(loops)))
        await wake_ups.close()
        await hints.close()

    def chat(self, channel: str, account: str) -> Chat:
        return Chat(self, channel, account)


@dataclass
class Chat:
    """One account on one channel."""

    town: Town
    channel: str
    account: str

    def say(self, text: str) -> str:
        """Write; returns the newest answer."""
        return self._do(TEXT, {"text": text})

    def press(self, action: str) -> str:
        """Press a button."""
        return self._do(PRESS, {"action": action, "turn": None})

    def _do(self, kind: str, payload: dict[str, Any]) -> str:
        event = str(uuid.uuid4())
        self.town.database.call(lambda uow: uow.inbox.accept(self.channel, self.account, event, kind, payload))
        self.town.settle()
        return self.answer

    @property
    def turns(self) -> list[dict[str, Any]]:
        def read(uow: UnitOfWork) -> list[dict[str, Any]]:
            talk = uow.conversations.find(self.channel, self.account)
            return [] if talk is None else [turn.body for turn in uow.conversations.latest_turns(talk.id, 100)]

        return self.town.database.call(read)

    @property
    def answer(self) -> str:
        text: str = self.turns[-1]["text"]
        return text

    def code(self) -> str:
        """Ask for a code."""
        found = CODE.search(self.say("link my other app"))
        assert found, self.answer
        return found[0]

    def link_with(self, other: Chat) -> None:
        """Make a code here, send it there, say yes."""
        other.say(self.code())
        other.say("yes")
