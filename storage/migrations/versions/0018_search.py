"""Messages are found by their words: stems in a table of their own, and each database's own index over them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ADD = "INSERT INTO search_index(rowid, stems) VALUES (new.message_id, new.stems)"
REMOVE = "INSERT INTO search_index(search_index, rowid, stems) VALUES ('delete', old.message_id, old.stems)"
SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(stems, content='search', content_rowid='message_id')",
    f"CREATE TRIGGER search_added AFTER INSERT ON search BEGIN {ADD}; END",
    f"CREATE TRIGGER search_gone AFTER DELETE ON search BEGIN {REMOVE}; END",
    f"CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN {REMOVE}; {ADD}; END",
)
POSTGRESQL = ("CREATE INDEX search_index ON search USING gin (array_to_tsvector(string_to_array(stems, ' ')))",)


def upgrade() -> None:
    op.create_table(
        "search",
        sa.Column(
            "message_id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("stems", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_search"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_search_message_id_messages"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search")
