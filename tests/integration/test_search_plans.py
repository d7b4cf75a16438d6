"""Search goes by its indexes and looks at a bounded number of products, however many match."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from catalog.query import query_from_slots
from catalog.types import Query, Usual
from storage.catalogue import StoredProducts
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.searching import WINDOW
from storage.unit_of_work import Database

COUNT = 20_000

FILL = """
INSERT INTO products (id, source, title, category, part, picture, color, pattern, material, gender, sizes, brand,
                      description, words, price, currency)
SELECT 'shop-' || lpad(n::text, 6, '0'), 'shop' || n / 5000, 'Garment number ' || n || ' with a ' || motif,
       kind, 'upper', 'p.jpg', ARRAY[shade], CASE n % 5 WHEN 0 THEN 'floral' ELSE 'solid' END,
       CASE n % 3 WHEN 0 THEN ARRAY['cotton'] ELSE '{}' END, CASE n % 4 WHEN 0 THEN 'women' WHEN 1 THEN 'men' END,
       ARRAY['M', 'L'], 'Brand ' || n % 97, 'It is what the picture shows.', kind || ' ' || shade, n % 300, 'EUR'
FROM (SELECT n, (ARRAY['t-shirt', 'dress', 'jeans', 'jacket'])[1 + n * 4 / 20000] AS kind,
             (ARRAY['black', 'white', 'red', 'navy'])[1 + n % 4] AS shade,
             (ARRAY['dragon', 'kangaroo', 'sailboat'])[1 + n % 3] AS motif
      FROM generate_series(0, 19999) AS n) AS drawn
"""
"""As feeds come: sorted by kind, so that reading from the start finds no jacket for long."""


@pytest.fixture(scope="module")
def database(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One with 20,000 products."""
    folder = tmp_path_factory.mktemp("media")
    config = StorageConfig(database_url=module_database_url, redis_url="redis://localhost/0", data=folder)
    database = Database(config, LocalMediaStore(folder))
    with database.unit_of_work() as uow:
        uow.session.execute(sa.text(FILL))
        uow.session.execute(sa.text("INSERT INTO search_words VALUES ('dragon'), ('kangaroo'), ('sailboat')"))
    with database.unit_of_work() as uow:
        uow.session.execute(sa.text("ANALYZE products"))
    yield database
    database.close()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query(category=("jacket",)), "ix_products_category_updated_at_id"),
        (Query(suited=("jacket", "dress"), usual=Usual(gender="men")), "ix_products_category_updated_at_id"),
        (Query(category=("clothing",)), "ix_products_facets"),
        (Query(category=("dress",), color=("white",), text="a white dress with a kangaroo"), "ix_products_facets"),
        (Query(brand=("brand 13",)), "ix_products_facets"),
        (Query(source=("shop2",), size=("XL",)), "ix_products_facets"),
        (Query(text="something with a kangaro"), "ix_products_facets"),
        (Query(pattern=("floral",), material=("cotton",), usual=Usual(gender="men")), "ix_products_facets"),
        (Query(category=("jacket",), sort="price_asc"), "ix_products_category_price_id"),
        (Query(category=("jacket",), sort="price_desc"), "ix_products_category_price_id"),
        (Query(category=("jeans", "jacket"), sort="newest"), "ix_products_category_updated_at_id"),
    ],
)
def test_a_search_reads_an_index_and_never_the_whole_table(database: Database, query: Query, index: str) -> None:
    nodes = _explained(database, query)
    assert index in {node.get("Index Name") for node in nodes}
    whole = [node for node in nodes if node["Node Type"] == "Seq Scan" and node["Relation Name"] == "products"]
    assert not whole
    # Of the rows of a bitmap at most the window is fetched; an index in order is left as soon as the page is full.
    read = [node for node in nodes if node.get("Relation Name") == "products"]
    rows = sum(node["Actual Rows"] + node.get("Rows Removed by Filter", 0) for node in read if _fetches(node))
    assert rows <= 2 * WINDOW


def test_the_total_is_counted_up_to_the_window(database: Database) -> None:
    index = StoredProducts(database)
    page = index.search(Query(category=("dress",)), 6)
    assert (page.total, len(page.products)) == (WINDOW, 6)
    assert index.search(Query(category=("dress",), brand=("brand 13",), color=("red",)), 6).total < WINDOW


def test_the_closest_come_first_however_many_match(database: Database) -> None:
    page = StoredProducts(database).search(query_from_slots("a white dress with a kangaroo, number 6913", {}), 6)
    assert page.products[0].id == "shop-006913"


@pytest.mark.parametrize(("sort", "first"), [("price_asc", 0), ("price_desc", 299)])
def test_the_cheapest_of_thousands_come_first_page_after_page(database: Database, sort: str, first: int) -> None:
    index = StoredProducts(database)
    pages = [index.search(Query(category=("jacket",), sort=sort), 6, offset).products for offset in (0, 6, 12)]
    ids = [product.id for page in pages for product in page]
    assert len(set(ids)) == 18
    with database.unit_of_work() as uow:
        prices = uow.session.scalars(
            sa.text("SELECT price FROM products WHERE id = ANY(:ids)"), {"ids": ids}
        ).all()
    assert {abs(int(price) - first) for price in prices} <= {0, 1}


def _explained(database: Database, query: Query) -> list[dict[str, Any]]:
    """The nodes of the plan of the last statement that searches for it, as it ran."""
    plans: list[list[dict[str, Any]]] = []

    def explain(
        connection: sa.Connection, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
    ) -> None:
        if "looked_at" in statement or "merged" in statement:
            found = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {_marked(statement)}", parameters)
            plan = found.scalar_one()
            plans.append(list(_nodes((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])))

    with database.unit_of_work() as uow:
        connection = uow.session.connection()
        sa.event.listen(connection, "before_cursor_execute", explain)
        try:
            assert uow.products.search(query, 6).products
        finally:
            sa.event.remove(connection, "before_cursor_execute", explain)
    return plans[-1]


def _marked(statement: str) -> str:
    # The listener sees its own statement too; under another name it passes.
    return statement.replace("looked_at", "looked").replace("merged", "joined")


def _fetches(node: dict[str, Any]) -> bool:
    return bool(node["Actual Loops"]) and node["Node Type"] != "Bitmap Index Scan"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)
