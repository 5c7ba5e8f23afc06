"""The icon of a ticket's topic, the formatting of what its card quotes, and in which topic customers write."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("topic_icon", sa.String(8), nullable=True))
    op.add_column("tickets", sa.Column("question_looks", sa.Text(), nullable=True))
    op.add_column("messages", sa.Column("topic_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_tickets_icon_left",
        "tickets",
        ["id"],
        sqlite_where=sa.text("status = 'closed' AND topic_icon <> 'closed'"),
        postgresql_where=sa.text("status = 'closed' AND topic_icon <> 'closed'"),
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_icon_left", "tickets")
    op.drop_column("messages", "topic_id")
    op.drop_column("tickets", "question_looks")
    op.drop_column("tickets", "topic_icon")
