"""What is offered below lines where no messenger shows buttons, and where on a site its visitors write."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("message_id", BIG, sa.ForeignKey("messages.id"), autoincrement=False, nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_offers")),
    )
    op.create_table(
        "site_visitors",
        sa.Column("customer_id", BIG, sa.ForeignKey("customers.id"), autoincrement=False, nullable=False),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("page_title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_site_visitors")),
    )


def downgrade() -> None:
    op.drop_table("site_visitors")
    op.drop_table("offers")
