"""Who speaks where an answer fits: people, people with the text before them, or the bot, as it always did."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None
TABLES = ("scenarios", "answers")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("mode", sa.String(8), server_default=sa.text("'auto'"), nullable=False))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "mode")
