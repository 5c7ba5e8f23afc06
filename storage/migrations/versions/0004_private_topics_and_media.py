"""The topic of a private chat that a customer writes in, and which file a message shows."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("topic_id", sa.BigInteger(), nullable=True))
    op.add_column("messages", sa.Column("media", sa.Text(), nullable=True))


def downgrade() -> None:
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("messages", "media")
    op.drop_column("customers", "topic_id")
