"""Conversations that their owner has left are found without looking at all customers."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

THERE = sa.text("owner_until IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_customers_owner_until", "customers", ["owner_until"], sqlite_where=THERE, postgresql_where=THERE
    )


def downgrade() -> None:
    op.drop_index("ix_customers_owner_until", table_name="customers")
