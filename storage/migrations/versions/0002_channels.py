"""What platforms have of us: sent messages, pictures they keep, and the order of sending

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outbox",
        sa.Column("order_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.add_column("outbox", sa.Column("cause", sa.Text(), nullable=True))
    op.drop_column("outbox", "provider_message_id")
    op.create_index(
        "ix_outbox_next", "outbox", ["channel", "order_at", "id"], postgresql_where=sa.text("status = 'pending'")
    )
    op.create_table(
        "sent_messages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.UUID(), nullable=False),
        sa.Column("turn_id", sa.UUID(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_sent_messages_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_sent_messages_turn_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_messages")),
        sa.UniqueConstraint("turn_id", "part", name=op.f("uq_sent_messages_turn_id_part")),
    )
    op.create_index(
        op.f("ix_sent_messages_channel_place_message_id"), "sent_messages", ["channel", "place", "message_id"]
    )
    op.create_index(op.f("ix_sent_messages_conversation_id"), "sent_messages", ["conversation_id"])
    op.create_table(
        "provider_files",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("media_key", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("channel", "media_key", name=op.f("pk_provider_files")),
    )


def downgrade() -> None:
    op.drop_table("provider_files")
    op.drop_table("sent_messages")
    op.drop_index("ix_outbox_next", table_name="outbox")
    op.add_column("outbox", sa.Column("provider_message_id", sa.Text(), nullable=True))
    op.drop_column("outbox", "cause")
    op.drop_column("outbox", "order_at")
