"""Live progress: the message of a job that waits or runs says how far it is, until its result takes its place.

Where it shows a preview, what the better picture looks like so far comes into a corner of it, a few times.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from bot.dialogue.language import speaking
from bot.sheets import with_inset
from bot.shop_links import ShopLinks
from storage.errors import MediaMissing
from storage.records import CardRecord, JobRecord, QueuePlace
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

SKETCHES_AT = (0.4, 0.7)
"""How much of the work is done when a chat is shown what the picture looks like so far: before that it is noise,
and each picture is an upload.
"""


class CardEditor(Protocol):
    """A channel's own way with cards. The language of the card is spoken."""

    def words(self, card: CardRecord, job: JobRecord, place: QueuePlace) -> str:
        """What the card says now; a card that says it already is left alone."""
        ...

    async def edit(self, card: CardRecord, words: str, picture: bytes | None) -> bool:
        """Write it, with this picture (a JPEG) in place of the card's own; False when that was not possible now,
        which the next look or the result makes good.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Live:
    card: CardRecord
    words: str
    sketches: int
    """How many of them would have been shown by now."""
    sketch: str | None

    @property
    def key(self) -> tuple[UUID, str]:
        return self.card.job_id, self.card.part


class LiveCards:
    """Looks at the cards of a channel. Several processes may: one edits a card at a time.

    `parts` are how the parts of a turn are called whose messages are cards.
    """

    def __init__(  # noqa: PLR0917  # what it needs, plainly
        self,
        database: Database,
        channel: str,
        parts: Sequence[str],
        editor: CardEditor,
        every_s: float,
        links: ShopLinks | None = None,
    ) -> None:
        self._database = database
        self._channel = channel
        self._parts = parts
        self._editor = editor
        self._every_s = every_s
        self._links = links or ShopLinks()
        self._shown: dict[tuple[UUID, str], tuple[str, int]] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except CONNECTION_LOST:
                log.warning("the database is away")
            except Exception:
                log.exception("progress could not be shown")
            await asyncio.sleep(self._every_s)

    async def look(self) -> None:
        """Bring every card up to date that says something else than before."""
        found = await self._database.run(self._live)
        keys = {live.key for live in found}
        self._shown = {key: shown for key, shown in self._shown.items() if key in keys}
        for live in found:
            words, sketches = self._shown.get(live.key, ("", 0))
            picture = await self._picture(live) if live.sketches > sketches else None
            if words != live.words or picture is not None:
                await self._edit(live, sketches, picture)

    async def _edit(self, live: _Live, sketches: int, picture: bytes | None) -> None:
        # The turn stays as it is while its card is edited: a result cannot be overwritten by an older progress.
        card, words = live.card, live.words
        async with self._database.transaction() as tx:
            held = await tx.run(lambda uow: uow.outbox.hold(card))
            with speaking(card.body.get("lang")):
                if held and await self._editor.edit(card, words, picture):
                    self._shown[live.key] = (words, sketches if picture is None else live.sketches)

    def _live(self, uow: UnitOfWork) -> list[_Live]:
        found = []
        for stored in uow.outbox.cards(self._channel, self._parts):
            card = replace(stored, body=self._links.on(uow, stored.body))
            job = uow.jobs.get(card.job_id)
            if job is not None:
                with speaking(card.body.get("lang")):
                    words = self._editor.words(card, job, uow.jobs.place(job.id))
                passed = sum(job.fraction >= at for at in SKETCHES_AT) if job.sketch else 0
                found.append(_Live(card, words, passed, job.sketch))
        return found

    async def _picture(self, live: _Live) -> bytes | None:
        """The preview with the sketch in its corner; None where there is no preview, or one of them is gone."""
        preview, sketch = preview_in(live.card), live.sketch
        if preview is None or sketch is None:
            return None
        try:
            data = await self._database.run(lambda uow: (uow.media.read(preview), uow.media.read(sketch)))
        except MediaMissing:
            return None
        return await asyncio.to_thread(with_inset, *data)


def preview_in(card: CardRecord) -> str | None:
    """The media key of the picture that a card shows while a better one is made."""
    return next((p["media"] for p in card.body["pictures"] if p["role"] == "result"), None)
