"""Every version of every scenario as a whole; what stands now is noted at the first start."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scenario_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_versions")),
    )
    op.create_index("ix_scenario_versions_scenario", "scenario_versions", ["scenario", "id"])


def downgrade() -> None:
    op.drop_table("scenario_versions")
