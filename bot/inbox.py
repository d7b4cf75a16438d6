"""Takes stored events one conversation at a time, many conversations at once, and sees each through."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta

from bot.dialogue import replies
from bot.dialogue.language import Text, language_of, speaking
from bot.effects.turn import After
from bot.handling import Handler
from bot.links import LinkDesk
from bot.llm.desk import ModelDesk
from bot.messages import aside, language_in
from storage.bell import Bell
from storage.errors import MediaUnavailable
from storage.hints import Hint, Hints
from storage.metrics import DELIVERIES, EVENT_WAIT, EVENTS, label
from storage.queue import WakeUps
from storage.records import InboxRecord
from storage.trail import NS, Step, following
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork, collided, reason

log = logging.getLogger(__name__)

LOOK_S = 1.0
MAX_ATTEMPTS = 5

WORTH_A_WORD = 2
"""After so many attempts, more than a second, its person hears that it is the media store why nothing comes."""

TOLD = "media_unavailable_told"
"""The code of an event that waits for the media store and whose person has heard so."""


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
                log.warning("the database is away: %s", reason(error))
            except Exception:
                # Whatever it was, it must not end the loop: then nobody would be answered any more.
                log.exception("the inbox could not be read")
            await self._bell.wait(LOOK_S)

    async def handle_next(self) -> bool:
        """Handle one event; False when none was ready. Raises what means that the database is away."""
        row: InboxRecord | None = None
        with ExitStack() as way:
            step = Step("turn")
            try:
                async with self._database.transaction() as tx:
                    row = await tx.run(lambda uow: uow.inbox.claim(self._channels))
                    if row is None:
                        return False
                    way.enter_context(following(row.trail))
                    step = Step("turn", {"channel": row.channel, "kind": row.kind, "event": row.id})
                    after = await self._handler.handle(tx, row)
            except CONNECTION_LOST:
                raise
            except Exception as error:
                if row is None:
                    raise
                _told(step, row, await self._failed(row, error))
                return True
            _told(step, row, "done")
            await self._follow_up(after, row.channel)
        return True

    async def _follow_up(self, after: After, here: str) -> None:
        """What comes after the commit. All of it is made good by somebody's next look if it is lost."""
        for queue in after.wake:
            await self._hints.publish(Hint("queue", queue))
        step = Step("delivery", {"channel": here})
        for conversation in dict.fromkeys((*after.read, *after.erased)):
            await self._hints.publish(Hint("turn", str(conversation)))
        if after.read:
            # People read these turns themselves: telling their page is all that delivering is.
            DELIVERIES.labels(label("channel", here), "sent").observe(step.seconds)
            step.ended("sent")
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

    async def _failed(self, row: InboxRecord, error: Exception) -> str:
        """Try again later; after the last attempt apologise, so that nobody waits for an answer. Returns which.

        While it is the media store that does not work, there is no last attempt.
        """
        trouble = await self._database.store_trouble() if isinstance(error, MediaUnavailable) else None
        if trouble is None:
            log.error("event %d of kind %s failed", row.id, row.kind, exc_info=error)
        else:
            log.warning("event %d of kind %s waits: %s", row.id, row.kind, trouble)
        last = trouble is None and row.attempts + 1 >= MAX_ATTEMPTS
        told = row.error_code == TOLD
        tell = trouble is not None and row.attempts >= WORTH_A_WORD and not told
        code = "failed" if trouble is None else trouble.code
        pause = timedelta(seconds=0.2 * 5 ** min(row.attempts, MAX_ATTEMPTS - 2))

        def note(uow: UnitOfWork) -> None:
            if not uow.inbox.untried_since(row):
                # Another loop was quicker than this note: it counts once, and is told once.
                return
            if last:
                uow.inbox.give_up(row.id, "failed")
                _say(uow, row, replies.SOMETHING_BROKE)
                return
            uow.inbox.postpone(row.id, TOLD if told or tell else code, pause)
            if tell:
                _say(uow, row, replies.PICTURES_AWAY)

        await self._database.run(note, attempts=6)
        self._outgoing.ring()
        return "failed" if last else "again"


def _say(uow: UnitOfWork, row: InboxRecord, sentence: Text) -> None:
    talk = uow.conversations.open(row.channel, row.address)
    with speaking(language_in(talk) or language_of(row.payload.get("language"))):
        body = aside(sentence)
    uow.conversations.say(talk.id, talk.channel, body, cause=row.payload.get("message"))


def _told(step: Step, row: InboxRecord, outcome: str) -> None:
    channel, kind = label("channel", row.channel), label("kind", row.kind)
    EVENTS.labels(channel, kind, outcome).observe(step.seconds)
    if row.begins:
        wait_s = step.began / NS - row.received_at.timestamp()
        EVENT_WAIT.labels(channel).observe(max(0.0, wait_s))
    step.ended(outcome, since=row.received_at if row.begins else None)
