"""Which line a line answers, what it says beside its words, and which messages of the group speak to colleagues."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("reply_to_id", sa.BigInteger(), nullable=True))
    op.add_column("messages", sa.Column("told", sa.Text(), nullable=True))
    op.add_column("placements", sa.Column("notice", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("placements", "notice")
    op.drop_column("messages", "told")
    op.drop_column("messages", "reply_to_id")
