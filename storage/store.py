"""The way in: open the memory, read in `read()`, write in `write()`. No unit outlives its `async with`."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, Self

from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import bells, engines, leadership, ownership
from storage.errors import DatabaseUnusable
from storage.group_commit import GroupCommit
from storage.leadership import Leadership
from storage.migrate import upgrade
from storage.queue_statements import QueueName
from storage.queue_time import QueueTime
from storage.queues import ANY_RANK
from storage.records import Cause, Task
from storage.units import Unit

Clock = Callable[[], datetime]


class Writing(Protocol):
    """How a unit gets its transaction: GroupCommit on SQLite, one of its own on PostgreSQL."""

    def __call__(self, *, ahead: bool) -> contextlib.AbstractAsyncContextManager[AsyncConnection]: ...


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolState:
    """Connections, as `GET /health/database` shows them."""

    size: int
    checked_in: int
    checked_out: int
    overflow: int


class Store:
    """The memory of one process. Look in `read()`, think with nothing open, act in one `write()`."""

    def __init__(self, url: str, *, pool_size: int = 20, max_overflow: int = 10, clock: Clock = utc_now) -> None:
        self._url = url
        self._clock = clock
        self._queue_time = QueueTime()
        self._opened_at, self._opened_s = clock(), time.monotonic()
        self._file = engines.sqlite_file(url)
        self._reader: AsyncEngine
        self._writer: AsyncEngine
        if self._file is not None:
            self._make_folder(self._file.parent)
            self._reader = engines.sqlite_reader(url)
            self._writer = engines.sqlite_writer(url)
            self._writing: Writing = GroupCommit(self._writer).unit
        else:
            self._reader = self._writer = engines.postgresql(url, pool_size=pool_size, max_overflow=max_overflow)
            self._writing = self._transaction
        self.bells = bells.Bells()

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same lanes."""
        return self._file is None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()

    async def migrate(self) -> None:
        """Bring the schema up to date. Raises DatabaseUnusable with the file or server and what to do."""
        try:
            await upgrade(self._writer)
        except CommandError as error:
            raise self._unusable(error, "a newer support-bot has written it: update this one") from error
        except (DBAPIError, OSError) as error:
            fix = "name another file, or move this one away" if self._file else "check that the server runs"
            raise self._unusable(error, fix) from error

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error, "name a file in a folder that can be written") from error

    def _unusable(self, error: Exception, fix: str) -> DatabaseUnusable:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return DatabaseUnusable(f"database.url: cannot use {engines.shown(self._url)} ({reason}); {fix}")

    def now(self) -> datetime:
        """Return the time that units opened now would have."""
        return self._clock()

    def steady(self) -> datetime:
        """Return the time by the clock as it was when this store was made, and the seconds since: without jumps."""
        return self._opened_at + timedelta(seconds=time.monotonic() - self._opened_s)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        """Look: one consistent view; writing in it is an error on SQLite."""
        async with self._reader.connect() as connection, connection.begin():
            yield self._unit(connection)

    @contextlib.asynccontextmanager
    async def write(self, cause: Cause | None = None, *, ahead: bool = False) -> AsyncIterator[Unit]:
        """Act: everything or nothing, durable once this returns. A unit with a cause settles its inbox row too.

        `ahead`: before other units that wait; for what a kill would make ambiguous, so it shall not lag.
        """
        async with self._writing(ahead=ahead) as connection:
            unit = self._unit(connection, cause)
            yield unit
            if cause is not None and cause.task is not None and not cause.settled:
                await unit.inbox.settle(cause.task)
            stirred = await self._flush(unit, connection)
        if cause is not None:
            cause.settled = True
        self.bells.ring(stirred)

    def _transaction(self, *, ahead: bool) -> contextlib.AbstractAsyncContextManager[AsyncConnection]:
        """Begin one on a server, where nobody stands in line."""
        del ahead
        return self._writer.begin()

    def _unit(self, connection: AsyncConnection, cause: Cause | None = None) -> Unit:
        now = self._clock()
        since = cause.task.created_at if cause is not None and cause.task is not None else None
        return Unit(connection, now, self._queue_time.moment(now), since)

    async def _flush(self, unit: Unit, connection: AsyncConnection) -> list[QueueName]:
        for queue in unit.queues():
            await queue.flush()
        stirred = [queue.name for queue in unit.queues() if queue.stirred]
        if self.shared:
            await bells.announce(connection, stirred)
        return stirred

    async def claim(
        self,
        queue: QueueName,
        *,
        pool: str,
        most: int,
        busy: Collection[str],
        newest: int = 0,
        rank_most: int = ANY_RANK,
    ) -> list[Task]:
        """Take the heads of up to `most` due lanes, leaving out the `busy` ones; on SQLite nothing is written.

        `newest`: how many of them are to be those that came in last.
        """
        async with self.write() if self.shared else self.read() as unit:
            claiming = unit.queue(queue)
            return await claiming.claim(pool=pool, most=most, busy=busy, newest=newest, rank_most=rank_most)

    async def renew(self, queue: QueueName, held: Mapping[str, datetime]) -> datetime:
        """Keep leased lanes, known by when each lease ends; return when they end now."""
        async with self.write() as unit:
            return await unit.queue(queue).renew(held)

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work on the lanes: alone on SQLite (raises DatabaseTaken), with others on PostgreSQL, hearing their bells."""
        if self._file is not None:
            with ownership.own(self._file):
                self._queue_time.begin(self._clock(), await ownership.latest_due(self._reader))
                yield
            return
        await ownership.take_over(self._writer)
        listening = asyncio.create_task(bells.listen(self._url, self.bells))
        try:
            yield
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening

    @contextlib.asynccontextmanager
    async def leading(self, giving_up: asyncio.Event) -> AsyncIterator[Leadership]:
        """Wait for, then hold, the right to do what only one process may: poll. Leads nothing once it is to give up."""
        if self._file is not None:
            yield Leadership()
            return
        async with leadership.lead(self._writer, giving_up) as leading:
            yield leading

    async def workers(self) -> int:
        """Return how many processes work on these lanes, this one included."""
        return 1 if self._file is not None else max(1, await ownership.workers(self._reader))

    async def check(self) -> None:
        """Prove that the database commits: raises when it does not."""
        async with self.write() as unit:
            await unit.notebook.write("health", unit.now.isoformat())

    async def version(self) -> str:
        """Return what the database calls itself."""
        query = "SELECT sqlite_version()" if self._file else "SHOW server_version"
        async with self._reader.connect() as connection:
            return f"{self._reader.dialect.name} {await connection.scalar(text(query))}"

    def pool(self) -> PoolState:
        pool = self._reader.pool
        size, checked_in, checked_out, overflow = (
            int(getattr(pool, name)()) for name in ("size", "checkedin", "checkedout", "overflow")
        )
        return PoolState(size=size, checked_in=checked_in, checked_out=checked_out, overflow=max(overflow, 0))
