"""An index for free try-ons whose time is over: the rest of the ledger, which stays, is not read to find them

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_star_ledger_free", "star_ledger", ["at"], postgresql_where=sa.text("credits = 0 AND stars = 0")
    )


def downgrade() -> None:
    op.drop_index("ix_star_ledger_free", table_name="star_ledger")
