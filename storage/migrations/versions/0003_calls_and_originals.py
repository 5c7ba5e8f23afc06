"""Calls begun, the calls of a group's minute, a leader's term, and what a message carried beside its words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.add_column(sa.Column("calls", sa.SmallInteger(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("messages") as batch_op:
        batch_op.add_column(sa.Column("entities", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("forwarded_from", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("album", sa.String(length=64), nullable=True))
    op.create_table(
        "group_calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_calls")),
    )
    op.create_index("ix_group_calls_window", "group_calls", ["chat_id", "called_at"])
    op.create_table(
        "leadership",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leadership")),
    )


def downgrade() -> None:
    op.drop_table("leadership")
    op.drop_index("ix_group_calls_window", table_name="group_calls")
    op.drop_table("group_calls")
    # Plain, since a batch makes the table anew on SQLite, and other tables point into this one.
    for column in ("album", "forwarded_from", "entities"):
        op.drop_column("messages", column)
    for column in ("called_at", "calls"):
        op.drop_column("outbox", column)
