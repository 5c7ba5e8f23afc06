"""SQLite has one writer, and a durable commit costs a disk flush: write units that wait share one.

The units queue for the one writing connection and run one after the other inside one transaction, each behind a
savepoint; the last in line commits for all, and only then does any of them return. A failing unit undoes itself
alone. Accepted cost: when the commit itself fails, or the database while a unit writes (SQLite then ends the whole
transaction by itself), all units of the group fail together and are tried again.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

MOST_UNITS: Final = 64
MOST_S: Final = 0.015
"""A group takes in no more units past either, so that the first in it does not wait for long."""


class _Line:
    """Who waits for the turn to write: those who asked to go ahead first, else in the order of coming."""

    def __init__(self) -> None:
        self._taken = False
        self._ahead: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @property
    def empty(self) -> bool:
        return all(place.done() for place in (*self._ahead, *self._others))

    def join(self, *, ahead: bool) -> asyncio.Future[None]:
        """Return a place, which is done when it is its turn."""
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._taken:
            (self._ahead if ahead else self._others).append(place)
        else:
            self._taken = True
            place.set_result(None)
        return place

    def pass_on(self) -> None:
        """End a turn. Places that were given up meanwhile are passed over."""
        for line in (self._ahead, self._others):
            while line:
                place = line.popleft()
                if not place.done():
                    place.set_result(None)
                    return
        self._taken = False


Failed = Callable[[BaseException], bool]


class _Group:
    """The units that share one commit."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.units = 0
        self._until = time.monotonic() + MOST_S
        self.outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def full(self) -> bool:
        return self.units >= MOST_UNITS or time.monotonic() >= self._until

    def close(self, error: BaseException | None = None) -> None:
        if self.outcome.done():
            return
        if error is None:
            self.outcome.set_result(None)
        else:
            self.outcome.set_exception(error)
            self.outcome.exception()  # whoever waits gets it; nobody waiting is no warning


class GroupCommit:
    """Hands out the one writing connection of a SQLite engine."""

    def __init__(self, engine: AsyncEngine, *, check: Callable[[], None], failed: Failed) -> None:
        """`check` raises where a commit would be for nothing; `failed` tells the database's errors from a unit's."""
        self._engine = engine
        self._check = check
        self._failed = failed
        self._line = _Line()
        self._group: _Group | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def unit(self, *, ahead: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open a unit; leaving it returns only once what it wrote is on disk. `ahead`: before those in line."""
        await self._wait_for_turn(ahead=ahead)
        try:
            group = self._group or await self._open()
            try:
                async with self._savepoint(group):
                    yield group.connection
            except BaseException as error:
                if self._failed(error):
                    await self._abandon(group, error)
                else:
                    await self._commit_if_closed(group)
                raise
            else:
                await self._commit_if_closed(group)
        finally:
            self._line.pass_on()
        await asyncio.shield(group.outcome)

    async def _wait_for_turn(self, *, ahead: bool) -> None:
        place = self._line.join(ahead=ahead)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():
                # Given up just as the turn had come: the unit before has left the commit to this one.
                task = asyncio.create_task(self._commit_if_last())
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)
            raise

    async def _commit_if_last(self) -> None:
        try:
            if self._group is not None and self._line.empty:
                await self._commit(self._group)
        finally:
            self._line.pass_on()

    async def _open(self) -> _Group:
        connection = await self._engine.connect()
        try:
            await connection.begin()
        except BaseException:
            await connection.close()
            raise
        self._group = _Group(connection)
        return self._group

    @staticmethod
    @contextlib.asynccontextmanager
    async def _savepoint(group: _Group) -> AsyncIterator[None]:
        group.units += 1
        async with group.connection.begin_nested():
            yield

    async def _commit_if_closed(self, group: _Group) -> None:
        if self._line.empty or group.full:
            await self._commit(group)

    async def _abandon(self, group: _Group, error: BaseException) -> None:
        """Give up what the transaction held: those who wait are told, whoever comes next begins anew."""
        self._group = None
        group.close(error)
        await group.connection.close()

    async def _commit(self, group: _Group) -> None:
        self._group = None
        try:
            self._check()
            await group.connection.commit()
            self._check()
        except BaseException as error:
            group.close(error)
            raise
        else:
            group.close()
        finally:
            await group.connection.close()
