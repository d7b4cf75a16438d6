"""Somebody with a little of everything, and what a stranger must not come to see or change of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from catalog.types import Product
from storage.records import ResultRecord
from storage.reports import export_person
from storage.unit_of_work import Database, UnitOfWork

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Owner:
    """Their ids, of every kind, by what each is."""

    person: UUID
    address: str
    ids: dict[str, str]

    def rows(self, database: Database) -> str:
        """Everything that is kept about them."""
        kept = database.call(lambda uow: export_person(uow.session, uow.house, self.person))
        return json.dumps(kept, default=str, sort_keys=True)

    def traces_in(self, text: str, *, asked: str = "") -> list[str]:
        """What is theirs in the text, besides what was asked with."""
        return [
            one for one in (*self.ids.values(), str(self.person), "canary") if one in text and one not in asked
        ]


def owner(database: Database, address: str) -> Owner:
    """Somebody on the web page with a photo, an item, a picture, a job that waits, a watch and words."""

    def live(uow: UnitOfWork) -> Owner:
        talk = uow.conversations.open("web", address)
        person = talk.person_id
        uow.people.record_consent(person, "1")
        photo = uow.media.keep(b"canary photo", "photo", "image/jpeg", person, size=(30, 40), kept=KEPT)
        uow.media.keep_photo(person, photo, (30, 40), None, KEPT)
        upload = uow.media.keep(b"canary upload", "upload", "application/octet-stream", person)
        product = Product(
            id="own:0", source="canary", title="canary dress", category="dress", part="dress", picture=""
        )
        item = uow.items.keep(person, product, b"canary item", (30, 40), KEPT)
        body: dict[str, Any] = {"text": "canary words", "choices": [], "products": [], "pictures": [], "job": None}
        uow.conversations.heard(talk.id, str(uuid4()), body)
        (turn,) = uow.conversations.latest_turns(talk.id, 1)
        uow.jobs.request(person, talk.id, "q", "canary-key", {"photo": photo})
        lease = uow.jobs.claim("q", "w")
        assert lease is not None
        result = uow.media.keep(b"canary result", "result", "image/jpeg", person, size=(30, 40))
        uow.jobs.finish(lease, ResultRecord("canary-key", result, 30, 40, "preview", {}))
        # What the worker would tell their conversation is told.
        uow.session.execute(sa.text("UPDATE inbox SET status = 'done' WHERE address = :who"), {"who": address})
        waiting, _ = uow.jobs.request(person, talk.id, "q", "canary-key-2", {"photo": photo})
        return Owner(
            person,
            address,
            {
                "photo": photo,
                "upload": upload,
                "item": item,
                "result": result,
                "done job": str(lease.job_id),
                "waiting job": str(waiting.id),
                "turn": str(turn.id),
                "conversation": str(talk.id),
            },
        )

    return database.call(live)
