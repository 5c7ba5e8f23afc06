"""How sure an engine was of the very text, beside how sure it was of the scenario."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("verdicts", sa.Column("answer_confidence", sa.Float(), nullable=True))


def downgrade() -> None:
    op.drop_column("verdicts", "answer_confidence")
