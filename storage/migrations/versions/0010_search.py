"""One index for all facets and words of a product, prices in its row, and the words that slips are compared with

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_PRICES = """
UPDATE products SET currency = offers.currency, price = offers.price_minor / CASE
    WHEN offers.currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND',
        'VUV', 'XAF', 'XOF', 'XPF') THEN 1.0
    WHEN offers.currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 1000.0 ELSE 100.0 END
FROM offers
WHERE offers.product_id = products.id AND offers.seller = products.source AND offers.price_minor IS NOT NULL
"""

_WORDS = """
INSERT INTO search_words
SELECT DISTINCT stem FROM products, unnest(tsvector_to_array(search)) AS stem WHERE stem ~ '^[[:alpha:]]+$'
"""


def upgrade() -> None:
    op.add_column("products", sa.Column("price", sa.Numeric(), nullable=True))
    op.add_column("products", sa.Column("currency", sa.Text(), nullable=True))
    op.create_table(
        "search_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
    )
    op.execute(_PRICES)
    op.execute(_WORDS)
    op.create_index(
        op.f("ix_search_words_word"),
        "search_words",
        ["word"],
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.drop_index("ix_products_title_trgm", table_name="products")
    op.drop_index(op.f("ix_products_search"), table_name="products")
    op.drop_index(op.f("ix_products_color"), table_name="products")
    op.drop_index(op.f("ix_products_category"), table_name="products")
    op.drop_index(op.f("ix_offers_price_minor"), table_name="offers")
    facets = (
        sa.text("(ARRAY[category])"),
        "color",
        sa.text("(ARRAY[pattern])"),
        "material",
        "sizes",
        sa.text("(ARRAY[lower(brand)])"),
        sa.text("(ARRAY[source])"),
        "search",
    )
    op.create_index("ix_products_facets", "products", list(facets), postgresql_using="gin")
    for column in ("price", "updated_at"):
        op.create_index(op.f(f"ix_products_category_{column}_id"), "products", ["category", column, "id"])


def downgrade() -> None:
    for name in ("ix_products_category_updated_at_id", "ix_products_category_price_id", "ix_products_facets"):
        op.drop_index(name, table_name="products")
    op.create_index(op.f("ix_offers_price_minor"), "offers", ["price_minor"])
    op.create_index(op.f("ix_products_category"), "products", ["category"])
    op.create_index(op.f("ix_products_color"), "products", ["color"], postgresql_using="gin")
    op.create_index(op.f("ix_products_search"), "products", ["search"], postgresql_using="gin")
    op.create_index(
        "ix_products_title_trgm",
        "products",
        ["title"],
        postgresql_using="gin",
        postgresql_ops={"title": "gin_trgm_ops"},
    )
    op.drop_table("search_words")
    op.drop_column("products", "currency")
    op.drop_column("products", "price")
