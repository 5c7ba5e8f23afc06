"""The sign that customer or team have put on a line of the other side's."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("reaction", sa.String(16), nullable=True))


def downgrade() -> None:
    op.drop_column("messages", "reaction")
