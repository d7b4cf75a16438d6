"""Feeds and how far their import is, their rows on the way, and what products tell of stock and pictures

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("gtin", sa.Text(), nullable=True))
    op.add_column("products", sa.Column("in_stock", sa.Boolean(), nullable=True))
    op.add_column("products", sa.Column("unseen_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "feeds",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("written_to", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("added", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("changed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("retired", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("stage IN ('reading', 'writing', 'done')", name=op.f("ck_feeds_stage")),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_feeds")),
    )
    op.create_table(
        "feed_stage",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("row", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("variant", sa.Boolean(), nullable=False),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "row", name=op.f("pk_feed_stage")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_feed_stage_product", "feed_stage", ["source", "product_id", "row"])


def downgrade() -> None:
    op.drop_table("feed_stage")
    op.drop_table("feeds")
    op.drop_column("products", "unseen_until")
    op.drop_column("products", "in_stock")
    op.drop_column("products", "gtin")
