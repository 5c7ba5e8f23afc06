"""Ring when work arrives, so that workers need not ask: an event in the process, NOTIFY between replicas."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from typing import Final

import asyncpg
from sqlalchemy import Connection, String, bindparam, func, make_url, select

from storage.ownership import WORKERS
from storage.prepared import Prepared
from storage.queue_statements import QueueName

CHANNEL: Final = "support_bot"
QUEUES: Final[tuple[QueueName, ...]] = ("inbox", "outbox")
AGAIN_S: Final = 5.0
_NOTIFY: Final = Prepared(select(func.pg_notify(CHANNEL, bindparam("queue", type_=String))))


class Notification:
    """Wakes who waits for a queue. A ring between two waits is not lost."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, at_most: float) -> None:
        """Return at a ring, or after `at_most` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._rung.wait()
        self._rung.clear()


class Notifications:
    """One bell a worker: each worker hangs its own, so that no ring is taken by another."""

    def __init__(self) -> None:
        self._hung: dict[QueueName, list[Notification]] = {"inbox": [], "outbox": []}

    def hang(self, queue: QueueName) -> Notification:
        bell = Notification()
        self._hung[queue].append(bell)
        return bell

    def ring(self, queues: Iterable[QueueName]) -> None:
        for queue in queues:
            for bell in self._hung[queue]:
                bell.ring()


def announce(connection: Connection, queues: Iterable[QueueName]) -> None:
    """Tell the other replicas, as part of the transaction that makes the work."""
    for queue in queues:
        _NOTIFY.rows(connection, {"queue": queue})


async def listen(url: str, notifications: Notifications) -> None:
    """Ring this process's bells for what other replicas announce; for ever, coming back after a broken connection."""
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await _listen(dsn, notifications)
        await asyncio.sleep(AGAIN_S)


async def _listen(dsn: str, notifications: Notifications) -> None:
    connection = await asyncpg.connect(dsn)
    gone = asyncio.Event()

    def heard(_connection: object, _pid: int, _channel: str, queue: str) -> None:
        notifications.ring(name for name in QUEUES if name == queue)

    connection.add_termination_listener(lambda _connection: gone.set())
    try:
        await connection.execute("SELECT pg_advisory_lock_shared($1)", WORKERS)
        await connection.add_listener(CHANNEL, heard)
        await gone.wait()
    finally:
        await connection.close(timeout=2)
