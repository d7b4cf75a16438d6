"""The migrations make exactly the tables that the code declares."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import psycopg2
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from catalog.samples import sample_products
from catalog.types import Money
from storage.config import sqlalchemy_url
from storage.migrate import alembic_config, upgrade
from storage.products import PostgresProductIndex
from storage.tables import Base


def test_a_migrated_database_has_the_declared_tables(database_url: str) -> None:
    engine = sa.create_engine(sqlalchemy_url(database_url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_eight_processes_may_migrate_at_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(upgrade, [empty_database_url] * 8))
    with closing(psycopg2.connect(empty_database_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alembic_version")
        assert cursor.fetchone() == (1,)


def test_products_and_prices_outlive_going_back_to_before_search_and_forward(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = sa.create_engine(sqlalchemy_url(empty_database_url), poolclass=sa.NullPool)
    prices = (Money(1050, "EUR"), Money(1200, "JPY"), Money(3250, "KWD"), None)
    stock = [replace(product, price=prices[at % 4]) for at, product in enumerate(sample_products())]
    with Session(engine) as session, session.begin():
        PostgresProductIndex(session).put(stock)
    before = _stocked(engine)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0008")
    upgrade(empty_database_url)
    assert len(before) > len(stock)
    assert _stocked(engine) == before
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def _stocked(engine: sa.Engine) -> set[tuple[object, ...]]:
    """What search reads of products, and the words it knows."""
    with engine.connect() as connection:
        products = connection.execute(sa.text("SELECT id, price, currency, color, search::text FROM products"))
        words = connection.execute(sa.text("SELECT word FROM search_words"))
        return {(row[0], row[1], row[2], tuple(row[3]), row[4]) for row in products} | {
            tuple(row) for row in words
        }


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_any_spelling_of_a_postgresql_url_uses_our_driver(scheme: str) -> None:
    assert sqlalchemy_url(f"{scheme}://u:p@h/d").drivername == "postgresql+psycopg2"


def test_another_database_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="mysql"):
        sqlalchemy_url("mysql://u@h/d")
