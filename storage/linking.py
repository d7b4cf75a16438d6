"""One-time codes by which a person says on one channel that an account on another is theirs too."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.house_key import HouseKey
from storage.people import People
from storage.records import LinkOffer
from storage.tables import LinkCode, LinkTry

MAX_WRONG = 5
WRONG_WITHIN = timedelta(hours=1)
"""A code has 40 bits and is open for minutes; so many wrong ones an account may send in that time."""


class Links:
    """Rows of codes inside one transaction."""

    def __init__(self, session: Session, people: People, house: HouseKey) -> None:
        self._session = session
        self._people = people
        self._house = house

    def open_code(self, code: str, person_id: UUID, conversation_id: UUID, valid: timedelta) -> None:
        """This code is open now, in place of the person's earlier one."""
        values = {
            "code_hash": ticket_of(code),
            "conversation_id": conversation_id,
            "expires_at": func.now() + valid,
            "used_at": None,
        }
        self._session.execute(
            insert(LinkCode)
            .values(person_id=person_id, **values)
            .on_conflict_do_update(index_elements=["person_id"], set_=values)
        )

    def try_code(self, code: str, channel: str, account: str) -> LinkOffer | Literal["unknown", "too_many"]:
        """What the code stands for. A wrong one is counted; after too many of them not even a right one counts."""
        who = account_hash(self._session, self._house, channel, account)
        # Two tries of one account at once are counted one after the other.
        self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(who, 1))))
        lately = (LinkTry.account_hash == who, LinkTry.at > func.now() - WRONG_WITHIN)
        if self._session.execute(select(func.count()).where(*lately)).scalar_one() >= MAX_WRONG:
            return "too_many"
        offer = self._open(ticket_of(code))
        if offer is None:
            self._session.execute(insert(LinkTry).values(account_hash=who))
            return "unknown"
        return offer

    def burn(self, ticket: str) -> bool:
        """The code is used up; False when it was before, or is not open any more."""
        used = self._session.execute(
            update(LinkCode).where(*_is_open(ticket)).values(used_at=func.now()).returning(LinkCode.code_hash)
        )
        return used.first() is not None

    def link(self, ticket: str, person_id: UUID) -> LinkOffer | None:
        """This person and the one who asked for the code are one; None when the code is not open any more."""
        offer = self._open(ticket)
        # Both are held before the code, as everywhere.
        if offer is None or not self._people.hold(offer.person_id, person_id):
            return None
        if self._open(ticket) != offer or not self.burn(ticket):
            return None
        return offer if self._people.link(offer.person_id, person_id) else None

    def _open(self, ticket: str) -> LinkOffer | None:
        row = self._session.execute(
            select(LinkCode.person_id, LinkCode.conversation_id).where(*_is_open(ticket))
        ).one_or_none()
        return None if row is None else LinkOffer(ticket, row.person_id, row.conversation_id)


def ticket_of(code: str) -> str:
    """The hash that stands for a code in the database. It is open for minutes and works once: it needs no salt."""
    return hashlib.sha256(f"link:{code}".encode()).hexdigest()


def account_hash(session: Session, house: HouseKey, channel: str, account: str) -> str:
    """What stands for an account where its wrong codes are counted, also after everything of a person is gone."""
    return house.digest(session, "account", f"{channel}:{account}")


# Any: SQLAlchemy's conditions.
def _is_open(ticket: str) -> tuple[Any, ...]:
    return LinkCode.code_hash == ticket, LinkCode.used_at.is_(None), LinkCode.expires_at > func.now()
