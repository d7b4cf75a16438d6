"""Who gets mail, and the mails on their way

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("person_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=True),
        sa.Column("weekday", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("day", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("hour", sa.Integer(), server_default=sa.text("9"), nullable=False),
        sa.Column("minute", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("timezone", sa.Text(), server_default=sa.text("'UTC'"), nullable=False),
        sa.Column("stop_token", sa.Text(), nullable=False),
        sa.Column("confirm_hash", sa.Text(), nullable=True),
        sa.Column("confirm_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "cadence IN ('daily', 'weekly', 'monthly', 'alert')", name=op.f("ck_subscriptions_cadence")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_subscriptions_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_subscriptions")),
    )
    op.create_index("ix_subscriptions_address", "subscriptions", [sa.text("lower(address)")])
    op.create_index(op.f("ix_subscriptions_confirm_hash"), "subscriptions", ["confirm_hash"])
    op.create_index(
        "ix_subscriptions_next", "subscriptions", ["next_at"], postgresql_where=sa.text("next_at IS NOT NULL")
    )
    op.create_index(op.f("ix_subscriptions_stop_token"), "subscriptions", ["stop_token"])
    op.create_table(
        "mails",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('digest', 'confirm', 'sign_in', 'ready', 'items')", name=op.f("ck_mails_kind")
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'sending', 'sent', 'failed', 'dropped', 'unknown')",
            name=op.f("ck_mails_status"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mails_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_mails_person_id_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_mails_ref")),
    )
    op.create_index("ix_mails_done", "mails", ["done_at"], postgresql_where=sa.text("done_at IS NOT NULL"))
    op.create_index(
        "ix_mails_next",
        "mails",
        ["priority", "available_at", "id"],
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index("ix_mails_sending", "mails", ["sending_at"], postgresql_where=sa.text("status = 'sending'"))
    op.create_table(
        "mail_stops",
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("complained", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_mail_stops")),
    )
    op.create_table(
        "mail_asks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_asks")),
    )
    op.create_index(op.f("ix_mail_asks_address_hash"), "mail_asks", ["address_hash"])
    op.create_index(op.f("ix_mail_asks_at"), "mail_asks", ["at"])


def downgrade() -> None:
    for table in ("mail_asks", "mail_stops", "mails", "subscriptions"):
        op.drop_table(table)
