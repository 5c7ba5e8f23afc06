"""What the team keeps in mind about a customer."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("note", sa.Text, nullable=True))


def downgrade() -> None:
    # Plain, since a batch makes the table anew on SQLite, and others point into it.
    op.drop_column("customers", "note")
