"""What people know of products that they saved, and what mails suggested to them

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_products",
        sa.Column("person_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sizes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_told_products_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_told_products_product_id_products"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "product_id", name=op.f("pk_told_products")),
    )
    op.create_index(op.f("ix_told_products_product_id"), "told_products", ["product_id"])
    # What is saved already is known as it is today: only what changes from here on is news.
    op.execute(
        "INSERT INTO told_products (person_id, product_id, price_minor, currency, gone, sizes)"
        " SELECT f.person_id, p.id, o.price_minor, o.currency, coalesce(NOT p.in_stock, false), p.sizes"
        " FROM favourites f JOIN products p ON p.id = f.product_id"
        " LEFT JOIN offers o ON o.product_id = p.id AND o.seller = p.source"
    )


def downgrade() -> None:
    op.drop_table("told_products")
