"""Versions of what was learned from labels."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None
BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "learnings",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("upto", sa.BigInteger, nullable=False),
        sa.Column("held", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnings")),
    )


def downgrade() -> None:
    op.drop_table("learnings")
