"""What an erasure takes out that no foreign key leads to."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, text

from storage.tables import key_values

SEARCHES: Final = "find:"
"""Keys begin so of what operators looked for: names stand in it."""


def forget_words(connection: Connection) -> None:
    """Forget searches, and have the index written anew: SQLite's keeps words of deleted rows until then."""
    connection.execute(delete(key_values).where(key_values.c.name.startswith(SEARCHES)))
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_index(search_index) VALUES ('optimize')"))
