"""Who polls, among replicas on PostgreSQL: one leader at a time, for a term, and only while its heart beats.

The row of `leadership` says who leads, in which term, and when that process last showed that it lives, all by the
database's clock. A leader that dies takes its session with it, and with that the advisory lock of its term: the next
one need not wait. One that stands still keeps its session, so it is passed over when it has been silent for too long;
when it wakes up, its term is over, and whatever it does under it is refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.ownership import GONE
from storage.tables import leadership

POLLING: Final = "polling"
LOCKS: Final = 7_105_331
"""The class of the advisory locks that leaders hold, one for each term; any constant no other program uses."""
TERMS: Final = 2**31
"""The second half of a lock's name is a number of 32 bits."""
BEAT_S: Final = 2.5
SILENT: Final = timedelta(seconds=8)
"""Three beats missed: who has been silent for so long leads no more. Transactions that idle are ended before that."""
FRESH_S: Final = 1.0
"""A beat is good for so long: a busy leader asks many times a second, and a beat is a write."""
STAND_BY_S: Final = 1.0

_now: Final = func.statement_timestamp
_row: Final = leadership.c.name == POLLING
_LOOK: Final = select(
    leadership.c.term, func.abs(func.extract("epoch", _now() - leadership.c.beat_at)).label("silent_s")
)
_BEAT: Final = (
    update(leadership)
    .where(_row, leadership.c.term == bindparam("of_term"))
    .values(beat_at=_now())
    .returning(leadership.c.term)
)


class Leadership:
    """Held until lost: a leader asks before each step whether it still leads."""

    def __init__(self, connection: AsyncConnection | None = None, term: int | None = None) -> None:
        """Without a connection it is that of a process that is alone, which nobody takes away."""
        self._connection = connection
        self._turn = asyncio.Lock()
        self._over = False
        self._beaten_s = -BEAT_S
        self.term = term
        """Under which updates are stored (see `Terms.current`); None where there is nobody else."""

    async def held(self) -> bool:
        """False once another process leads, or may: the connection that showed that this one lives has broken."""
        async with self._turn:
            if self._connection is not None and not self._over and time.monotonic() - self._beaten_s >= FRESH_S:
                await self._beat(self._connection)
        return not self._over

    async def _beat(self, connection: AsyncConnection) -> None:
        began = time.monotonic()
        try:
            async with asyncio.timeout(SILENT.total_seconds()):
                self._over = await connection.scalar(_BEAT, {"of_term": self.term}) is None
        except (*GONE, TimeoutError):
            self._over = True
        self._beaten_s = began

    async def keep(self) -> None:
        """Show every few seconds that this process lives, until it leads no more."""
        while await self.held():  # noqa: ASYNC110  # time passes, nothing happens
            await asyncio.sleep(BEAT_S)


class Terms:
    """The terms of leaders, inside a unit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> int | None:
        """Return the term that runs. Who stands still after this commits nothing: the database ends idle units."""
        term: int | None = self._connection.scalar(select(leadership.c.term).where(_row))
        return term


@contextlib.asynccontextmanager
async def lead(engine: AsyncEngine, giving_up: asyncio.Event) -> AsyncIterator[Leadership]:
    """Wait until no other process leads, then lead; or until there is no point in it any more."""
    elected = await _elected(engine, giving_up)
    if elected is None:
        yield Leadership()
        return
    connection, term = elected
    leading = Leadership(connection, term)
    beating = asyncio.create_task(leading.keep(), name="leadership")
    try:
        yield leading
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        with contextlib.suppress(*GONE):
            await connection.invalidate()  # the lock ends with its session, whatever state that is in
        await connection.close()


async def _elected(engine: AsyncEngine, giving_up: asyncio.Event) -> tuple[AsyncConnection, int] | None:
    """Stand again and again; a database that is away is waited for."""
    while True:
        with contextlib.suppress(*GONE):
            elected = await _stand(engine)
            if elected is not None:
                return elected
        if await _told(giving_up, STAND_BY_S):
            return None


async def _stand(engine: AsyncEngine) -> tuple[AsyncConnection, int] | None:
    """Return the connection that leads, with its term; None when another process leads and lives."""
    connection = await engine.connect()
    try:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        term = await _take(connection)
    except BaseException:
        await connection.invalidate()
        await connection.close()
        raise
    if term is not None:
        return connection, term
    await connection.close()
    return None


async def _take(connection: AsyncConnection) -> int | None:
    """Begin the next term if the last one is over. Its lock comes before its row, so nobody finds the one without."""
    last = (await connection.execute(_LOOK.where(_row))).one_or_none()
    term = last.term if last else 0
    if last is not None and last.silent_s < SILENT.total_seconds():
        if not await _lock(connection, term):
            return None  # it lives
        await connection.execute(text("SELECT pg_advisory_unlock(:locks, :term)"), _name(term))
    if not await _lock(connection, term + 1):
        return None  # somebody else is taking over
    holder = f"{socket.gethostname()}:{os.getpid()}"[:80]
    new = insert(leadership).values(name=POLLING, term=term + 1, holder=holder, beat_at=_now())
    taken: int | None = await connection.scalar(
        new.on_conflict_do_update(
            index_elements=["name"],
            set_={"term": new.excluded.term, "holder": new.excluded.holder, "beat_at": new.excluded.beat_at},
            where=leadership.c.term == term,
        ).returning(leadership.c.term)
    )
    if taken is None:
        await connection.execute(text("SELECT pg_advisory_unlock(:locks, :term)"), _name(term + 1))
    return taken


async def _lock(connection: AsyncConnection, term: int) -> bool:
    return bool(await connection.scalar(text("SELECT pg_try_advisory_lock(:locks, :term)"), _name(term)))


def _name(term: int) -> dict[str, int]:
    return {"locks": LOCKS, "term": term % TERMS}


async def _told(event: asyncio.Event, within_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
    return event.is_set()
