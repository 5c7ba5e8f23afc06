"""A scenario may have several answers; messages, tickets and verdicts say which. What a line quotes is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
GAIN = ("phrases", "templates", "messages", "tickets", "verdicts")


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column(
            "scenario",
            sa.String(80),
            sa.ForeignKey("scenarios.key", name=op.f("fk_answers_scenario_scenarios"), ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("priority", sa.String(8), nullable=True),
        sa.Column("action", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("scenario", "key", name=op.f("pk_answers")),
    )
    for table in GAIN:
        op.add_column(table, sa.Column("answer", sa.String(80), nullable=True))
    op.add_column("messages", sa.Column("quoted", sa.Text(), nullable=True))


def downgrade() -> None:
    # Plain, since a batch makes the tables anew on SQLite, and others point into them.
    op.drop_column("messages", "quoted")
    for table in reversed(GAIN):
        op.drop_column(table, "answer")
    op.drop_table("answers")
