"""An index that holds the order of the inbox, so that a page of it is read and nothing is sorted."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

URGENCY = (
    "(CASE priority WHEN 'low' THEN 0 WHEN 'medium' THEN -1 WHEN 'high' THEN -2 WHEN 'critical' THEN -3 ELSE 0 END)"
)
IDLE = "(CASE WHEN waiting_since IS NOT NULL AND snoozed_at IS NULL THEN 0 ELSE 1 END)"
SINCE = "(coalesce(waiting_since, opened_at))"
BESIDE = ("id", "priority", "waiting_since", "snoozed_at", "opened_at", "operator_id", "status")


def upgrade() -> None:
    open_ones = sa.text("status <> 'closed'")
    op.create_index(
        "ix_tickets_inbox",
        "tickets",
        [sa.text(URGENCY), sa.text(IDLE), sa.text(SINCE), *BESIDE],
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_inbox", "tickets")
