"""Looks into the database from outside, and holds programs at a chosen point by locking what they write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2

from tests.programs import until


def query(url: str, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement, in a transaction of its own."""
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


@contextmanager
def barrier(url: str, table: str) -> Iterator[None]:
    """Nobody writes to the table inside the block; reading and claiming go on.

    A program that comes to its first write waits in the database, which is where the test finds it.
    """
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
        yield


def wait_until_held(url: str, table: str, application: str = "fashioncore") -> int:
    """The backend that waits at the barrier; fails when none comes."""
    held = (
        "SELECT a.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE NOT l.granted AND l.relation = %s::regclass AND a.application_name = %s"
    )
    rows = until(lambda: query(url, held, table, application), 20, f"nothing came to write to {table}", 0.02)
    pid: int = rows[0][0]
    return pid
