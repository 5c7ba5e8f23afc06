"""A PostgreSQL database that is put back in one trip: TRUNCATE of all tables takes longer than most tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy import Connection, text

from storage.tables import metadata
from tests.raw import raw
from tests.shared import in_a_thread

TABLES: Final = [table.name for table in metadata.sorted_tables]


class Kept:
    """What a database held when it was kept, in a schema beside it."""

    def __init__(self, schema: str) -> None:
        self._schema = schema
        self._full: list[str] = []
        """Tables that held something."""
        self._counters: list[tuple[str, int]] = []
        """Sequences that had counted, with their last number."""

    def keep(self, found: Connection) -> None:
        found.execute(text(f"CREATE SCHEMA {self._schema}"))
        self._full = [name for name in TABLES if found.scalar(text(f"SELECT EXISTS (SELECT FROM {name})"))]  # noqa: S608  # our names
        for name in self._full:
            found.execute(text(f"CREATE TABLE {self._schema}.{name} AS TABLE {name}"))
        counters = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        self._counters = [(name, last) for name, last in found.execute(text(counters)) if last is not None]

    def restore(self, found: Connection) -> None:
        """Rows are deleted and copied without a look at who refers to whom; tables as they should be are left alone."""
        begin = "DO $$ DECLARE counter record; BEGIN SET LOCAL session_replication_role = replica;"
        empty = (f"DELETE FROM {name};" for name in TABLES if name not in self._full)  # noqa: S608  # our names
        full = (self._again(name) for name in self._full)
        uncounted = """
            FOR counter IN SELECT sequencename AS name FROM pg_sequences
                WHERE schemaname = 'public' AND last_value IS NOT NULL
            LOOP PERFORM setval(counter.name::regclass, 1, false); END LOOP;"""
        counted = (f"PERFORM setval('{name}', {last});" for name, last in self._counters)
        found.execute(text("\n".join([begin, *empty, *full, uncounted, *counted, "END $$"])))

    def _again(self, name: str) -> str:
        kept = f"{self._schema}.{name}"
        return f"""
            IF (SELECT count(*) FROM {name}) <> (SELECT count(*) FROM {kept})
                OR EXISTS (SELECT one::text FROM {name} one EXCEPT SELECT one::text FROM {kept} one)
            THEN DELETE FROM {name}; INSERT INTO {name} OVERRIDING SYSTEM VALUE TABLE {kept}; END IF;"""  # noqa: S608  # our names


ONCE: Final[dict[tuple[str, str], Kept]] = {}
"""By schema and URL; here, since pytest reads a conftest twice where another imports it."""


def kept_once(schema: str, url: str, empty: Kept, teach: Callable[[str], Awaitable[None]]) -> Kept:
    """Return what a database holds once it has been taught; each folder of tests may ask for it, and one is made."""
    if (schema, url) not in ONCE:
        kept = Kept(schema)

        async def keep() -> None:
            async with raw(url) as database:
                await database.write(empty.restore)
                await teach(url)
                await database.write(kept.keep)

        in_a_thread(keep())
        ONCE[schema, url] = kept
    return ONCE[schema, url]
