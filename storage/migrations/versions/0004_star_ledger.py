"""The ledger of try-ons that are paid for with Telegram Stars

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "star_ledger",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("free", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('paid', 'refunded', 'spent', 'free', 'returned')", name=op.f("ck_star_ledger_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_ledger")),
        sa.UniqueConstraint("ref", name=op.f("uq_star_ledger_ref")),
    )
    op.create_index(op.f("ix_star_ledger_account"), "star_ledger", ["account", "at"])


def downgrade() -> None:
    op.drop_table("star_ledger")
