"""The set-up: pairs of the owner's file. Who has customers already is set up."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "setup_pairs",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("likely", sa.Text(), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=True),
        sa.Column("target", sa.String(80), nullable=True),
        sa.Column("own_text", sa.Boolean(), nullable=False),
        sa.Column("phrasings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_pairs")),
    )
    op.execute(
        "INSERT INTO notebook (name, text) SELECT 'setup', '{\"complete\": true}' "
        "WHERE EXISTS (SELECT 1 FROM messages WHERE author = 'operator')"
    )


def downgrade() -> None:
    op.drop_table("setup_pairs")
    op.execute("DELETE FROM notebook WHERE name IN ('setup', 'business')")
