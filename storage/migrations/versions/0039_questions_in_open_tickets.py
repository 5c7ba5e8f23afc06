"""A question is a row of its own that waits for its group: what is asked in an open ticket is gathered, too."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOT_KNOWN = "('unsure', 'unanswerable', 'unfilled')"


COLUMNS = "ticket_id, message_id, group_id, language, text, space, vector, asked_at"


def upgrade() -> None:
    _put_aside()
    op.create_table(
        "unanswered",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=True),
        *_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
        *_keys(),
    )
    # A question keeps the number of its ticket: groups name their most typical one by it.
    op.execute(f"INSERT INTO unanswered (id, {COLUMNS}) SELECT ticket_id, {COLUMNS} FROM aside")  # noqa: S608  # constants
    op.drop_table("aside")
    op.execute(
        "INSERT INTO unanswered (id, ticket_id, message_id, language, asked_at) "  # noqa: S608  # a constant
        "SELECT tickets.id, tickets.id, MIN(messages.id), MIN(customers.language), MIN(tickets.opened_at) FROM tickets "
        "JOIN customers ON customers.id = tickets.customer_id "
        "JOIN messages ON messages.ticket_id = tickets.id AND messages.author = 'customer' AND messages.text <> '' "
        f"WHERE tickets.reason IN {NOT_KNOWN} AND tickets.id NOT IN (SELECT id FROM unanswered) GROUP BY tickets.id"
    )
    op.execute("DELETE FROM notebook WHERE name = 'unanswered_until'")
    for column in ("ticket_id", "group_id", "message_id"):
        op.create_index(f"ix_unanswered_{column}", "unanswered", [column])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('unanswered', 'id'), "
            "(SELECT COALESCE(MAX(id), 0) + 1 FROM unanswered), false)"
        )


def downgrade() -> None:
    _put_aside("WHERE group_id IS NOT NULL AND first_id IS NULL")
    op.create_table(
        "unanswered",
        *_columns(waits=False),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_unanswered")),
        *_keys(),
    )
    op.execute(f"INSERT INTO unanswered ({COLUMNS}) SELECT {COLUMNS} FROM aside")  # noqa: S608  # constants
    op.drop_table("aside")
    for column in ("group_id", "message_id"):
        op.create_index(f"ix_unanswered_{column}", "unanswered", [column])


def _put_aside(which: str = "") -> None:
    """Copy the rows and drop their table: one of the same names follows it."""
    op.create_table("aside", *_columns())
    op.execute(f"INSERT INTO aside ({COLUMNS}) SELECT {COLUMNS} FROM unanswered {which}")  # noqa: S608  # constants
    op.drop_table("unanswered")


def _columns(*, waits: bool = True) -> list[sa.Column[Any]]:
    """`waits`: a question may have no group yet."""
    empty = sa.text("''") if waits else None
    return [
        sa.Column("ticket_id", BIG_ID, nullable=False, autoincrement=False),
        sa.Column("message_id", BIG_ID, nullable=True),
        sa.Column("group_id", BIG_ID, nullable=waits),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, server_default=empty),
        sa.Column("space", sa.String(80), nullable=False, server_default=empty),
        sa.Column("vector", sa.LargeBinary(), nullable=waits),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _keys() -> list[sa.ForeignKeyConstraint]:
    to = {"ticket_id": "tickets", "message_id": "messages", "group_id": "question_groups"}
    return [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_unanswered_{column}_{table}"))
        for column, table in to.items()
    ]
