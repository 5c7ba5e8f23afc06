"""What a card shows beside its short form, and how a ticket was closed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("face", sa.String(8), nullable=True))
    op.add_column("tickets", sa.Column("ending", sa.String(8), nullable=True))


def downgrade() -> None:
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("tickets", "ending")
    op.drop_column("tickets", "face")
