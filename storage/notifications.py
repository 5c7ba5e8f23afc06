"""Ring when work arrives, so that workers need not ask: an event in the process, NOTIFY between replicas."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from typing import Final

import asyncpg
from sqlalchemy import Connection, String, bindparam, func, make_url, select

from storage.ownership import WORKERS
from storage.prepared import Prepared
from storage.queue_statements import QueueName

CHANNEL: Final = "support_bot"
QUEUES: Final[tuple[QueueName, ...]] = ("inbox", "outbox")
WHISPER: Final = "whisper:"
AGAIN_S: Final = 5.0
TOGETHER_S: Final = 0.01
"""So long what is new waits to be told, so that a message's two queues are told of in one trip."""
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
        self._untold: set[QueueName] = set()
        self._whispers: list[str] = []
        self._ears: list[Callable[[str], None]] = []
        self._news = asyncio.Event()
        self.connected = False
        """Whether there is a connection by which a ring reaches the other replicas."""

    def hang(self, queue: QueueName) -> Notification:
        bell = Notification()
        self._hung[queue].append(bell)
        return bell

    def ring(self, queues: Iterable[QueueName], *, everywhere: bool = False) -> None:
        """Wake this process's workers; `everywhere`: soon the other replicas' too."""
        for queue in queues:
            for bell in self._hung[queue]:
                bell.ring()
            if everywhere and self.connected:
                self._untold.add(queue)
                self._news.set()

    def overhear(self, ear: Callable[[str], None]) -> None:
        """Let somebody know what other replicas whisper."""
        self._ears.append(ear)

    def whisper(self, words: str) -> None:
        """Tell the other replicas what is kept nowhere, and what nobody misses."""
        if self.connected:
            self._whispers.append(f"{WHISPER}{words}")
            self._news.set()

    def heard(self, words: str) -> None:
        """Take what another replica has told."""
        if words.startswith(WHISPER):
            for ear in self._ears:
                ear(words.removeprefix(WHISPER))
        else:
            self.ring(name for name in QUEUES if name == words)

    def wake(self) -> None:
        """Let who waits for something to tell look up."""
        self._news.set()

    async def untold(self) -> list[str]:
        """Wait for something to tell and for what comes right after it, and return it; nothing when woken."""
        await self._news.wait()
        await asyncio.sleep(TOGETHER_S)
        self._news.clear()
        told = [*sorted(self._untold), *self._whispers]
        self._untold.clear()
        self._whispers.clear()
        return told


def announce(connection: Connection, queues: Iterable[QueueName]) -> None:
    """Tell the replicas in the transaction that makes the work: where no connection is at hand to do it afterwards.

    It costs a trip, and PostgreSQL commits such transactions one after the other.
    """
    for queue in queues:
        _NOTIFY.rows(connection, {"queue": queue})


async def listen(url: str, notifications: Notifications) -> None:
    """Ring this process's bells for what other replicas announce, and tell them what is new here.

    For ever, coming back after a broken connection. What is not told is found by their workers within a second.
    """
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await _listen(dsn, notifications)
        await asyncio.sleep(AGAIN_S)


async def _listen(dsn: str, notifications: Notifications) -> None:
    connection = await asyncpg.connect(dsn)
    own = connection.get_server_pid()

    def heard(_connection: object, pid: int, _channel: str, queue: str) -> None:
        if pid != own:  # what this process told has rung here already
            notifications.heard(queue)

    connection.add_termination_listener(lambda _connection: notifications.wake())
    try:
        await connection.execute("SELECT pg_advisory_lock_shared($1)", WORKERS)
        await connection.add_listener(CHANNEL, heard)
        notifications.connected = True
        while not connection.is_closed():
            if queues := await notifications.untold():
                await connection.execute("SELECT pg_notify($1, queue) FROM unnest($2::text[]) queue", CHANNEL, queues)
    finally:
        notifications.connected = False
        await connection.close(timeout=2)
