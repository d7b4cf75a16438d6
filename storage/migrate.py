"""Brings a database to the newest schema. Safe to run from many processes at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.config import sqlalchemy_url

_LOCK = 0x_FA54_10C0
"""Key of the advisory lock that lets one migration run at a time."""


_FOLDER = Path(__file__).parent / "migrations"


def alembic_config(connection: sa.Connection) -> Config:
    """Alembic's settings for this connection."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(database_url: str) -> None:
    """Run what is missing; nothing to do costs one query.

    Raises sqlalchemy.exc.OperationalError when the database does not answer.
    """
    engine = sa.create_engine(sqlalchemy_url(database_url), poolclass=sa.NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            command.upgrade(alembic_config(connection), "head")
    finally:
        engine.dispose()


def behind(connection: sa.Connection) -> bool:
    """Whether a migration of this program was not run. A database that knows later ones is not behind."""
    current, (newest, known) = MigrationContext.configure(connection).get_current_revision(), _migrations()
    return current != newest and (current is None or current in known)


@cache
def _migrations() -> tuple[str | None, frozenset[str]]:
    script = ScriptDirectory(str(_FOLDER))
    return script.get_current_head(), frozenset(one.revision for one in script.walk_revisions())
