"""Why something was decided, apart from the words of one language."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("verdicts", sa.Column("grounds", sa.Text(), nullable=True))
    op.add_column("tickets", sa.Column("grounds", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("tickets", "grounds")
    op.drop_column("verdicts", "grounds")
