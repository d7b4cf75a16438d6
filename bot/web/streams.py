"""Live updates for open pages.

A page reads turns by their `rev`, so nothing depends on a hint arriving: hints only say when to look.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from functools import partial
from typing import Any
from uuid import UUID

from bot.web.views import job_view, live_view, turn_view
from storage.bell import Bell
from storage.hints import Hint, Hints
from storage.records import TurnRecord
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

LOOK_S = 30.0
"""How often a quiet page looks by itself. Thousands of them do, and whatever happens they are told."""

ALONE_S = 2.0
"""The same while nobody can tell them."""

QUEUED_LOOK_S = 2.0
"""How often a page with a waiting job learns its place."""

MOST_SAVED = 500
"""Of what a person saved, so many of the newest are marked on the page."""

PAGE_OF_TURNS = 100


class Page:
    """One open page: a bell, and the latest progress of each job since it last looked."""

    def __init__(self) -> None:
        self.bell = Bell()
        self.jobs: dict[str, dict[str, Any]] = {}


class Streams:
    """All open pages of this process, by conversation."""

    def __init__(self, database: Database, hints: Hints) -> None:
        self._database = database
        self._hints = hints
        self._pages: dict[str, set[Page]] = defaultdict(set)

    async def run(self) -> None:
        """Pass hints on until cancelled."""
        async for hint in self._hints.listen():
            if hint is None:
                # Hints may have been missed: everybody looks.
                for pages in self._pages.values():
                    for page in pages:
                        page.bell.ring()
            else:
                self._pass_on(hint)

    def _pass_on(self, hint: Hint) -> None:
        for page in self._pages.get(hint.about, ()):
            if hint.topic == "job":
                page.jobs[hint.data["id"]] = hint.data
            page.bell.ring()

    async def events(self, conversation: UUID, rev: int) -> AsyncIterator[dict[str, str]]:
        """Server-sent events of a conversation after `rev`, until the page closes or the person is erased."""
        page = Page()
        self._pages[str(conversation)].add(page)
        told: list[str] | None = None
        try:
            while True:
                try:
                    turns, jobs, saved = await self._database.run(
                        partial(self._read, conversation=conversation, rev=rev)
                    )
                except CONNECTION_LOST:
                    await asyncio.sleep(1.0)
                    continue
                if turns is None:
                    yield {"event": "gone", "data": "{}"}
                    return
                for turn in turns:
                    rev = turn.rev
                    yield {"event": "turn", "id": str(rev), "data": json.dumps(turn_view(turn))}
                if len(turns) == PAGE_OF_TURNS:
                    continue
                if saved != told:
                    told = saved
                    yield {"event": "saved", "data": json.dumps(saved)}
                live, page.jobs = page.jobs, {}
                for job in jobs:
                    yield {"event": "job", "data": json.dumps(live_view(job, live.get(job["id"])))}
                waiting = any(job["status"] == "queued" for job in jobs)
                await page.bell.wait(self._rest_s(waiting=waiting))
        finally:
            pages = self._pages[str(conversation)]
            pages.discard(page)
            if not pages:
                del self._pages[str(conversation)]

    def _rest_s(self, *, waiting: bool) -> float:
        if not self._hints.heard:
            return ALONE_S
        return QUEUED_LOOK_S if waiting else LOOK_S

    @staticmethod
    def _read(
        uow: UnitOfWork, conversation: UUID, rev: int
    ) -> tuple[list[TurnRecord] | None, list[dict[str, Any]], list[str]]:
        talk = uow.conversations.glance(conversation, MOST_SAVED)
        # A page that knows more than there is comes from before an erasure: its conversation began anew.
        if talk is None or talk.rev < rev:
            return None, [], []
        active = uow.jobs.active(conversation) if talk.trying else []
        jobs = [job_view(job, uow.jobs.place(job.id)) for job in active]
        turns = uow.conversations.turns_since(conversation, rev, PAGE_OF_TURNS) if talk.rev > rev else []
        return turns, jobs, talk.saved
