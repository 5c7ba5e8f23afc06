"""Answers that the team has written for itself; who is banned, since when and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
BANNED = sa.text("banned_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
    )
    op.add_column("customers", sa.Column("banned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customers", sa.Column("banned_by", sa.Text, nullable=True))
    op.create_index("ix_customers_banned_at", "customers", ["banned_at"], sqlite_where=BANNED, postgresql_where=BANNED)


def downgrade() -> None:
    op.drop_index("ix_customers_banned_at", "customers")
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("customers", "banned_by")
    op.drop_column("customers", "banned_at")
    op.drop_table("canned_replies")
