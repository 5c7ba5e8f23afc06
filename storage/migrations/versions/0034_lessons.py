"""Replies that an operator may teach the bot."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "lessons",
        sa.Column("ticket_id", BIG_ID, nullable=False, autoincrement=False),
        sa.Column("message_id", BIG_ID, nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undo", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_lessons")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_lessons_ticket_id_tickets")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_lessons_message_id_messages")),
        sa.CheckConstraint(
            "state IN ('offered', 'taught', 'declined', 'ignored', 'passed')", name=op.f("ck_lessons_state")
        ),
    )
    op.create_index("ix_lessons_message_id", "lessons", ["message_id"])


def downgrade() -> None:
    op.drop_table("lessons")
