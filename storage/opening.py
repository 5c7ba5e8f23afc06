"""A database that is open: how units are run on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from sqlalchemy import Connection, Pool

from storage import engines, private
from storage.database_file import DatabaseFile
from storage.errors import DatabaseUnusable
from storage.group_commit import Failed, GroupCommit
from storage.troubles import first_line
from storage.unit_thread import Readers, UnitThread

T = TypeVar("T")
AHEAD: Final = 3
"""Calls that leave, calls that are back, and one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolState:
    """Connections, as `GET /health/database` shows them."""

    size: int
    checked_in: int
    checked_out: int
    overflow: int


class Database(Protocol):
    """Runs plain functions with a connection, each as a whole; the loop is free while a statement is under way."""

    async def read(self, look: Callable[[Connection], T], *, alone: bool = False) -> T:
        """Run a function that only looks: on SQLite on one view, on PostgreSQL each statement at its own moment.

        `alone`: it is a single prepared statement, which is a view by itself.
        """

    async def write(self, act: Callable[[Connection], T], *, ahead: bool = False, alone: bool = False) -> T:
        """Run a function in a transaction, and return once it is on disk.

        `ahead`: before those that wait. `alone`: it is a single statement, which is a transaction by itself.
        """

    def look(self) -> None:
        """Raise DatabaseTrouble for what can be seen at once: the file is not the one that was opened."""

    def pool(self) -> PoolState: ...

    async def close(self) -> None:
        """Let what comes next open new connections, which remember no page."""


class SqliteFile:
    """One thread that writes, a few that read."""

    def __init__(self, file: Path, url: str, *, failed: Failed) -> None:
        """Make the file if it is not there. `failed`: see GroupCommit. Raises DatabaseUnusable."""
        _make(file)
        place = DatabaseFile(file)
        self._reader = engines.sqlite_reader(url, check=place.check)
        self._writer = engines.sqlite_writer(url, check=place.check)
        place.watch(self._reader, self._writer)
        self._readers = Readers(self._reader, count=engines.READERS)
        self._commit = GroupCommit(UnitThread(self._writer), check=place.check, failed=failed)
        self.look = place.check

    async def read(self, look: Callable[[Connection], T], *, alone: bool = False) -> T:
        def within(connection: Connection) -> T:
            with connection.begin():
                return look(connection)

        return await self._readers.run(look if alone else within)

    async def write(self, act: Callable[[Connection], T], *, ahead: bool = False, alone: bool = False) -> T:  # noqa: ARG002  # all share one commit
        return await self._commit.run(act, ahead=ahead)

    def pool(self) -> PoolState:
        return _state(self._reader.pool)

    async def close(self) -> None:
        await self._readers.close()
        await self._commit.close()
        self._reader.dispose()
        self._writer.dispose()


class PostgreSQL:
    """A transaction for each unit. Those that go ahead have a few connections that nobody else can take."""

    def __init__(self, url: str, *, pool_size: int, max_overflow: int) -> None:
        self.engine = engines.postgresql(url, pool_size=pool_size, max_overflow=max_overflow)
        self._at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        """The same connections, each statement for itself: it saves the trips that begin and end a transaction."""
        self._ahead = engines.postgresql(url, pool_size=AHEAD, max_overflow=AHEAD, newest_first=True)
        self._ahead_at_once = self._ahead.execution_options(isolation_level="AUTOCOMMIT")
        self.look = engines.nothing

    async def read(self, look: Callable[[Connection], T], *, alone: bool = False) -> T:  # noqa: ARG002  # each is
        """In a transaction, too, each statement would see what others have committed by then (READ COMMITTED)."""
        return await self.write(look, alone=True)

    async def write(self, act: Callable[[Connection], T], *, ahead: bool = False, alone: bool = False) -> T:
        if alone:
            async with (self._ahead_at_once if ahead else self._at_once).connect() as connection:
                return await connection.run_sync(act)
        async with (self._ahead if ahead else self.engine).begin() as connection:
            return await connection.run_sync(act)

    def pool(self) -> PoolState:
        return _state(self.engine.pool)

    async def close(self) -> None:
        await self.engine.dispose()
        await self._ahead.dispose()


def _state(pool: Pool) -> PoolState:
    size, checked_in, checked_out, overflow = (
        int(getattr(pool, name)()) for name in ("size", "checkedin", "checkedout", "overflow")
    )
    return PoolState(size=size, checked_in=checked_in, checked_out=checked_out, overflow=max(overflow, 0))


def _make(file: Path) -> None:
    try:
        private.make_folder(file.parent)
        private.make_private(file)
    except OSError as error:
        reason = error.strerror or first_line(error)
        raise DatabaseUnusable(
            f"database.url: cannot use {file} ({reason}); name a file in a folder that can be written"
        ) from error
