"""Looks into the database from outside, and holds programs at a chosen point by locking what they write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any

import psycopg2
import psycopg2.extensions

from tests.programs import until


@lru_cache(maxsize=1)
def _connection(url: str) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    return connection


def query(url: str, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement, in a transaction of its own. The connection is kept: tests ask many times a second,
    and proving the password took more than the answer.
    """

    def rows() -> list[tuple[Any, ...]]:
        with _connection(url).cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    try:
        return rows()
    except (psycopg2.OperationalError, psycopg2.InterfaceError):
        _connection.cache_clear()  # the server was started again since
        return rows()


@contextmanager
def barrier(url: str, table: str) -> Iterator[None]:
    """Nobody writes to the table inside the block; reading and claiming go on.

    A program that comes to its first write waits in the database, which is where the test finds it.
    """
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '60s'")
        cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
        yield


def wait_until_held(url: str, table: str, application: str = "fashioncore") -> int:
    """The backend that waits at the barrier; fails when none comes."""
    held = (
        "SELECT a.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE NOT l.granted AND l.relation = %s::regclass AND a.application_name = %s"
    )
    rows = until(lambda: query(url, held, table, application), 60, f"nothing came to write to {table}", 0.02)
    pid: int = rows[0][0]
    return pid
