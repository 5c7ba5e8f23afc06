"""What a database says of itself: which it is, how large, up to which migration it has come."""

from __future__ import annotations

from sqlalchemy import Connection, text

SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}

VERSIONS = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}


class DatabaseInfo:
    """Asks it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def version(self) -> str:
        """Return what it calls itself."""
        name = self._connection.dialect.name
        return f"{name} {self._connection.scalar(text(VERSIONS[name]))}"

    def size_bytes(self) -> int:
        return self._connection.scalar(text(SIZES[self._connection.dialect.name])) or 0

    def revision(self) -> str:
        return self._connection.scalar(text("SELECT max(version_num) FROM alembic_version")) or ""
