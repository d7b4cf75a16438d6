"""What people's messages may cost at a language model: reserved before it is asked, settled after it answered.

Whoever dies in between leaves the reservation, so that a budget may be used up early and is never exceeded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.tables import ModelUse

_LOCK = 0xFA54_10C3


@dataclass(frozen=True, slots=True)
class Spending:
    """Tokens, and money in millionths of a dollar."""

    tokens: int = 0
    micro_usd: int = 0

    def within(self, limit: Spending) -> bool:
        """Whether neither is more than the limit; a limit of 0 lets nothing pass but 0."""
        return self.tokens <= limit.tokens and self.micro_usd <= limit.micro_usd

    def __add__(self, other: Spending) -> Spending:
        return Spending(self.tokens + other.tokens, self.micro_usd + other.micro_usd)


class Budgets:
    """Spending by person and day (UTC) inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def reserve(self, person_id: UUID, most: Spending, person: Spending, everybody: Spending) -> date | None:
        """Set `most` aside within the limits of a day; returns the day, None when it does not fit any more.

        Others who reserve wait for the end of the transaction, so do it last.
        """
        self._session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        now: datetime = self._session.execute(select(func.timezone("UTC", func.clock_timestamp()))).scalar_one()
        today = now.date()
        if not (self.spent(today, person_id) + most).within(person):
            return None
        if not (self.spent(today) + most).within(everybody):
            return None
        statement = insert(ModelUse).values(
            person_id=person_id, day=today, messages=1, tokens=most.tokens, micro_usd=most.micro_usd
        )
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "day"],
                set_={
                    "messages": ModelUse.messages + 1,
                    "tokens": ModelUse.tokens + most.tokens,
                    "micro_usd": ModelUse.micro_usd + most.micro_usd,
                },
            )
        )
        return today

    def settle(self, person_id: UUID, day: date, most: Spending, real: Spending) -> None:
        """What was set aside becomes what it was. Nothing for somebody who is gone or another person now."""
        self._session.execute(
            update(ModelUse)
            .where(ModelUse.person_id == person_id, ModelUse.day == day)
            .values(
                tokens=func.greatest(0, ModelUse.tokens - most.tokens + real.tokens),
                micro_usd=func.greatest(0, ModelUse.micro_usd - most.micro_usd + real.micro_usd),
            )
        )

    def spent(self, day: date, person_id: UUID | None = None) -> Spending:
        """By this person, or by everybody."""
        tokens, micro_usd = func.sum(ModelUse.tokens), func.sum(ModelUse.micro_usd)
        rows = select(func.coalesce(tokens, 0), func.coalesce(micro_usd, 0)).where(ModelUse.day == day)
        if person_id is not None:
            rows = rows.where(ModelUse.person_id == person_id)
        row = self._session.execute(rows).one()
        return Spending(int(row[0]), int(row[1]))
