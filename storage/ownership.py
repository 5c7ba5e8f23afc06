"""Who may work on a database: one process on a SQLite file, one leader among replicas on PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.errors import DatabaseTaken, DatabaseUnusable
from storage.queues import LEASE
from storage.tables import lanes

LEADER_LOCK: Final = 7_105_331
"""The advisory lock the leader holds; any constant no other program uses."""
WORKERS: Final = 7_105_333
"""The advisory lock that every working process shares."""
STAND_BY_S: Final = 2.0
GONE: Final = (SQLAlchemyError, OSError)
"""What a connection says that has broken, now or some calls ago, or that cannot be made."""


@contextlib.contextmanager
def own(file: Path) -> Iterator[None]:
    """Hold the lock file beside a SQLite database; the system frees it when the process dies, however it dies."""
    lock = file.with_name(file.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DatabaseUnusable(
            f"database.url: cannot write beside {file} ({error.strerror}); name a file in a folder that can be written"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            raise DatabaseTaken(
                f"another support-bot (process {owner}) works on {file}; stop it, or give this one its own database.url"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


async def take_over(engine: AsyncEngine, now: datetime) -> None:
    """Free the lanes that a process had leased when it died, if none lives that could be at work in them.

    Every worker holds `WORKERS` with its listening connection. With others alive, their leases simply run out.
    """
    with contextlib.suppress(*GONE):  # no schema yet, no server: nothing is leased, or `migrate` will say so
        async with engine.begin() as connection:
            if await connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": WORKERS}):
                leased = lanes.c.due_at.between(now, now + LEASE)
                await connection.execute(update(lanes).where(leased).values(due_at=now))


async def workers(engine: AsyncEngine) -> int:
    """Count the processes that work on a PostgreSQL database: each holds `WORKERS` with its listening connection."""
    held = """SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()
              WHERE locktype = 'advisory' AND classid = 0 AND objid = :key AND mode = 'ShareLock' AND granted"""
    async with engine.connect() as connection:
        return await connection.scalar(text(held), {"key": WORKERS}) or 0


class Leadership:
    """Held until lost: a leader asks before each step whether it still leads."""

    def __init__(self, connection: AsyncConnection | None) -> None:
        self._connection = connection

    async def held(self) -> bool:
        """False once the connection that holds the lock has broken: somebody else may lead now."""
        if self._connection is None:
            return True
        try:
            await self._connection.execute(text("SELECT 1"))
        except GONE:
            return False
        return True


@contextlib.asynccontextmanager
async def lead(engine: AsyncEngine, giving_up: asyncio.Event) -> AsyncIterator[Leadership]:
    """Wait until no other process leads, then lead; or until there is no point in it any more."""
    connection = await _elected(engine, giving_up)
    try:
        yield Leadership(connection)
    finally:
        if connection is not None:
            with contextlib.suppress(*GONE):
                await connection.invalidate()  # the lock ends with its session, whatever state that is in
            await connection.close()


async def _elected(engine: AsyncEngine, giving_up: asyncio.Event) -> AsyncConnection | None:
    """Stand again and again; a database that is away is waited for."""
    while True:
        with contextlib.suppress(*GONE):
            connection = await _stand(engine)
            if connection is not None:
                return connection
        if await _told(giving_up, STAND_BY_S):
            return None


async def _stand(engine: AsyncEngine) -> AsyncConnection | None:
    """Return the connection that holds the lock; None when another process has it."""
    connection = await engine.connect()
    try:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        if await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LEADER_LOCK}):
            return connection
    except BaseException:
        await connection.close()
        raise
    await connection.close()
    return None


async def _told(event: asyncio.Event, within_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
    return event.is_set()
