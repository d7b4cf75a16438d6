"""Everything kept about one person, and counts over all of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from storage import tallies
from storage.belongings import WITHHELD, rows_of
from storage.house_key import HouseKey
from storage.tables import Base, Conversation, Job, ModelUse, Person, Photo, Result

_MODEL_USE = ("messages", "tokens", "micro_usd")


def export_person(session: Session, house: HouseKey, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person by table name, but for what opens their pictures; empty when there is nobody."""
    found = rows_of(session, house, person_id)
    for table, columns in WITHHELD.items():
        for row in found.get(table, ()):
            for column in columns:
                del row[column]
    return found


POPULAR = 10
"""Items and shops that are named."""


def happened(session: Session, days: int) -> dict[str, Any]:
    """What people did in so many days up to today: each day, why try-ons failed, and what was popular."""
    counted = tallies.since(session, days)

    def by(*whats: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in counted:
            if one.what in whats:
                found[one.subject] += one.count
        return found

    def row(day: date) -> dict[str, Any]:
        of = [one for one in counted if one.day == day]

        def total(what: str, subject: str | None = None) -> int:
            return sum(one.count for one in of if one.what == what and subject in (None, one.subject))

        return {
            "day": day.isoformat(),
            "came": total("came"),
            "new": total("new"),
            "asked": total("asked"),
            **{status: total("tryon", status) for status in ("done", "failed", "cancelled")},
            "clicks": total("click"),
        }

    popular = by("asked").most_common(POPULAR)
    names = tallies.titles(session, [ident for ident, _ in popular])
    return {
        "days": [row(day) for day in sorted({one.day for one in counted})],
        "channels": dict(by("came").most_common()),
        "failures": dict(by("failure").most_common()),
        "items": [{"id": ident, "title": names.get(ident, ident), "asked": times} for ident, times in popular],
        "clicks": dict(by("click").most_common(POPULAR)),
    }


def statistics(session: Session) -> dict[str, Any]:
    """Counts without names: people, conversations, photos, results, try-ons by status and by failure."""

    def count(table: Table | type[Base]) -> int:
        return session.execute(select(func.count()).select_from(table)).scalar_one()

    def by(column: Any) -> dict[str, int]:
        rows = session.execute(select(column, func.count()).where(column.is_not(None)).group_by(column))
        return {str(value): number for value, number in rows.all()}

    columns = [func.coalesce(func.sum(getattr(ModelUse, name)), 0) for name in _MODEL_USE]
    spent = session.execute(
        select(*columns).where(ModelUse.day == func.date(func.timezone("UTC", func.now())))
    ).one()
    seconds = func.extract("epoch", Job.finished_at - Job.started_at)
    median = session.execute(
        select(func.percentile_cont(0.5).within_group(seconds)).where(Job.status == "done")
    ).scalar_one()
    return {
        "people": count(Person),
        "conversations": count(Conversation),
        "photos": count(Photo),
        "results": count(Result),
        "tryons": by(Job.status),
        "failures": by(Job.error_code),
        "model_today": {name: int(total) for name, total in zip(_MODEL_USE, spent, strict=True)},
        "median_render_seconds": None if median is None else round(float(median), 2),
    }
