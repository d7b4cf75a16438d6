"""The installation's own key, and which hashes were made without it

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = op.create_table(
        "house_keys",
        sa.Column("id", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_house_keys_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_keys")),
    )
    op.bulk_insert(kept, [{"wrapped": "plain:" + urlsafe_b64encode(secrets.token_bytes(32)).decode()}])
    op.create_index(
        "ix_mail_stops_plain", "mail_stops", ["at"], postgresql_where=sa.text("length(address_hash) = 64")
    )


def downgrade() -> None:
    op.drop_index("ix_mail_stops_plain", "mail_stops")
    op.drop_table("house_keys")
