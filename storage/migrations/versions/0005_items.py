"""Garments that people bring: their table, the kind of their pictures, and products found by their link

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("media_key", sa.Text(), nullable=False),
        sa.Column("color", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sizes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("part IN ('upper', 'lower', 'dress')", name=op.f("ck_items_part")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_items_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_items")),
    )
    op.create_index("ix_items_expiry", "items", ["expires_at"], postgresql_where=sa.text("expires_at IS NOT NULL"))
    # A hash: an address may be longer than what a tree takes.
    op.create_index(op.f("ix_offers_url"), "offers", ["url"], postgresql_using="hash")
    op.drop_constraint(op.f("ck_media_kind"), "media", type_="check")
    op.create_check_constraint(
        op.f("ck_media_kind"),
        "media",
        "kind IN ('upload', 'photo', 'numbered', 'garment', 'result', 'catalogue')",
    )


def downgrade() -> None:
    op.execute("DELETE FROM media WHERE kind = 'garment'")
    op.drop_constraint(op.f("ck_media_kind"), "media", type_="check")
    op.create_check_constraint(
        op.f("ck_media_kind"), "media", "kind IN ('upload', 'photo', 'numbered', 'result', 'catalogue')"
    )
    op.drop_index(op.f("ix_offers_url"), table_name="offers", postgresql_using="hash")
    op.drop_table("items")
