"""Who of the team did what."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column("operator_name", sa.Text(), nullable=False),
        sa.Column("place", sa.String(8), nullable=False),
        sa.Column("deed", sa.String(24), nullable=False),
        sa.Column("ticket_id", BIG, sa.ForeignKey("tickets.id"), nullable=True),
        sa.Column("customer_id", BIG, sa.ForeignKey("customers.id"), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_ticket_id", "audit", ["ticket_id"])
    op.create_index("ix_audit_customer_id", "audit", ["customer_id"])


def downgrade() -> None:
    op.drop_table("audit")
