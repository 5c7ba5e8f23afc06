"""Tokens beside the cost of a verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("verdicts") as batch_op:
        batch_op.add_column(sa.Column("tokens_in", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("tokens_out", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("verdicts") as batch_op:
        batch_op.drop_column("tokens_out")
        batch_op.drop_column("tokens_in")
