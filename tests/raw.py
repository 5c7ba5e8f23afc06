"""A database as it is, past the store: for schemas, and for what only a test would do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage import engines
from storage.opening import Database, PostgreSQL, SqliteFile


@asynccontextmanager
async def raw(url: str) -> AsyncIterator[Database]:
    file = engines.sqlite_file(url)
    database: Database = (
        SqliteFile(file, url, failed=lambda _error: True) if file else PostgreSQL(url, pool_size=1, max_overflow=0)
    )
    try:
        yield database
    finally:
        await database.close()
