"""Brings a database to the newest schema. Safe to run from many processes at once."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from storage.config import sqlalchemy_url

_LOCK = 0x_FA54_10C0
"""Key of the advisory lock that lets one migration run at a time."""


def alembic_config(connection: sa.Connection) -> Config:
    """Alembic's settings for this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
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
