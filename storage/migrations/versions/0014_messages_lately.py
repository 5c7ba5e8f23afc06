"""What a customer wrote lately is found without going through all that they ever wrote."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_messages_lately", "messages", ["customer_id", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_messages_lately", "messages")
