"""The latest pictures of a queue by an index: whoever waits is told how long those took

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_jobs_latest", "jobs", ["queue", "finished_at"], postgresql_where=sa.text("status = 'done'")
    )


def downgrade() -> None:
    op.drop_index("ix_jobs_latest", table_name="jobs")
