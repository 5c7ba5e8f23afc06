"""The engines of a database, and how a unit that writes is opened on it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import engines, private
from storage.errors import DatabaseUnusable
from storage.group_commit import Failed, GroupCommit
from storage.place import Place
from storage.troubles import first_line

AHEAD: Final = 3
"""Calls that leave, calls that are back, and one more."""


class Writing(Protocol):
    """Opens a unit that writes; `ahead`: before those that wait."""

    def __call__(self, *, ahead: bool = False) -> contextlib.AbstractAsyncContextManager[AsyncConnection]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A database that is open; on a server both engines are one."""

    reader: AsyncEngine
    writer: AsyncEngine
    ahead: AsyncEngine
    """What the units that go ahead have: on SQLite the one that writes."""
    writing: Writing
    look: Callable[[], None]
    """Raises DatabaseTrouble for what can be seen at once: the file is not the one that was opened."""

    async def forget_connections(self) -> None:
        """Let what comes next open new ones, which remember no page."""
        for engine in {self.reader, self.writer, self.ahead}:
            await engine.dispose()


def sqlite(file: Path, url: str, *, failed: Failed) -> Opened:
    """Open a SQLite file, made if it is not there. `failed`: see GroupCommit. Raises DatabaseUnusable."""
    _make(file)
    place = Place(file)
    reader, writer = (open_(url, check=place.check) for open_ in (engines.sqlite_reader, engines.sqlite_writer))
    place.watch(reader, writer)
    commit = GroupCommit(writer, check=place.check, failed=failed)
    return Opened(reader=reader, writer=writer, ahead=writer, writing=commit.unit, look=place.check)


def postgresql(url: str, *, pool_size: int, max_overflow: int) -> Opened:
    """Open a server's database. Units that go ahead have a few connections that nobody else can take."""
    engine = engines.postgresql(url, pool_size=pool_size, max_overflow=max_overflow)
    kept = engines.postgresql(url, pool_size=AHEAD, max_overflow=AHEAD, newest_first=True)

    @contextlib.asynccontextmanager
    async def transaction(*, ahead: bool = False) -> AsyncIterator[AsyncConnection]:
        async with (kept if ahead else engine).begin() as connection:
            yield connection

    return Opened(reader=engine, writer=engine, ahead=kept, writing=transaction, look=engines.nothing)


def _make(file: Path) -> None:
    try:
        private.make_folder(file.parent)
        private.make_private(file)
    except OSError as error:
        reason = error.strerror or first_line(error)
        raise DatabaseUnusable(
            f"database.url: cannot use {file} ({reason}); name a file in a folder that can be written"
        ) from error
