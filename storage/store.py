"""The way in: open the memory, look with `read`, act with `write`.

A unit is a plain function: it runs as a whole, and nothing in it can wait for anything else. On SQLite it runs on a
thread of the database, so it must not touch what the loop's thread changes meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Self, TypeVar

from sqlalchemy import Connection

from storage import engines, leadership, log_file, notifications, ownership
from storage.errors import DatabaseTrouble
from storage.integrity import Integrity
from storage.leadership import Leadership
from storage.migrate import SchemaState, schema_state, upgrade
from storage.notifications import Stir
from storage.opening import Database, PoolState, PostgreSQL, SqliteFile
from storage.queue_statements import QueueName
from storage.queue_time import QueueTime
from storage.queues import ANY_RANK
from storage.records import Cause, Task
from storage.troubles import FAILURES, trouble_of
from storage.units import Unit
from storage.watch import Watch

T = TypeVar("T")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The memory of one process. Look in `read`, think with nothing open, act in one `write`."""

    def __init__(self, url: str, *, pool_size: int = 20, max_overflow: int = 10, clock: Clock = utc_now) -> None:
        self._url = url
        self._clock = clock
        self._queue_time = QueueTime()
        self._opened_at, self._opened_s = clock(), time.monotonic()
        self._file = engines.sqlite_file(url)
        self.integrity = Integrity(self._file, address=engines.shown(url))
        self._database: Database
        if self._file is not None:
            self._database = SqliteFile(self._file, url, failed=lambda error: self._trouble_of(error) is not None)
        else:
            self._database = PostgreSQL(url, pool_size=pool_size, max_overflow=max_overflow)
        self.notifications = notifications.Notifications()
        self.watch = Watch(look=self._database.look, explain=self.integrity.explained, probe=self._probe)

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same lanes."""
        return self._file is None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._database.close()

    async def schema_state(self) -> SchemaState:
        """Return how its schema compares with the one of this program. Raises DatabaseTrouble."""
        with self._troubles_noted():
            return await self._database.read(schema_state)

    async def ensure_schema(self, *, may_create: bool = False) -> None:
        """See that the schema is this program's; one that another bot may work on is not changed.

        Raises DatabaseUnusable with what to do.
        """
        try:
            found = await self.schema_state()
        except DatabaseTrouble as error:
            raise self.integrity.unusable(await self.integrity.explained(error)) from error
        if found == "newer":
            raise self.integrity.newer()
        if found == "empty" and may_create:
            await self.migrate()
        elif found != "newest":
            raise self.integrity.older()

    async def migrate(self) -> None:
        """Bring the schema up to date. Raises DatabaseUnusable with the file or server and what to do."""
        try:
            found = await self.schema_state()
            if found == "newer":
                raise self.integrity.newer()
            if found != "newest":
                await self._database.write(upgrade)
        except (DatabaseTrouble, *FAILURES) as error:
            trouble = self._trouble_of(error)
            raise self.integrity.unusable(await self.integrity.explained(trouble) if trouble else error) from error

    async def _probe(self, found: DatabaseTrouble) -> None:
        """Read the queues and commit; of a malformed file look at all of it first, past what connections remember."""
        if found.ailment == "malformed" and self._file is not None:
            await self.integrity.demand()
            await self._database.close()
        await self.check()

    def _trouble_of(self, error: BaseException, *, writing: bool = True) -> DatabaseTrouble | None:
        return trouble_of(error, database=self.integrity.name, writing=writing)

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

    def steady(self) -> datetime:
        """Return the time by the clock as it was when this store was made, and the seconds since: without jumps."""
        return self._opened_at + timedelta(seconds=time.monotonic() - self._opened_s)

    async def read(self, look: Callable[[Unit], T]) -> T:
        """Look: on SQLite one view, in which writing is an error. Raises DatabaseTrouble."""
        with self._troubles_noted(writing=False):
            return await self._database.read(lambda connection: look(self._unit(connection)))

    async def write(
        self, act: Callable[[Unit], T], cause: Cause | None = None, *, ahead: bool = False, alone: bool = False
    ) -> T:
        """Act: everything or nothing, durable once this returns. A unit with a cause settles its inbox row too.

        `ahead`: before other units that wait; for what a kill would make ambiguous, so it shall not lag.
        `alone`: the unit is a single statement, which a server commits by itself, without the trips around it.
        Raises DatabaseTrouble where it is the database that fails.
        """

        def whole(connection: Connection) -> tuple[T, list[Stir]]:
            unit = self._unit(connection, cause)
            outcome = act(unit)
            if cause is not None and cause.task is not None and not cause.settled:
                unit.inbox.settle(cause.task)
            return outcome, self._flush(unit, connection)

        with self._troubles_noted():
            outcome, stirs = await self._database.write(whole, ahead=ahead, alone=alone)
        if cause is not None:
            cause.settled = True
        self.notifications.ring(stirs, everywhere=self.shared)
        return outcome

    def _unit(self, connection: Connection, cause: Cause | None = None) -> Unit:
        now = self._clock()
        since = cause.task.created_at if cause is not None and cause.task is not None else None
        return Unit(connection, now, self._queue_time.moment(now), since)

    def _flush(self, unit: Unit, connection: Connection) -> list[Stir]:
        stirs = unit.flush()
        if self.shared and not self.notifications.connected:
            notifications.announce(connection, stirs)
        return stirs

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

        def claiming(connection: Connection) -> list[Task]:
            unit = self._unit(connection)
            return unit.queue(queue).claim(pool=pool, most=most, busy=busy, newest=newest, rank_most=rank_most)

        with self._troubles_noted(writing=self.shared):
            if self.shared:
                return await self._database.write(claiming, alone=True)
            return await self._database.read(claiming, alone=True)

    async def renew(self, queue: QueueName, held: Mapping[str, datetime]) -> datetime:
        """Keep leased lanes, known by when each lease ends; return when they end now."""
        return await self.write(lambda unit: unit.queue(queue).renew(held))

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work on the lanes: alone on SQLite (raises DatabaseTaken), with others on PostgreSQL, hearing their bells."""
        if self._file is not None:
            with ownership.own(self._file):
                latest = None
                with contextlib.suppress(*ownership.GONE):  # no schema: nothing waits, or `migrate` will say why
                    latest = await self._database.read(ownership.latest_due)
                self._queue_time.begin(self._clock(), latest)
                yield
            return
        with contextlib.suppress(*ownership.GONE):  # no schema, no server: nothing is leased, or `migrate` will say so
            await self._database.write(ownership.take_over)
        listening = asyncio.create_task(notifications.listen(self._url, self.notifications))
        try:
            yield
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening

    @contextlib.asynccontextmanager
    async def leading(self, giving_up: asyncio.Event) -> AsyncIterator[Leadership]:
        """Wait for, then hold, the right to do what only one process may: poll. Leads nothing once it is to give up."""
        if not isinstance(self._database, PostgreSQL):
            yield Leadership()
            return
        async with leadership.lead(self._database.engine, giving_up) as leading:
            yield leading

    async def workers(self) -> int:
        """Return how many processes work on these lanes, this one included."""
        count = 1 if self._file is not None else max(1, await self._database.read(ownership.workers))
        self.notifications.alone = count == 1
        return count

    async def check(self) -> None:
        """Prove that the queues can be read and that the database commits. Raises DatabaseTrouble."""

        def act(unit: Unit) -> None:
            unit.queue_probe.run()
            unit.key_values.write("health", unit.now.isoformat())

        await self.write(act)

    async def wipe(self) -> bool:
        """Bring what was erased out of SQLite's log too; False where a reader kept some of it there."""
        if self._file is None:
            return False
        with self._troubles_noted():
            return await asyncio.to_thread(log_file.cut_off, self._file)

    def pool(self) -> PoolState:
        return self._database.pool()
