"""Which trail a row belongs to, from an event to the message that answers it

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TABLES = ("inbox", "outbox", "jobs", "mails")


def upgrade() -> None:
    for name in _TABLES:
        op.add_column(name, sa.Column("trail", sa.Text(), nullable=True))


def downgrade() -> None:
    for name in _TABLES:
        op.drop_column(name, "trail")
