"""When a ticket is looked at next, since when a customer is awaited, and how satisfied customers were."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
GAIN = ("awaited_since", "warned_at", "due_at")
# Who is awaited already is given the whole time anew: an upgrade closes nothing at once.
AWAITED = "UPDATE tickets SET awaited_since = CURRENT_TIMESTAMP WHERE status <> 'closed' AND waiting_since IS NULL"
REMINDED = "UPDATE tickets SET reminders = 1 WHERE reminded_at IS NOT NULL"
HOURS = "UPDATE fact_definitions SET type = 'hours' WHERE key = 'hours' AND type = 'text'"
NO_HOURS = "UPDATE fact_definitions SET type = 'text' WHERE type = 'hours'"
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _index(column: str, name: str, condition: str) -> None:
    op.create_index(name, "tickets", [column], sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def upgrade() -> None:
    for column in GAIN:
        op.add_column("tickets", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("reminders", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.execute(AWAITED)
    op.execute(REMINDED)
    op.execute(HOURS)
    op.drop_index("ix_tickets_snoozed", "tickets")
    _index("due_at", "ix_tickets_due", "due_at IS NOT NULL")
    op.create_table(
        "ratings",
        sa.Column("ticket_id", BIG, sa.ForeignKey("tickets.id"), autoincrement=False, nullable=False),
        sa.Column("customer_id", BIG, sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column("operator_name", sa.Text(), nullable=True),
        sa.Column("scenario", sa.String(80), nullable=True),
        sa.Column("answer", sa.String(80), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment_id", BIG, sa.ForeignKey("messages.id"), nullable=True),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_ratings_score")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ratings")),
    )
    op.create_index("ix_ratings_customer_id", "ratings", ["customer_id", "asked_at"])
    op.create_index("ix_ratings_rated_at", "ratings", ["rated_at"])
    op.create_index("ix_ratings_comment_id", "ratings", ["comment_id"])


def downgrade() -> None:
    op.execute(NO_HOURS)
    op.drop_table("ratings")
    op.drop_index("ix_tickets_due", "tickets")
    _index("snoozed_until", "ix_tickets_snoozed", "status <> 'closed' AND snoozed_until IS NOT NULL")
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("tickets", "reminders")
    for column in reversed(GAIN):
        op.drop_column("tickets", column)
