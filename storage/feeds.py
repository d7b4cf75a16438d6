"""Feeds on their way into the index: rows are staged, compared with what is there, and only changes are written.

Everything that has to be remembered lies in the database, so an import goes on where it was, whatever ended it,
and nothing is shown or taken away before the whole feed has been read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.feed_rows import SkippedRow
from catalog.feeds import FeedItem, joined
from catalog.outbound import Version
from catalog.types import Money, Product
from storage.products import PostgresProductIndex
from storage.tables import Feed, ProductRow, StagedRow

MAX_ROWS_OF_ONE = 200
"""Variants of one product. Many more mean that the column of the ids is not that."""

SUSPICIOUS_LOSS, FEW = 0.5, 20
"""A feed that lacks more than this part of the products of before, and more than a few, may be a broken one."""

_LATER = "An earlier row has the same id."
_FIELDS = tuple(field.name for field in fields(Product))


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """A feed as it stands; see the table."""

    source: str
    origin: str
    fingerprint: str
    stage: str
    rows: int
    written_to: str
    added: int
    changed: int
    unchanged: int
    retired: int
    etag: str | None
    last_modified: str | None
    error: str | None
    tried_at: datetime
    finished_at: datetime | None


class Feeds:
    """Rows about feeds inside one transaction. Whoever imports one holds its lock (`Database.alone`)."""

    def __init__(self, session: Session, products: PostgresProductIndex) -> None:
        self._session = session
        self._products = products

    def get(self, source: str) -> FeedRecord | None:
        """The feed, or None when it was never seen."""
        row = self._session.get(Feed, source)
        return None if row is None else _record(row)

    def all(self) -> list[FeedRecord]:
        """Every feed, by name."""
        return [_record(row) for row in self._session.execute(sa.select(Feed).order_by(Feed.source)).scalars()]

    def due(self, source: str, every: timedelta, again: timedelta) -> bool:
        """Whether nobody has imported it for so long, or it failed and `again` is over, or it broke off."""
        wait = sa.case(
            (Feed.error.is_not(None), min(every, again)), (Feed.stage == "done", every), else_=timedelta()
        )
        recent = sa.select(Feed.source).where(Feed.source == source, Feed.tried_at > sa.func.now() - wait)
        return self._session.execute(recent).first() is None

    def begin(self, source: str, origin: str, fingerprint: str, version: Version) -> FeedRecord:
        """Where to go on with this very file, or a new beginning."""
        known = self.get(source)
        same = known is not None and known.fingerprint == fingerprint and known.stage != "done"
        if same and known is not None and (known.stage == "reading" or known.rows == self._staged(source)):
            return known
        self._session.execute(sa.delete(StagedRow).where(StagedRow.source == source))
        values = {
            "origin": origin,
            "fingerprint": fingerprint,
            "stage": "reading",
            "rows": 0,
            "written_to": "",
            **dict.fromkeys(("added", "changed", "unchanged", "retired"), 0),
            "etag": version.etag,
            "last_modified": version.last_modified,
            "error": None,
            "tried_at": sa.func.now(),
        }
        self._session.execute(
            insert(Feed)
            .values(source=source, **values)
            .on_conflict_do_update(index_elements=["source"], set_=values)
        )
        self._session.expire_all()
        begun = self.get(source)
        if begun is None:
            raise RuntimeError("a feed that was stored is not there")
        return begun

    def position(self, source: str) -> int:
        """The last row that is staged."""
        last = sa.select(sa.func.coalesce(sa.func.max(StagedRow.row), 0)).where(StagedRow.source == source)
        return int(self._session.execute(last).scalar_one())

    def stage(self, source: str, items: Iterable[FeedItem | SkippedRow]) -> None:
        """Keep rows until all have been read."""
        out = io.StringIO()
        write = csv.writer(out).writerow
        for item in items:
            if isinstance(item, SkippedRow):
                write((source, item.row, item.line, None, False, None, item.reason))
            else:
                text = packed(item.product)
                write((source, item.row, item.line, item.product.id, item.variant, text, None))
        out.seek(0)
        # COPY takes a fifth of what inserting takes, and this is done for every row of every feed.
        columns = ", ".join(column.name for column in StagedRow.__table__.columns)
        connection: Any = self._session.connection().connection  # psycopg2's own, which has no types for COPY
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY feed_stage ({columns}) FROM STDIN (FORMAT csv)", out)

    def read_through(self, source: str) -> None:
        """All rows are staged: from here on they are written."""
        self._update(source, stage="writing", rows=self._staged(source))

    def has_products(self, source: str) -> bool:
        """Whether any staged row is a product."""
        found = (
            sa.select(StagedRow.row).where(StagedRow.source == source, StagedRow.product_id.is_not(None)).limit(1)
        )
        return self._session.execute(found).first() is not None

    def rows(self, source: str) -> int:
        """How many rows are staged."""
        return int(self._session.execute(sa.select(Feed.rows).where(Feed.source == source)).scalar_one())

    def written(self, source: str) -> int:
        """How many products have been compared."""
        done = sa.select(Feed.added + Feed.changed + Feed.unchanged).where(Feed.source == source)
        return int(self._session.execute(done).scalar_one())

    def write(self, source: str, most: int) -> bool:
        """Write the changes among the next `most` products; False when there were none left."""
        after = sa.select(Feed.written_to).where(Feed.source == source).scalar_subquery()
        of_feed = (StagedRow.source == source, StagedRow.reason.is_(None))
        ids = (
            sa.select(StagedRow.product_id)
            .where(*of_feed, StagedRow.product_id > after)
            .distinct()
            .order_by(StagedRow.product_id)
            .limit(most)
        )
        rank = sa.func.row_number().over(partition_by=StagedRow.product_id, order_by=StagedRow.row)
        ranked = sa.select(StagedRow, rank.label("rank")).where(*of_feed, StagedRow.product_id.in_(ids)).subquery()
        rows = self._session.execute(
            sa.select(ranked).where(ranked.c.rank <= MAX_ROWS_OF_ONE).order_by(ranked.c.product_id, ranked.c.row)
        ).all()
        if not rows:
            return False
        products: list[Product] = []
        for ident, group in groupby(rows, key=lambda row: row.product_id):
            same = list(group)
            product, repeated = joined([FeedItem(r.row, r.line, unpacked(r.product), r.variant) for r in same])
            products.append(product)
            if repeated or len(same) == MAX_ROWS_OF_ONE:
                self._leave_out(source, ident, [row.row for row in repeated], same[-1].row)
        known = self._products.known(product.id for product in products)
        new = [product for product in products if product.id not in known]
        changed = [p for p in products if p.id in known and packed(known[p.id]) != packed(p)]
        self._products.put([*new, *changed])
        self._update(
            source,
            written_to=products[-1].id,
            added=Feed.added + len(new),
            changed=Feed.changed + len(changed),
            unchanged=Feed.unchanged + len(products) - len(new) - len(changed),
        )
        return True

    def retire(self, source: str, *, however_many: bool = False) -> int | None:
        """Take what the feed no longer has off the shelves; returns how many, None when suspiciously many."""
        staged = sa.exists().where(StagedRow.source == source, StagedRow.product_id == ProductRow.id)
        on_sale = (ProductRow.source == source, ProductRow.in_stock.is_not(False))
        before = self._count(sa.select(ProductRow.id).where(*on_sale))
        gone = self._count(sa.select(ProductRow.id).where(*on_sale, ~staged))
        if gone > FEW and gone > SUSPICIOUS_LOSS * before and not however_many:
            return None
        self._session.execute(sa.update(ProductRow).where(*on_sale, ~staged).values(in_stock=False))
        self._update(source, retired=gone)
        return gone

    def left_out(self, source: str) -> Iterator[SkippedRow]:
        """The rows that were left out, in their order."""
        rows = self._session.execute(
            sa.select(StagedRow.row, StagedRow.reason, StagedRow.line)
            .where(StagedRow.source == source, StagedRow.reason.is_not(None))
            .order_by(StagedRow.row)
            .execution_options(yield_per=1000)
        )
        return (SkippedRow(row.row, row.reason, row.line) for row in rows)

    def finish(self, source: str) -> None:
        """Everything is written; the staged rows go."""
        self._session.execute(sa.delete(StagedRow).where(StagedRow.source == source))
        self._update(source, stage="done", error=None, tried_at=sa.func.now(), finished_at=sa.func.now())

    def tried(self, source: str, origin: str, error: str | None) -> None:
        """It was asked for: it has not changed, or `error` says why nothing came of it."""
        self._session.execute(
            insert(Feed)
            .values(source=source, origin=origin, fingerprint="", stage="done", error=error)
            .on_conflict_do_update(index_elements=["source"], set_={"tried_at": sa.func.now(), "error": error})
        )

    def _leave_out(self, source: str, product_id: str, rows: Sequence[int], last: int) -> None:
        self._session.execute(
            sa.update(StagedRow)
            .where(
                StagedRow.source == source,
                StagedRow.product_id == product_id,
                sa.or_(StagedRow.row.in_(rows), StagedRow.row > last),
            )
            .values(reason=_LATER)
        )

    def _staged(self, source: str) -> int:
        return self._count(sa.select(StagedRow.row).where(StagedRow.source == source))

    def _count(self, rows: sa.Select[Any]) -> int:
        return int(self._session.execute(sa.select(sa.func.count()).select_from(rows.subquery())).scalar_one())

    def _update(self, source: str, **values: Any) -> None:  # columns of the table, or expressions for them
        self._session.execute(
            sa.update(Feed)
            .where(Feed.source == source)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        self._session.expire_all()


def packed(product: Product) -> str:
    """The product as JSON, equal for equal products."""
    values = {name: value for name in _FIELDS if (value := getattr(product, name)) not in (None, (), "")}
    if product.price is not None:
        values["price"] = (product.price.minor, product.price.currency)
    return json.dumps(values, sort_keys=True, default=str)


def unpacked(text: str) -> Product:
    """What `packed` made."""
    values: dict[str, Any] = {name: _frozen(value) for name, value in json.loads(text).items()}
    if "price" in values:
        values["price"] = Money(*values["price"])
    return Product(**{"part": None, **values})


def _frozen(value: Any) -> Any:  # whatever JSON holds
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {name: _frozen(one) for name, one in value.items()}
    return value


def _record(row: Feed) -> FeedRecord:
    return FeedRecord(**{field.name: getattr(row, field.name) for field in fields(FeedRecord)})
