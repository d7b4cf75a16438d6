"""Statements that are run for every message, made once: building one in Python takes longer than running it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.types import DateTime, Interval, TypeEngine

ID, JSON = PG_UUID(as_uuid=True), JSONB()
TIME, SPAN = DateTime(timezone=True), Interval()


def statement(sql: str, **types: TypeEngine[Any]) -> TextClause:
    """SQL as it is, with the types of those parameters that are neither text nor numbers."""
    return text(sql).bindparams(*(bindparam(name, type_=kind) for name, kind in types.items()))


def first_of(table: str, place: str) -> str:
    """Whether no older row of the table waits on the same channel with the same `place`: they go in order."""
    # A value, looked up by index: of EXISTS PostgreSQL makes a join, as its statistics say, and those of a queue
    # are always old. With 1,500 waiting events a claim took half a second so.
    return (
        f"(SELECT older.id FROM {table} older WHERE older.status = 'pending' AND older.channel = {table}.channel"  # noqa: S608 # our own words
        f" AND older.{place} = {table}.{place} AND older.id < {table}.id LIMIT 1) IS NULL"
    )
