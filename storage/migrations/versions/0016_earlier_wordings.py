"""What lines said before their authors changed them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "earlier_wordings",
        sa.Column("id", big, nullable=False),
        sa.Column("message_id", big, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entities", sa.Text(), nullable=True),
        sa.Column("media", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_earlier_wordings_message_id_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_earlier_wordings"),
    )
    op.create_index("ix_earlier_wordings_message_id", "earlier_wordings", ["message_id"])


def downgrade() -> None:
    op.drop_table("earlier_wordings")
