"""What people know of products: how they were when they were saved, or when a mail told them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.types import Money
from storage.tables import Offer, Person, ProductRow, ToldProduct

_FACTS = ("price_minor", "currency", "gone", "sizes")


@dataclass(frozen=True, slots=True)
class Told:
    """A product as a person knows it: `price` is the lowest that they heard of, `gone` that it was sold out.

    `suggested_at` is when a mail last suggested it.
    """

    product_id: str
    price: Money | None = None
    gone: bool = False
    sizes: tuple[str, ...] = ()
    suggested_at: datetime | None = None


class ToldProducts:
    """Rows about what people were told inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, person_id: UUID, product_ids: Iterable[str]) -> dict[str, Told]:
        """What the person knows of these, by their ids."""
        rows = self._session.scalars(
            sa.select(ToldProduct).where(
                ToldProduct.person_id == person_id, ToldProduct.product_id.in_(list(product_ids))
            )
        )
        return {row.product_id: _told(row) for row in rows}

    def suggested(self, person_id: UUID, since: datetime) -> frozenset[str]:
        """What mails suggested to the person since then."""
        return frozenset(
            self._session.scalars(
                sa.select(ToldProduct.product_id).where(
                    ToldProduct.person_id == person_id, ToldProduct.suggested_at > since
                )
            )
        )

    def keep(self, person_id: UUID, told: Iterable[Told]) -> None:
        """From now on the person knows this; products that are gone, and a person who is, are left out."""
        rows = [
            {
                "person_id": person_id,
                "product_id": one.product_id,
                "price_minor": one.price and one.price.minor,
                "currency": one.price and one.price.currency,
                "gone": one.gone,
                "sizes": list(one.sizes),
                "suggested_at": one.suggested_at,
            }
            for one in sorted(told, key=lambda one: one.product_id)
        ]
        there = set(
            self._session.scalars(
                sa.select(ProductRow.id)
                .where(ProductRow.id.in_([row["product_id"] for row in rows]))
                .where(sa.exists().where(Person.id == person_id))
            )
        )
        rows = [row for row in rows if row["product_id"] in there]
        if not rows:
            return
        statement = insert(ToldProduct).values(rows)
        new = statement.excluded
        values: dict[str, sa.ColumnElement[Any]] = {name: new[name] for name in _FACTS}
        values["suggested_at"] = sa.func.coalesce(new["suggested_at"], ToldProduct.suggested_at)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["person_id", "product_id"], set_=values)
        )

    def saw(self, person_id: UUID, product_id: str) -> None:
        """The person saved the product as it is now."""
        offer = sa.and_(Offer.product_id == ProductRow.id, Offer.seller == ProductRow.source)
        gone = sa.func.coalesce(sa.not_(ProductRow.in_stock), sa.false())
        as_it_is = (
            sa.select(
                sa.literal(person_id), ProductRow.id, Offer.price_minor, Offer.currency, gone, ProductRow.sizes
            )
            .outerjoin(Offer, offer)
            .where(ProductRow.id == product_id)
        )
        statement = insert(ToldProduct).from_select(["person_id", "product_id", *_FACTS], as_it_is)
        values = {name: statement.excluded[name] for name in _FACTS}
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["person_id", "product_id"], set_=values)
        )


def _told(row: ToldProduct) -> Told:
    price = None if row.price_minor is None or row.currency is None else Money(row.price_minor, row.currency)
    return Told(row.product_id, price, row.gone, tuple(row.sizes), row.suggested_at)
