"""Since when each answer is given as it is, and a way to the last answers of the bot to one question."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None
ANSWERS = "kind = 'answer'"


def upgrade() -> None:
    op.create_table(
        "answer_trust",
        sa.Column("place", sa.String(168), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_of", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_answer_trust")),
    )
    op.create_index(
        "ix_messages_answers",
        "messages",
        ["scenario", "answer", "id"],
        sqlite_where=sa.text(ANSWERS),
        postgresql_where=sa.text(ANSWERS),
    )


def downgrade() -> None:
    op.drop_index("ix_messages_answers", "messages")
    op.drop_table("answer_trust")
