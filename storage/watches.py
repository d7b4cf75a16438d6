"""Who waits for the price of what: noted in the conversation in which they asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.types import Money
from storage.tables import Conversation, Watch

MOST = 30
"""Of one person."""


@dataclass(frozen=True, slots=True)
class WatchRecord:
    """`price` is the lowest that the person knows of, `gone` whether it was sold out when they last heard."""

    conversation_id: UUID
    channel: str
    address: str
    product_id: str
    price: Money | None
    gone: bool


class Watches:
    """Rows about watches inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(
        self, person_id: UUID, conversation_id: UUID, product_id: str, price: Money | None, *, gone: bool
    ) -> bool:
        """Watch a product from this price on; False when the person watches too many already."""
        known = sa.select(Watch.product_id).where(Watch.person_id == person_id, Watch.product_id != product_id)
        if len(self._session.execute(known).all()) >= MOST:
            return False
        values = {
            "price_minor": price.minor if price else None,
            "currency": price.currency if price else None,
            "gone": gone,
        }
        self._session.execute(
            insert(Watch)
            .values(person_id=person_id, conversation_id=conversation_id, product_id=product_id, **values)
            .on_conflict_do_update(index_elements=["conversation_id", "product_id"], set_=values)
        )
        return True

    def end(self, person_id: UUID, product_id: str | None = None) -> int:
        """Watch it no more, or nothing at all; returns how many ended."""
        mine = sa.delete(Watch).where(Watch.person_id == person_id)
        ended = mine if product_id is None else mine.where(Watch.product_id == product_id)
        return len(self._session.execute(ended.returning(Watch.product_id)).all())

    def due(self, channel: str, every: timedelta, limit: int) -> list[WatchRecord]:
        """Take those of a channel's conversations that nobody looked at for so long; nobody else gets them now."""
        overdue = (
            sa.select(Watch.conversation_id, Watch.product_id)
            .join(Conversation, Conversation.id == Watch.conversation_id)
            .where(Watch.looked_at < sa.func.now() - every, Conversation.channel == channel)
            .order_by(Watch.looked_at)
            .limit(limit)
            .with_for_update(skip_locked=True, of=Watch)
            .cte("overdue")
        )
        taken = (
            sa.update(Watch)
            .where(Watch.conversation_id == overdue.c.conversation_id, Watch.product_id == overdue.c.product_id)
            .values(looked_at=sa.func.now())
            .returning(Watch)
        )
        rows = self._session.scalars(taken).all()
        return [self._record(row) for row in rows]

    def tell(self, conversation_id: UUID, product_id: str, price: Money | None, *, gone: bool) -> None:
        """What the person knows from now on."""
        self._session.execute(
            sa.update(Watch)
            .where(Watch.conversation_id == conversation_id, Watch.product_id == product_id)
            .values(
                price_minor=price.minor if price else None, currency=price.currency if price else None, gone=gone
            )
        )

    def _record(self, row: Watch) -> WatchRecord:
        talk = self._session.get_one(Conversation, row.conversation_id)
        price = None if row.price_minor is None or row.currency is None else Money(row.price_minor, row.currency)
        return WatchRecord(row.conversation_id, talk.channel, talk.address, row.product_id, price, row.gone)
