"""What customers say that their words are about, on the line itself; who took a label back, who confirmed it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("labels") as table:  # nothing points into it
        table.alter_column("ticket_id", existing_type=BIG_ID, nullable=True)
        table.alter_column("operator_id", existing_type=sa.BigInteger, nullable=True)
        table.alter_column("operator_name", existing_type=sa.Text, nullable=True)
        table.add_column(sa.Column("message_id", BIG_ID, nullable=True))
        table.add_column(sa.Column("retired_by", sa.Text, nullable=True))
        table.add_column(sa.Column("confirmed_by", sa.Text, nullable=True))
        table.create_foreign_key(op.f("fk_labels_message_id_messages"), "messages", ["message_id"], ["id"])
        table.create_check_constraint(op.f("ck_labels_belongs"), "ticket_id IS NOT NULL OR message_id IS NOT NULL")
    op.create_index("ix_labels_message_id", "labels", ["message_id"])


def downgrade() -> None:
    op.execute("DELETE FROM labels WHERE ticket_id IS NULL OR operator_id IS NULL OR operator_name IS NULL")
    op.drop_index("ix_labels_message_id", "labels")
    with op.batch_alter_table("labels") as table:
        table.drop_constraint(op.f("ck_labels_belongs"), type_="check")
        table.drop_constraint(op.f("fk_labels_message_id_messages"), type_="foreignkey")
        table.drop_column("confirmed_by")
        table.drop_column("retired_by")
        table.drop_column("message_id")
        table.alter_column("operator_name", existing_type=sa.Text, nullable=False)
        table.alter_column("operator_id", existing_type=sa.BigInteger, nullable=False)
        table.alter_column("ticket_id", existing_type=BIG_ID, nullable=False)
