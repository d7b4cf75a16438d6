"""Products that a shop told live: how it is asked again, and until when what it told may be shown

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("ref", sa.Text(), nullable=True))
    op.add_column("products", sa.Column("shop", sa.Text(), nullable=True))
    op.add_column("products", sa.Column("disclosure", sa.Text(), nullable=True))
    op.add_column("products", sa.Column("picture_kept", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("products", sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("products", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_products_told", "products", ["told_at"], postgresql_where=sa.text("told_at IS NOT NULL"))


def downgrade() -> None:
    op.execute("DELETE FROM products WHERE told_at IS NOT NULL")
    op.drop_index("ix_products_told", table_name="products")
    for name in ("told_at", "fresh_until", "picture_kept", "disclosure", "shop", "ref"):
        op.drop_column("products", name)
