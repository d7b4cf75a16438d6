"""What people did, a day at a time and without whom: nothing leads to a person, so erasing one changes nothing.

Counting appends a row, so that nobody waits for anybody; workers fold the rows of a day together now and then.
Subjects are channels, reasons, shops of our catalogue and ids of its products, never anything of a person's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from storage.tables import ProductRow, Tally

What = Literal["new", "came", "asked", "tryon", "failure", "click"]
"""`new`, `came`: people of a channel, once a day. `asked`: try-ons of a product. `tryon`: how they ended;
`failure`: why not well. `click`: a way to a shop.
"""

OWN_ITEM = "own"
"""The subject that stands for whatever somebody brought."""

_COUNT = sa.text("INSERT INTO tallies (what, subject) SELECT unnest(CAST(:what AS text[])), :subject")
_FOLD = sa.text(
    """
    WITH gone AS (
        DELETE FROM tallies t USING (
            SELECT day, what, subject FROM tallies WHERE day >= (now() AT TIME ZONE 'UTC')::date - 1
            GROUP BY day, what, subject HAVING count(*) > 1
        ) often
        WHERE (t.day, t.what, t.subject) = (often.day, often.what, often.subject)
        RETURNING t.day, t.what, t.subject, t.count
    )
    INSERT INTO tallies (day, what, subject, count)
    SELECT day, what, subject, sum(count) FROM gone GROUP BY day, what, subject
    """
)


def count(session: Session, what: What, subject: str, *more: What) -> None:
    """It happened once more today, and `more` of the same subject."""
    session.execute(_COUNT, {"what": [what, *more], "subject": subject})


def count_visit(session: Session, channel: str, before: float | None, now: datetime) -> None:
    """Somebody is here, who was here `before` (s since the epoch), or never: counted once a day."""
    if before is None:
        count(session, "new", channel, "came")
    elif datetime.fromtimestamp(before, UTC).date() != now.astimezone(UTC).date():
        count(session, "came", channel)


def fold(session: Session) -> None:
    """Put the rows of today and yesterday together."""
    session.execute(_FOLD)


@dataclass(frozen=True, slots=True)
class Counted:
    """So often on that day."""

    day: date
    what: str
    subject: str
    count: int


def since(session: Session, days: int) -> list[Counted]:
    """Everything of so many days up to today (UTC), oldest first."""
    first = datetime.now(UTC).date() - timedelta(days=days - 1)
    whole = sa.func.sum(Tally.count)
    rows = session.execute(
        sa.select(Tally.day, Tally.what, Tally.subject, whole)
        .where(Tally.day >= first)
        .group_by(Tally.day, Tally.what, Tally.subject)
        .order_by(Tally.day, Tally.what, whole.desc(), Tally.subject)
    )
    return [Counted(day, what, subject, int(times)) for day, what, subject, times in rows]


def titles(session: Session, ids: list[str]) -> dict[str, str]:
    """What products are called, as far as there still are such."""
    rows = session.execute(sa.select(ProductRow.id, ProductRow.title).where(ProductRow.id.in_(ids)))
    return {ident: title for ident, title in rows}
