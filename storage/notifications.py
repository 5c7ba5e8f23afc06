"""Ring when work arrives, so that workers need not ask: an event in the process, NOTIFY between replicas."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

import asyncpg
from sqlalchemy import Connection, String, bindparam, func, make_url, select

from storage.ownership import WORKERS
from storage.prepared import Prepared
from storage.queue_statements import QueueName

CHANNEL: Final = "support_bot"
BellName = QueueName | Literal["lines"]
"""The queues, and lines of conversations that put nothing into the outbox: for who looks on."""
BELLS: Final[tuple[BellName, ...]] = (*get_args(QueueName), "lines")
WHISPER: Final = "whisper:"
HERE: Final = "here"
"""What a replica says first, so that those who thought they were alone tell it of what is new."""
AGAIN_S: Final = 5.0
TOGETHER_S: Final = 0.01
"""So long what is new waits to be told, so that a message's two queues are told of in one trip."""
_NOTIFY: Final = Prepared(select(func.pg_notify(CHANNEL, bindparam("queue", type_=String))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stir:
    """What a unit has changed in a queue: what came in, and where it has left something behind."""

    queue: BellName
    pools: frozenset[str] = frozenset()
    """Where something came in."""
    lanes: frozenset[str] = frozenset()
    """In which of their lanes."""
    left: frozenset[str] = frozenset()
    """Lanes in which a task was settled, and more waits."""


LINES: Final = Stir(queue="lines", pools=frozenset(("",)))


class Notification:
    """Wakes who waits for a queue. A ring between two waits is not lost.

    What comes to a lane that is worked on cannot be claimed: it rings once the lane is free.
    """

    def __init__(self, pool: str | None = None, busy: Collection[str] = ()) -> None:
        """`pool`: None for who wants to hear of all; `busy`: the lanes that are worked on, as they are at any time."""
        self._pool = pool
        self._busy = busy
        self._again: set[str] = set()
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    def tell(self, stir: Stir) -> None:
        """Ring for what came in where this one works."""
        self._again.update(lane for lane in (*stir.lanes, *stir.left) if lane in self._busy)
        if stir.pools and (self._pool is None or self._pool in stir.pools):
            self.ring()

    def tell_of_all(self) -> None:
        """Ring for something of which nobody knows where it came in."""
        self._again.update(self._busy)
        self.ring()

    def freed(self, lane: str) -> None:
        """Ring if something waits in a lane that was worked on."""
        if lane in self._again:
            self._again.discard(lane)
            self.ring()

    async def wait(self, at_most: float) -> None:
        """Return at a ring, or after `at_most` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._rung.wait()
        self._rung.clear()


class Notifications:
    """One bell a worker: each worker hangs its own, so that no ring is taken by another."""

    def __init__(self) -> None:
        self._hung: dict[BellName, list[Notification]] = {name: [] for name in BELLS}
        self._untold: set[BellName] = set()
        self._whispers: list[str] = []
        self._ears: list[Callable[[str], None]] = []
        self._news = asyncio.Event()
        self.connected = False
        """Whether there is a connection by which a ring reaches the other replicas."""
        self.alone = False
        """Whether no other replica was there lately. One that comes says so at once."""

    def hang(self, *names: BellName, pool: str | None = None, busy: Collection[str] = ()) -> Notification:
        """Return a bell that rings for each of these."""
        bell = Notification(pool, busy)
        for name in names:
            self._hung[name].append(bell)
        return bell

    def ring(self, stirs: Iterable[Stir], *, everywhere: bool = False) -> None:
        """Wake this process's workers; `everywhere`: soon the other replicas' too."""
        for stir in stirs:
            for bell in self._hung[stir.queue]:
                bell.tell(stir)
            if stir.pools and everywhere and self.connected and not self.alone:
                self._untold.add(stir.queue)
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
        self.alone = False
        if words.startswith(WHISPER):
            for ear in self._ears:
                ear(words.removeprefix(WHISPER))
        for bell in (one for name in BELLS if name == words for one in self._hung[name]):
            bell.tell_of_all()

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


def announce(connection: Connection, stirs: Iterable[Stir]) -> None:
    """Tell the replicas in the transaction that makes the work: where no connection is at hand to do it afterwards.

    It costs a trip, and PostgreSQL commits such transactions one after the other.
    """
    for queue in sorted(stir.queue for stir in stirs if stir.pools):
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
        await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, HERE)
        while not connection.is_closed():
            if queues := await notifications.untold():
                await connection.execute("SELECT pg_notify($1, queue) FROM unnest($2::text[]) queue", CHANNEL, queues)
    finally:
        notifications.connected = False
        await connection.close(timeout=2)
