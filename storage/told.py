"""What people know of products: how they were when they were saved, or when a mail told them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from catalog.types import Money
from storage.tables import Offer, Person, ProductRow, ToldProduct

_FACTS = ("price_minor", "currency", "gone", "sizes")
_TOLD = ("product_id", *_FACTS, "suggested_at")


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

    def of(
        self, people: Iterable[UUID], product_ids: Iterable[str], since: datetime
    ) -> dict[UUID, dict[str, Told]]:
        """What each of these people knows of these products, and of those that mails suggested since then."""
        rows = self._session.execute(
            sa.select(
                *(getattr(ToldProduct, name) for name in ("person_id", "product_id", *_FACTS, "suggested_at"))
            )
            .where(ToldProduct.person_id.in_(list(people)))
            .where(sa.or_(ToldProduct.product_id.in_(list(product_ids)), ToldProduct.suggested_at > since))
        )
        found: defaultdict[UUID, dict[str, Told]] = defaultdict(dict)
        for row in rows:
            found[row.person_id][row.product_id] = _told(row)
        return dict(found)

    def keep(self, person_id: UUID, told: Iterable[Told]) -> None:
        """From now on the person knows this; products that are gone, and a person who is, are left out."""
        known = [
            {
                "product_id": one.product_id,
                "price_minor": one.price and one.price.minor,
                "currency": one.price and one.price.currency,
                "gone": one.gone,
                "sizes": one.sizes,
                "suggested_at": one.suggested_at and one.suggested_at.isoformat(),
            }
            for one in told
        ]
        if not known:
            return
        self._session.execute(_keeping(), {"facts": known, "whose": person_id})

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


@cache
def _keeping() -> sa.Executable:
    """Made once: putting it together takes longer than carrying it out. All facts are one value, so that it is the
    same for however many.
    """
    # Not the class: what goes along with that is taken for its columns.
    table = cast("sa.Table", ToldProduct.__table__)
    columns = [sa.column(name, table.c[name].type) for name in _TOLD]
    recordset = sa.func.jsonb_to_recordset(sa.bindparam("facts", type_=JSONB)).table_valued(*columns)
    facts = recordset.render_derived("facts", with_types=True)
    statement = insert(table).from_select(
        ["person_id", *_TOLD],
        sa.select(Person.id, *(facts.c[name] for name in _TOLD))
        .select_from(facts)
        .join(ProductRow, ProductRow.id == facts.c.product_id)
        .join(Person, Person.id == sa.bindparam("whose"))
        .order_by(ProductRow.id)
        .with_for_update(read=True, key_share=True, of=(ProductRow, Person)),
    )
    new = statement.excluded
    values: dict[str, sa.ColumnElement[Any]] = {name: new[name] for name in _FACTS}
    values["suggested_at"] = sa.func.coalesce(new["suggested_at"], table.c.suggested_at)
    return statement.on_conflict_do_update(index_elements=["person_id", "product_id"], set_=values)


# Any: SQLAlchemy's rows, whose columns are read by name.
def _told(row: sa.Row[Any]) -> Told:
    price = None if row.price_minor is None or row.currency is None else Money(row.price_minor, row.currency)
    return Told(row.product_id, price, row.gone, tuple(row.sizes), row.suggested_at)
