"""Takes stored events one conversation at a time, many conversations at once, and sees each through."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue import labels, replies
from bot.dialogue.actions import choice
from bot.dialogue.language import language_of, speaking, spoken
from bot.dialogue.types import Message
from bot.effects import After
from bot.handling import Handler
from bot.links import LinkDesk
from bot.llm.desk import ModelDesk
from bot.messages import body_of, language_in
from storage.bell import Bell
from storage.hints import Hint, Hints
from storage.queue import WakeUps
from storage.records import InboxRecord
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork, collided

log = logging.getLogger(__name__)

LOOK_S = 1.0
MAX_ATTEMPTS = 5


class Consumer:
    """Handles the events of some channels until cancelled. Without `links` no page is read, and that is said."""

    def __init__(
        self,
        database: Database,
        handler: Handler,
        channels: Sequence[str],
        *,
        hints: Hints,
        wake_ups: WakeUps,
        bell: Bell,
        outgoing: Bell,
        links: LinkDesk | None = None,
        model: ModelDesk | None = None,
    ) -> None:
        self._database = database
        self._handler = handler
        self._channels = list(channels)
        self._hints = hints
        self._wake_ups = wake_ups
        self._bell = bell
        self._outgoing = outgoing
        self._links = links
        self._model = model

    async def run(self, loops: int) -> None:
        """Serve as many conversations at once as there are loops."""
        async with asyncio.TaskGroup() as group:
            for _ in range(loops):
                group.create_task(self._loop())

    async def _loop(self) -> None:
        while True:
            try:
                if await self.handle_next():
                    continue
            except CONNECTION_LOST as error:
                if collided(error):
                    log.info("two events of one person met; this one is handled again")
                    continue
                log.warning("the database is away")
            except Exception:
                # Whatever it was, it must not end the loop: then nobody would be answered any more.
                log.exception("the inbox could not be read")
            await self._bell.wait(LOOK_S)

    async def handle_next(self) -> bool:
        """Handle one event; False when none was ready. Raises what means that the database is away."""
        row: InboxRecord | None = None
        try:
            async with self._database.transaction() as tx:
                row = await tx.run(lambda uow: uow.inbox.claim(self._channels))
                if row is None:
                    return False
                after = await self._handler.handle(tx, row)
        except CONNECTION_LOST:
            raise
        except Exception:
            if row is None:
                raise
            log.exception("event %d of kind %s failed", row.id, row.kind)
            await self._failed(row)
            return True
        await self._follow_up(after)
        return True

    async def _follow_up(self, after: After) -> None:
        """What comes after the commit. All of it is made good by somebody's next look if it is lost."""
        for queue in after.wake:
            await self._hints.publish(Hint("queue", queue))
        for conversation in dict.fromkeys((*after.read, *after.erased)):
            await self._hints.publish(Hint("turn", str(conversation)))
        if not after.read:
            self._outgoing.ring()
        if self._links is not None:
            for request in after.links:
                self._links.start(request)
        if self._model is not None:
            for question in after.questions:
                self._model.start(question)
        for queue in after.wake:
            await self._wake_ups.wake(queue)
        for job in after.stopped:
            await self._hints.publish(Hint("cancel", job))
        for channel in dict.fromkeys(after.told):
            await self._hints.publish(Hint("inbox", channel))
        if after.forget:
            await self._database.forget(after.forget)

    async def _failed(self, row: InboxRecord) -> None:
        """Try again later; after the last attempt apologise, so that nobody waits for an answer."""
        if row.attempts + 1 < MAX_ATTEMPTS:
            pause = timedelta(seconds=0.2 * 5**row.attempts)
            await self._database.run(lambda uow: uow.inbox.postpone(row.id, "failed", pause), attempts=6)
            return

        def apologise(uow: UnitOfWork) -> None:
            uow.inbox.give_up(row.id, "failed")
            talk = uow.conversations.open(row.channel, row.address)
            with speaking(language_in(talk) or language_of(row.payload.get("language"))):
                sorry = Message(replies.SOMETHING_BROKE(), (choice(labels.HELP, "help"),), lang=spoken())
            uow.conversations.say(talk.id, talk.channel, body_of(sorry), cause=row.payload.get("message"))

        await self._database.run(apologise, attempts=6)
        self._outgoing.ring()
