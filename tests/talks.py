"""The whole bot behind a channel of the tests' own, in this process."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.bootstrap import Bot, running_bot
from bot.channels.base import AttachmentGone, Journal
from bot.handling import PHOTO, PRESS, TEXT
from bot.settings import BotSettings
from catalog.outbound import OutboundClient
from storage.records import ConversationRecord, TurnRecord

WAIT_S = 60.0
"""Longer than anything takes on a machine that does much else."""

CHANNEL = "talks"


class TestChannel:
    """Keeps what is delivered, newest last; fetches pictures by name out of `pictures`."""

    __test__ = False
    name = CHANNEL

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures
        self._came = asyncio.Condition()
        self.turns: list[tuple[str, TurnRecord]] = []

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """See Channel."""
        del journal
        async with self._came:
            self.turns.append((conversation.address, turn))
            self._came.notify_all()

    async def fetch(self, attachment: dict[str, Any]) -> bytes:
        """See FetchesAttachments."""
        if attachment["file"] not in self._pictures:
            raise AttachmentGone("gone", "That picture is not there any more.")
        return self._pictures[attachment["file"]]

    async def wait(self, address: str, after: int, meets: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The body of the first message to this person after so many that meets the condition."""

        def found() -> dict[str, Any] | None:
            bodies = (turn.body for whose, turn in self.turns[after:] if whose == address)
            return next((body for body in bodies if meets(body)), None)

        async with self._came:
            try:
                async with asyncio.timeout(WAIT_S):
                    await self._came.wait_for(lambda: found() is not None)
            except TimeoutError:
                said = [turn.body["text"] for whose, turn in self.turns[after:] if whose == address]
                raise AssertionError(f"it did not come; what came: {said}") from None
            body = found()
            assert body is not None
            return body


class Talk:
    """One person."""

    def __init__(self, bot: Bot, channel: TestChannel, address: str) -> None:
        self.bot = bot
        self._channel = channel
        self.address = address

    @property
    def heard(self) -> int:
        """How many messages have been delivered, to whomever."""
        return len(self._channel.turns)

    async def send(self, kind: str, payload: dict[str, Any]) -> int:
        """Store an event; returns how many messages had been delivered before."""
        before, event = len(self._channel.turns), str(uuid.uuid4())
        await self.bot.database.run(
            lambda uow: uow.inbox.accept(CHANNEL, self.address, event, kind, {"message": event, **payload})
        )
        self.bot.inbox.ring()
        return before

    async def wait(self, after: int, meets: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message after so many that meets the condition."""
        return await self._channel.wait(self.address, after, meets)

    async def _answer(
        self, kind: str, payload: dict[str, Any], meets: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        return await self._channel.wait(self.address, await self.send(kind, payload), meets)

    async def say(self, text: str, meets: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """Write, and the first message after it that meets the condition."""
        return await self._answer(TEXT, {"text": text}, meets)

    async def press(self, action: str, meets: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """Press a button."""
        return await self._answer(PRESS, {"action": action, "turn": None}, meets)

    async def show(
        self,
        *files: str | dict[str, str],
        text: str = "",
        meets: Callable[[dict[str, Any]], bool] = lambda _: True,
    ) -> dict[str, Any]:
        """Send pictures in one message."""
        attachments = [one if isinstance(one, dict) else {"file": one} for one in files]
        return await self._answer(PHOTO, {"attachments": attachments, "text": text}, meets)


@asynccontextmanager
async def talks(
    database_url: str,
    redis_url: str,
    data: Path,
    pictures: Mapping[str, bytes] | None = None,
    outbound: OutboundClient | None = None,
    *,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[tuple[Bot, Callable[[str], Talk]]]:
    """The bot, and a way to be somebody who talks to it. `more` are settings."""
    channel = TestChannel(pictures or {})
    given: dict[str, Any] = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, **(more or {})}
    settings = BotSettings(data=data, intake_processes=1, **given)
    async with running_bot(settings, lambda _: channel, outbound=outbound) as bot:
        yield bot, lambda address: Talk(bot, channel, address)
