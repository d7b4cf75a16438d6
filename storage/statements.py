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
