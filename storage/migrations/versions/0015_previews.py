"""Jobs that a quick engine has before a better one, and what their picture looks like so far

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KINDS = "'upload', 'photo', 'numbered', 'garment', 'result', 'catalogue'"


def upgrade() -> None:
    for name in ("preview_key", "next_queue", "sketch"):
        op.add_column("jobs", sa.Column(name, sa.Text(), nullable=True))
    _kinds(f"{_KINDS}, 'sketch'")


def downgrade() -> None:
    op.execute("DELETE FROM media WHERE kind = 'sketch'")
    _kinds(_KINDS)
    for name in ("sketch", "next_queue", "preview_key"):
        op.drop_column("jobs", name)


def _kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_media_kind"), "media")
    op.create_check_constraint(op.f("ck_media_kind"), "media", f"kind IN ({kinds})")
