"""To which operator group a ticket belongs, and in which fixed topic of it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("group_id", sa.BigInteger(), nullable=True))
    op.add_column("tickets", sa.Column("thread_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("tickets", "thread_id")
    op.drop_column("tickets", "group_id")
