"""Statements that are run for every message, made once: building one in Python takes longer than running it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, TextClause, bindparam, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Interval, TypeEngine

from storage.tables import InboxRow, OutboxRow

ID, JSON = PG_UUID(as_uuid=True), JSONB()
TIME, SPAN = DateTime(timezone=True), Interval()


def statement(sql: str, **types: TypeEngine[Any]) -> TextClause:
    """SQL as it is, with the types of those parameters that are neither text nor numbers."""
    return text(sql).bindparams(*(bindparam(name, type_=kind) for name, kind in types.items()))


def first_of(row: type[InboxRow] | type[OutboxRow], place: str) -> ColumnElement[bool]:
    """Whether no older row waits on the same channel with the same `place`, a column: those of one go in order.

    To be made once, while there is one thread: a fresh alias copies every column, which takes longer than the
    statement it is for, and completes itself at its first use, which two threads at once leave broken.
    """
    older = aliased(row)
    # A value, looked up by index: of EXISTS PostgreSQL makes a join, as its statistics say, and those of a queue
    # are always old. With 1,500 waiting events a claim took half a second so.
    waiting = (
        select(older.id)
        .where(
            older.status == "pending",
            older.channel == row.channel,
            getattr(older, place) == getattr(row, place),
            older.id < row.id,
        )
        .limit(1)
        .correlate(row)
        .scalar_subquery()
    )
    return waiting.is_(None)
