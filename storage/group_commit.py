"""SQLite has one writer, and a durable commit costs a disk flush: write units that wait share one.

The units queue for the thread of the one writing connection. It runs them one after the other inside one transaction,
each behind a savepoint, commits for all, and only then does any of them return. A failing unit undoes itself alone.
Accepted cost: when the commit itself fails, or the database while a unit writes (SQLite then ends the whole
transaction by itself), all units of the group fail together and are tried again.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

from storage.unit_thread import UnitThread

MOST_UNITS: Final = 64
MOST_S: Final = 0.015
"""A group takes in no more units past either, so that the first in it does not wait for long."""

T = TypeVar("T")
Failed = Callable[[BaseException], bool]


@dataclass(slots=True, eq=False)
class _Unit:
    """One that waits for its turn, and then for the commit."""

    act: Callable[[Connection], Any]
    done: asyncio.Future[Any]
    context: Context = field(default_factory=copy_context)
    outcome: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """On the loop: let whoever waits go on. Who has given up waiting hears nothing."""
        if self.done.done():
            return
        if self.error is None:
            self.done.set_result(self.outcome)
        else:
            self.done.set_exception(self.error)


class GroupCommit:
    """Runs units on the one writing connection of a SQLite file."""

    def __init__(self, thread: UnitThread, *, check: Callable[[], None], failed: Failed) -> None:
        """`check` raises where a commit would be for nothing; `failed` tells the database's errors from a unit's."""
        self._thread = thread
        self._check = check
        self._failed = failed
        self._lock = threading.Lock()
        self._ahead: deque[_Unit] = deque()
        self._others: deque[_Unit] = deque()
        self._working = False
        self._rounds: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Wait for those who were let in."""
        await asyncio.gather(*self._rounds)
        await self._thread.close()

    async def run(self, act: Callable[[Connection], T], *, ahead: bool = False) -> T:
        """Run a unit; return only once what it wrote is on disk. `ahead`: before those that wait.

        Who is cancelled while the unit runs does not learn whether it was committed.
        """
        unit = _Unit(act, asyncio.get_running_loop().create_future())
        with self._lock:
            (self._ahead if ahead else self._others).append(unit)
            begins, self._working = not self._working, True
        if begins:
            self._begin()
        outcome: T = await unit.done
        return outcome

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._thread.send(partial(self._round, loop)):
            return
        task = asyncio.create_task(self._first_round(loop), name="group-commit")
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)

    async def _first_round(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have the thread begin, and its connection opened."""
        try:
            await self._thread.run(lambda connection: self._work(connection, loop))
        except Exception as error:  # noqa: BLE001  # it belongs to those who wait
            self._give_up(error)

    def _round(self, loop: asyncio.AbstractEventLoop) -> None:
        """On the thread."""
        try:
            self._thread.call(lambda connection: self._work(connection, loop))
        except BaseException as error:  # noqa: BLE001  # it belongs to those who wait
            loop.call_soon_threadsafe(self._give_up, error)

    def _give_up(self, error: BaseException) -> None:
        """On the loop: no connection could be opened, and whoever waits by now is told so."""
        with self._lock:
            waiting = [*self._ahead, *self._others]
            self._ahead.clear()
            self._others.clear()
            self._working = False
        for unit in waiting:
            unit.error = error
            unit.tell()

    def _work(self, connection: Connection, loop: asyncio.AbstractEventLoop) -> None:
        """On the thread: a group after the other, until nobody waits."""
        while (first := self._next(last=True)) is not None:
            group = [first]
            self._run_group(connection, group)
            loop.call_soon_threadsafe(_tell, group)
            if connection.closed:
                connection = self._thread.reopened()

    def _next(self, *, last: bool = False) -> _Unit | None:
        """Take who waits longest; nobody is left to wait where `last` ends the work."""
        with self._lock:
            for line in (self._ahead, self._others):
                while line:
                    unit = line.popleft()
                    if not unit.done.done():  # who gave up before the turn came is passed over
                        return unit
            if last:
                self._working = False
        return None

    def _run_group(self, connection: Connection, group: list[_Unit]) -> None:
        """Run the unit in the group, and those that come while it runs; then commit for all."""
        until = time.monotonic() + MOST_S
        try:
            with connection.begin():
                unit: _Unit | None = group[0]
                while unit is not None:
                    self._run_one(connection, unit)
                    full = len(group) >= MOST_UNITS or time.monotonic() >= until
                    unit = None if full else self._next()
                    if unit is not None:
                        group.append(unit)
                self._check()
            self._check()
        except BaseException as error:  # noqa: BLE001  # it belongs to those who wait
            connection.close()  # the next group begins with a clean one
            for each in group:
                each.error = each.error or error

    def _run_one(self, connection: Connection, unit: _Unit) -> None:
        """Raise only what is the database's error: it has ended the transaction for all."""
        try:
            with _savepoint(connection):
                unit.outcome = unit.context.run(unit.act, connection)
        except BaseException as error:
            unit.error = error
            if self._failed(error):
                raise


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    """Undo alone what fails in here. Said to the driver itself: SQLAlchemy takes ten times as long over it."""
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT unit")
    try:
        yield
    except BaseException:
        driver.execute("ROLLBACK TO unit")
        driver.execute("RELEASE unit")
        raise
    driver.execute("RELEASE unit")


def _tell(group: list[_Unit]) -> None:
    for unit in group:
        unit.tell()
