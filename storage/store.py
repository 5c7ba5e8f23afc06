"""The way in: open the memory, read in `read()`, write in `write()`. No unit outlives its `async with`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import bells, engines, log_file, ownership, place, private
from storage.errors import DatabaseTrouble, DatabaseUnusable
from storage.group_commit import GroupCommit
from storage.migrate import Standing, standing, upgrade
from storage.ownership import Leadership
from storage.queue_statements import QueueName
from storage.queues import ANY_RANK
from storage.records import Cause, Task
from storage.soundness import Soundness
from storage.troubles import FAILURES, first_line, trouble_of
from storage.units import Unit
from storage.watch import Watch

Clock = Callable[[], datetime]


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
        self._file = engines.sqlite_file(url)
        self.soundness = Soundness(self._file, address=engines.shown(url))
        self._reader: AsyncEngine
        self._writer: AsyncEngine
        if self._file is not None:
            self._open_file(self._file)
        else:
            self._reader = self._writer = engines.postgresql(url, pool_size=pool_size, max_overflow=max_overflow)
            self._open_writer = self._writer.begin
            self._look: Callable[[], None] = engines.nothing
        self.bells = bells.Bells()
        self.watch = Watch(look=self._look, explain=self.soundness.explained, probe=self._probe)

    def _open_file(self, file: Path) -> None:
        self._make_file(file)
        opened = place.Place(file)
        self._look = opened.check
        self._reader = engines.sqlite_reader(self._url, check=opened.check)
        self._writer = engines.sqlite_writer(self._url, check=opened.check)
        opened.watch(self._reader, self._writer)
        self._open_writer = GroupCommit(
            self._writer, check=opened.check, failed=lambda error: self._trouble_of(error) is not None
        ).unit

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

    async def standing(self) -> Standing:
        """Return how its schema compares with the one of this program. Raises DatabaseTrouble."""
        with self._troubles_noted():
            async with self._reader.connect() as connection:
                return await standing(connection)

    async def suit(self, *, may_create: bool = False) -> None:
        """See that the schema is this program's; one that another bot may work on is not changed.

        Raises DatabaseUnusable with what to do.
        """
        try:
            found = await self.standing()
        except DatabaseTrouble as error:
            raise self.soundness.unusable(await self.soundness.explained(error)) from error
        if found == "newer":
            raise self.soundness.newer()
        if found == "empty" and may_create:
            await self.migrate()
        elif found != "newest":
            raise self.soundness.older()

    async def migrate(self) -> None:
        """Bring the schema up to date. Raises DatabaseUnusable with the file or server and what to do."""
        try:
            if await self.standing() == "newer":
                raise self.soundness.newer()
            await upgrade(self._writer)
        except (DatabaseTrouble, *FAILURES) as error:
            found = self._trouble_of(error)
            raise self.soundness.unusable(await self.soundness.explained(found) if found else error) from error

    def _make_file(self, file: Path) -> None:
        try:
            private.make_folder(file.parent)
            private.make_private(file)
        except OSError as error:
            reason = error.strerror or first_line(error)
            raise DatabaseUnusable(
                f"database.url: cannot use {file} ({reason}); name a file in a folder that can be written"
            ) from error

    async def _probe(self, found: DatabaseTrouble) -> None:
        """Read the queues and commit; of a malformed file look at all of it first, past what connections remember."""
        if found.ailment == "malformed" and self._file is not None:
            await self.soundness.demand()
            await self._reader.dispose()
            await self._writer.dispose()
        await self.check()

    def _trouble_of(self, error: BaseException, *, writing: bool = True) -> DatabaseTrouble | None:
        return trouble_of(error, database=self.soundness.name, writing=writing)

    @contextlib.contextmanager
    def _troubles_noted(self, *, writing: bool = True) -> Iterator[None]:
        """Tell the database's troubles from errors of what is asked in here. Raises DatabaseTrouble."""
        try:
            yield
        except (DatabaseTrouble, *FAILURES) as error:
            found = self._trouble_of(error, writing=writing)
            if found is None:
                raise
            self.watch.saw(found)
            if found is error:
                raise
            raise found from error

    def now(self) -> datetime:
        """Return the time that units opened now would have."""
        return self._clock()

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        """Look: one consistent view; writing in it is an error on SQLite. Raises DatabaseTrouble."""
        with self._troubles_noted(writing=False):
            async with self._reader.connect() as connection, connection.begin():
                yield Unit(connection, self._clock())

    @contextlib.asynccontextmanager
    async def write(self, cause: Cause | None = None) -> AsyncIterator[Unit]:
        """Act: everything or nothing, durable once this returns. A unit with a cause settles its inbox row too.

        Raises DatabaseTrouble where it is the database that fails.
        """
        with self._troubles_noted():
            async with self._open_writer() as connection:
                unit = Unit(connection, self._clock())
                yield unit
                if cause is not None and cause.task is not None and not cause.settled:
                    await unit.inbox.settle(cause.task)
                stirred = await self._flush(unit, connection)
        if cause is not None:
            cause.settled = True
        self.bells.ring(stirred)

    async def _flush(self, unit: Unit, connection: AsyncConnection) -> list[QueueName]:
        for queue in unit.queues():
            await queue.flush()
        stirred = [queue.name for queue in unit.queues() if queue.stirred]
        if self.shared:
            await bells.announce(connection, stirred)
        return stirred

    async def claim(
        self, queue: QueueName, *, pool: str, most: int, busy: Collection[str], rank_most: int = ANY_RANK
    ) -> list[Task]:
        """Take the heads of up to `most` due lanes, leaving out the `busy` ones; on SQLite nothing is written."""
        async with self.write() if self.shared else self.read() as unit:
            return await unit.queue(queue).claim(pool=pool, most=most, busy=busy, rank_most=rank_most)

    async def renew(self, queue: QueueName, held: Mapping[str, datetime]) -> datetime:
        """Keep leased lanes, known by when each lease ends; return when they end now."""
        async with self.write() as unit:
            return await unit.queue(queue).renew(held)

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work on the lanes: alone on SQLite (raises DatabaseTaken), with others on PostgreSQL, hearing their bells."""
        if self._file is not None:
            with ownership.own(self._file):
                yield
            return
        await ownership.take_over(self._writer, self._clock())
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
            yield Leadership(None)
            return
        async with ownership.lead(self._writer, giving_up) as leadership:
            yield leadership

    async def workers(self) -> int:
        """Return how many processes work on these lanes, this one included."""
        return 1 if self._file is not None else max(1, await ownership.workers(self._reader))

    async def check(self) -> None:
        """Prove that the queues can be read and that the database commits. Raises DatabaseTrouble."""
        async with self.write() as unit:
            for queue in (unit.inbox, unit.outbox):
                await queue.glance()
            await unit.notebook.write("health", unit.now.isoformat())

    async def wipe(self) -> bool:
        """Bring what was erased out of SQLite's log too; False where a reader kept some of it there."""
        if self._file is None:
            return False
        with self._troubles_noted():
            return await asyncio.to_thread(log_file.cut_off, self._file)

    async def version(self) -> str:
        """Return what the database calls itself."""
        query = "SELECT sqlite_version()" if self._file else "SHOW server_version"
        with self._troubles_noted(writing=False):
            async with self._reader.connect() as connection:
                return f"{self._reader.dialect.name} {await connection.scalar(text(query))}"

    def pool(self) -> PoolState:
        pool = self._reader.pool
        size, checked_in, checked_out, overflow = (
            int(getattr(pool, name)()) for name in ("size", "checkedin", "checkedout", "overflow")
        )
        return PoolState(size=size, checked_in=checked_in, checked_out=checked_out, overflow=max(overflow, 0))
