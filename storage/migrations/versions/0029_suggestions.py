"""Answers that the bot proposes, what people have done with them, and since when each answer is trusted as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ANSWERS = "kind = 'answer'"


def upgrade() -> None:
    op.create_table(
        "suggestions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("message_id", BIG, nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("answer", sa.String(80), nullable=True),
        sa.Column("edited_by", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.String(8), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_suggestions_ticket_id_tickets")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_suggestions_message_id_messages")),
    )
    op.create_index("ix_suggestions_ticket_id", "suggestions", ["ticket_id"])
    op.create_index("ix_suggestions_message_id", "suggestions", ["message_id"])
    op.create_index("ix_suggestions_scenario", "suggestions", ["scenario", "answer", "decided_at"])


def downgrade() -> None:
    op.drop_table("suggestions")
