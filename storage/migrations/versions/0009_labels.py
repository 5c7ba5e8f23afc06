"""Where in a menu a card is, and what operators say that a ticket is about."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("tickets", sa.Column("menu", sa.String(24), nullable=True))
    op.create_table(
        "labels",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("ticket_id", BIG_ID, nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=True),
        sa.Column("answer", sa.String(80), nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("operator_id", sa.BigInteger, nullable=False),
        sa.Column("operator_name", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_labels"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_labels_ticket_id_tickets"),
    )
    op.create_index("ix_labels_ticket_id", "labels", ["ticket_id"])


def downgrade() -> None:
    op.drop_table("labels")
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("tickets", "menu")
