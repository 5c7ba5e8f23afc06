"""What a model has cost beside its verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "spendings",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spendings")),
        sa.CheckConstraint("purpose IN ('phrasings')", name=op.f("ck_spendings_purpose")),
    )
    op.create_index("ix_spendings_created_at", "spendings", ["created_at"])


def downgrade() -> None:
    op.drop_table("spendings")
