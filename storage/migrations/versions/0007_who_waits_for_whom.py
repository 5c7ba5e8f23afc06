"""Since when a customer waits, when operators wrote to them, and what was put off until when."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
GAIN = ("waiting_since", "answered_at", "replied_at", "followed_up_at", "snoozed_at", "snoozed_until")

# An operator's line that has become a note was never meant for the customer.
REPLIES = """
UPDATE tickets SET
    answered_at = (
        SELECT min(messages.created_at) FROM messages
        WHERE messages.ticket_id = tickets.id AND messages.author = 'operator' AND messages.kind <> 'note'
    ),
    replied_at = (
        SELECT max(messages.created_at) FROM messages
        WHERE messages.ticket_id = tickets.id AND messages.author = 'operator' AND messages.kind <> 'note'
    )
"""
# Whoever wrote after the last answer waits since the first such line; who was never answered, since the opening.
WAITS = """
UPDATE tickets SET waiting_since = CASE WHEN replied_at IS NULL THEN opened_at ELSE (
    SELECT min(messages.created_at) FROM messages
    WHERE messages.ticket_id = tickets.id AND messages.author = 'customer' AND messages.kind <> 'command'
    AND messages.created_at > tickets.replied_at
) END
WHERE status <> 'closed'
"""


def _index(name: str, column: str, condition: str) -> None:
    op.create_index(name, "tickets", [column], sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def upgrade() -> None:
    for column in GAIN:
        op.add_column("tickets", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.execute(REPLIES)
    op.execute(WAITS)
    op.drop_index("ix_tickets_waiting", "tickets")
    _index("ix_tickets_waiting", "waiting_since", "status <> 'closed' AND waiting_since IS NOT NULL")
    _index("ix_tickets_snoozed", "snoozed_until", "status <> 'closed' AND snoozed_until IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_tickets_snoozed", "tickets")
    op.drop_index("ix_tickets_waiting", "tickets")
    _index("ix_tickets_waiting", "opened_at", "status = 'open' AND reminded_at IS NULL")
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    for column in reversed(GAIN):
        op.drop_column("tickets", column)
