"""What is asked and not answered, in groups of one meaning."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "question_groups",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=True),
        sa.Column("answer", sa.String(80), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo", sa.Text(), nullable=True),
        sa.Column("space", sa.String(80), nullable=False),
        sa.Column("centre", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("typical_id", sa.BigInteger(), nullable=True),
        sa.Column("offered", sa.SmallInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_groups")),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'placed', 'foreign', 'hidden')", name=op.f("ck_question_groups_state")
        ),
    )
    op.create_table(
        "unanswered",
        sa.Column("ticket_id", BIG_ID, nullable=False, autoincrement=False),
        sa.Column("message_id", BIG_ID, nullable=True),
        sa.Column("group_id", BIG_ID, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("space", sa.String(80), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_unanswered")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_unanswered_ticket_id_tickets")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_unanswered_message_id_messages")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["question_groups.id"], name=op.f("fk_unanswered_group_id_question_groups")
        ),
    )
    op.create_index("ix_unanswered_group_id", "unanswered", ["group_id"])
    op.create_index("ix_unanswered_message_id", "unanswered", ["message_id"])


def downgrade() -> None:
    op.drop_table("unanswered")
    op.drop_table("question_groups")
