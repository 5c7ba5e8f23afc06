"""Who has acted as an operator, what lines were signed with, and what keeps the answers to it inside."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Whoever has a ticket, or had one last, has acted. Anonymous admins (below zero) are nobody in particular.
KNOWN = """
INSERT INTO operators (id, name, acted_at)
SELECT tickets.operator_id, COALESCE(tickets.operator_name, ''), COALESCE(tickets.taken_at, tickets.opened_at)
FROM tickets JOIN (
    SELECT operator_id, max(id) AS newest FROM tickets WHERE operator_id > 0 GROUP BY operator_id
) AS last ON last.newest = tickets.id
"""


def upgrade() -> None:
    op.create_table(
        "operators",
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("alias", sa.Text, nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operators"),
    )
    op.execute(KNOWN)
    op.add_column("messages", sa.Column("signed", sa.Text, nullable=True))
    op.add_column("placements", sa.Column("inside", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("placements", "inside")
    op.drop_column("messages", "signed")
    op.drop_table("operators")
