"""SQLite has one writer, and a durable commit costs a disk flush: write units that wait share one.

The units queue for the one writing connection and run one after the other inside one transaction, each behind a
savepoint; the last in line commits for all, and only then does any of them return. A failing unit undoes itself
alone. Accepted cost: when the commit itself fails, or the database while a unit writes (SQLite then ends the whole
transaction by itself), all units of the group fail together and are tried again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

MOST_UNITS: Final = 64
"""A group never grows past this, so the first unit in it does not wait for ever."""


Failed = Callable[[BaseException], bool]


class _Group:
    """The units that share one commit."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.units = 0
        self.outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()

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
        self._turn = asyncio.Lock()
        self._in_line = 0
        self._group: _Group | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncConnection]:
        """Open a unit; leaving it returns only once what it wrote is on disk."""
        await self._wait_for_turn()
        try:
            group = self._group or await self._open()
            try:
                async with self._savepoint(group):
                    yield group.connection
            except BaseException as error:
                if self._failed(error):
                    await self._abandon(group, error)
                    raise
                await self._commit_if_last(group)
                raise
            else:
                await self._commit_if_last(group)
        finally:
            self._turn.release()
        await asyncio.shield(group.outcome)

    async def _wait_for_turn(self) -> None:
        self._in_line += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            # The unit before may have left the commit to this one.
            task = asyncio.create_task(self._commit_if_idle())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
            raise
        finally:
            self._in_line -= 1

    async def _commit_if_idle(self) -> None:
        async with self._turn:
            if self._group is not None and not self._in_line:
                await self._commit(self._group)

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

    async def _commit_if_last(self, group: _Group) -> None:
        if not self._in_line or group.units >= MOST_UNITS:
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
