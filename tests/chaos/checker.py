"""Looks at what is left after a round, and knows nothing of how the program works.

It reads the database, the media store and what the channels received, by statements of its own, and lists what is
wrong. Nothing of the program is imported.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2.extensions

from tests.chaos.people import FOUND, PROBES, WISHES, Chatter, Deed, Visitor

MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class Expected:
    """What may have gone wrong for people, because it was made so: jobs of poisoned garments, a full disk."""

    poisoned: str = ""
    """The key of the garment's picture that kills workers."""
    lost_disk: bool = False
    """Pictures could not be kept for a while: a try-on may have been given up, and that was said."""


class Checker:
    """What holds at rest, in one snapshot of the database."""

    def __init__(self, connection: psycopg2.extensions.connection, media: Path) -> None:
        self._connection = connection
        self._media = media

    def faults(self, visitors: Sequence[Visitor], chatters: Sequence[Chatter], expected: Expected) -> list[str]:
        """Everything that is not as it must be."""
        return [
            *self._queues(),
            *self._jobs(expected),
            *self._revisions(),
            *self._blobs(),
            *self._ledger(),
            *(fault for visitor in visitors for fault in self._page(visitor)),
            *(fault for chatter in chatters for fault in self._chat(chatter)),
        ]

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    # --- nothing is under way, nothing was given up ---------------------------------------------------------

    def _queues(self) -> Iterator[str]:
        for table in ("inbox", "outbox"):
            for row in self._rows(
                f"SELECT id, status, error_code FROM {table} WHERE status IN ('pending', 'failed')"
            ):
                yield f"{table} row {row}"
        for row in self._rows("SELECT id, turn_id, rev FROM sent_messages WHERE message_id IS NULL"):
            yield f"it is not known whether message {row} was sent"
        for row in self._rows("SELECT channel, event_id, count(*) FROM inbox GROUP BY 1, 2 HAVING count(*) > 1"):
            yield f"an event is stored twice: {row}"

    def _jobs(self, expected: Expected) -> Iterator[str]:
        jobs = self._rows(
            "SELECT j.id::text, j.status, j.error_code, j.attempts, j.lease_owner, j.lease_until, j.request::text,"
            " r.media_key, j.cancel_requested"
            " FROM jobs j LEFT JOIN results r ON r.key = j.key AND r.person_id = j.person_id"
        )
        ends = Counter(
            row[0] for row in self._rows("SELECT event_id FROM inbox WHERE kind = 'job_ended' AND status = 'done'")
        )
        cards = Counter(row[0] for row in self._rows("SELECT slot FROM turns WHERE slot LIKE 'job:%%'"))
        for job, status, code, attempts, owner, until, request, picture, _cancelled in jobs:
            about = f"job {job}: {status} {code or ''} after {attempts} attempts"
            if status in ("queued", "running"):
                yield f"{about} is not over"
            if owner is not None or until is not None:
                yield f"{about} has a lease of {owner} until {until}"
            if attempts > MOST_ATTEMPTS:
                yield f"{about} was tried too often"
            if ends[f"job:{job}:end"] != 1:
                yield f"{about}: its end was told {ends[f'job:{job}:end']} times"
            if cards[f"job:{job}"] != 1:
                yield f"{about} has {cards[f'job:{job}']} cards"
            poisoned = bool(expected.poisoned) and expected.poisoned in request
            if poisoned and (status, code, attempts) != ("failed", "gave_up", MOST_ATTEMPTS):
                yield f"{about}, but its garment kills every worker"
            if not poisoned and status != "done" and not expected.lost_disk:
                yield f"{about}, and nothing of its own was wrong"
            if status == "done" and picture is None:
                yield f"{about} has no picture"

    def _revisions(self) -> Iterator[str]:
        for row in self._rows("SELECT conversation_id, rev FROM turns GROUP BY 1, 2 HAVING count(*) > 1"):
            yield f"two turns share a revision: {row}"
        for row in self._rows(
            "SELECT c.id FROM conversations c JOIN turns t ON t.conversation_id = c.id"
            " GROUP BY c.id HAVING max(t.seq) > c.seq OR max(t.rev) <> c.rev"
        ):
            yield f"the counts of a conversation are not those of its turns: {row}"

    # --- pictures ---------------------------------------------------------------------------------------------

    def _blobs(self) -> Iterator[str]:
        held = {row[0] for row in self._rows("SELECT DISTINCT key FROM media")}
        there: set[str] = set()
        for path in self._media.rglob("*"):
            if path.is_dir():
                continue
            if path.name in held:
                there.add(path.name)
                if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
                    yield f"the blob {path.name} has other bytes than its name says"
            else:
                yield f"nobody holds {path.relative_to(self._media)}"
        for key in held - there:
            yield f"the blob {key} is gone and somebody holds it"
        for table in ("photos", "results", "items"):
            for row in self._rows(
                f"SELECT t.media_key, t.person_id FROM {table} t WHERE NOT EXISTS"
                " (SELECT 1 FROM media m WHERE m.key = t.media_key AND m.person_id = t.person_id)"
            ):
                yield f"{table}: nobody holds the picture of {row}"

    # --- money ------------------------------------------------------------------------------------------------

    def _ledger(self) -> Iterator[str]:
        """Each job took one try-on or none, and what came to nothing was given back."""
        taken = self._rows(
            "SELECT j.id::text, j.status, sum(-l.credits + l.free)"
            " FROM jobs j JOIN star_ledger l ON l.ref IN ('job:' || j.id, 'job-back:' || j.id) GROUP BY 1, 2"
        )
        for job, status, cost in taken:
            if cost != (1 if status == "done" else 0):
                yield f"job {job}, which is {status}, cost {cost} try-ons"
        for row in self._rows("SELECT account, sum(credits) FROM star_ledger GROUP BY 1 HAVING sum(credits) < 0"):
            yield f"more was spent than paid for: {row}"
        for row in self._rows(
            "SELECT j.id FROM jobs j JOIN conversations c ON c.id = j.conversation_id WHERE c.channel = 'telegram'"
            " AND NOT EXISTS (SELECT 1 FROM star_ledger l WHERE l.ref = 'job:' || j.id)"
            " AND NOT EXISTS (SELECT 1 FROM jobs o WHERE o.key = j.key AND o.person_id = j.person_id"
            " AND o.created_at < j.created_at)"
        ):
            yield f"a new picture cost nothing: {row}"

    # --- what people saw --------------------------------------------------------------------------------------

    def _page(self, visitor: Visitor) -> Iterator[str]:
        browser = visitor.browser
        (address, rev), *_ = self._rows(
            "SELECT address, rev FROM conversations WHERE id = %s", browser.conversation
        )
        stored = self._rows(
            "SELECT event_id, status FROM inbox WHERE channel = 'web' AND address = %s"
            " AND kind IN ('text', 'press', 'photo')",
            address,
        )
        yield from _same(f"{visitor.name}: events", [d.event for d in visitor.deeds], [row[0] for row in stored])
        turns = self._rows(
            "SELECT id::text, rev, author, event_id, body FROM turns WHERE conversation_id = %s",
            browser.conversation,
        )
        shown = {turn["id"]: turn["rev"] for turn in browser.turns.values()}
        yield from _same(
            f"{visitor.name}: turns on the page", {row[0]: row[1] for row in turns}.items(), shown.items()
        )
        if browser.rev != rev:
            yield f"{visitor.name}: the page knows revision {browser.rev} of {rev}"
        revs = [rev for rev, _ in browser.seen]
        if len(set(revs)) != len(revs):
            yield f"{visitor.name}: the page was told something twice"
        # A press may stand there as what the button said, or as nothing.
        presses = {d.event for d in visitor.deeds if d.kind == "press"}
        said = [row[3] for row in turns if row[2] == "person"]
        for event, count in Counter(said).items():
            if count > 1:
                yield f"{visitor.name}: said {event} {count} times"
        yield from _same(
            f"{visitor.name}: what they said",
            [d.event for d in visitor.deeds if d.kind != "press"],
            [event for event in said if event not in presses],
        )
        answers = [row[4]["text"] for row in turns if row[2] == "stylist"]
        yield from _answered(visitor.name, visitor.deeds, answers)
        yield from self._tried(visitor.name, visitor.deeds, browser.conversation)
        for turn in browser.turns.values():
            if turn["author"] == "stylist" and turn["job"]:
                yield f"{visitor.name}: the card of job {turn['job']} still stands"

    def _chat(self, chatter: Chatter) -> Iterator[str]:
        ((talk,),) = self._rows(
            "SELECT id FROM conversations WHERE channel = 'telegram' AND address = %s", str(chatter.person.id)
        )
        stored = self._rows(
            "SELECT event_id FROM inbox WHERE channel = 'telegram' AND address = %s"
            " AND kind NOT LIKE 'job_%%' AND kind <> 'noted'",
            str(chatter.person.id),
        )
        if len(stored) != len(chatter.deeds):
            yield f"{chatter.name}: did {len(chatter.deeds)} things, {len(stored)} are stored"
        known = [
            row[0] for row in self._rows("SELECT message_id FROM sent_messages WHERE conversation_id = %s", talk)
        ]
        seen = [str(message.id) for message in chatter.person.chat.from_bot if "invoice" not in message.fields]
        yield from _same(f"{chatter.name}: messages", known, seen)
        yield from _answered(chatter.name, chatter.deeds, [m.words for m in chatter.person.chat.from_bot])
        yield from self._tried(chatter.name, chatter.deeds, talk)
        ((done,),) = self._rows("SELECT count(*) FROM jobs WHERE conversation_id = %s AND status = 'done'", talk)
        if len(chatter.results) != done:
            yield f"{chatter.name}: sees {len(chatter.results)} pictures of {done}"

    def _tried(self, name: str, deeds: Iterable[Deed], conversation: str) -> Iterator[str]:
        asked = sum(deed.said.startswith("try:") for deed in deeds)
        ((jobs,),) = self._rows("SELECT count(*) FROM jobs WHERE conversation_id = %s", conversation)
        if jobs != asked:
            yield f"{name}: asked for {asked} try-ons, there are {jobs} jobs"


def _answered(name: str, deeds: Iterable[Deed], answers: Iterable[str]) -> Iterator[str]:
    said = Counter(deed.said for deed in deeds)
    heard = list(answers)
    for words, answer in PROBES.items():
        count = sum(answer in text for text in heard)
        if count != said[words]:
            yield f"{name}: wrote “{words}” {said[words]} times and was answered {count} times"
    looked, found = sum(said[wish] for wish in WISHES), sum(FOUND in text for text in heard)
    if looked != found:
        yield f"{name}: looked for something {looked} times and was shown something {found} times"


def _same(what: str, wanted: Iterable[Any], got: Iterable[Any]) -> Iterator[str]:
    left, right = Counter(wanted), Counter(got)
    for one, count in (left - right).items():
        yield f"{what}: {one} is missing {count} times"
    for one, count in (right - left).items():
        yield f"{what}: {one} is there {count} times too often"
