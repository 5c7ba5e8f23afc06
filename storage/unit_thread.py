"""A thread with one connection to a SQLite file, which runs whole units instead of single statements.

A trip to another thread and back costs more than most statements, and a unit has many of them. The thread is
aiosqlite's; what runs on it uses SQLAlchemy's plain connection.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextvars import copy_context
from typing import Final, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Engine

T = TypeVar("T")
CHUNK: Final = 64


class UnitThread:
    """Opens its connection when it is first needed, and again after `close`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread: aiosqlite.Connection | None = None
        self._connection: Connection | None = None
        self._opening = asyncio.Lock()

    async def run(self, function: Callable[[Connection], T]) -> T:
        """Call a function with the connection, on the thread. What the function raises is raised here."""
        thread = self._thread or await self._open()
        return cast("T", await thread._execute(copy_context().run, self.call, function))  # type: ignore[no-untyped-call]  # noqa: SLF001  # no other way in

    def send(self, function: Callable[[], None]) -> bool:
        """Have a function called on the thread, and wait for nothing; False while there is no thread.

        It has to tell of its end by itself, its failure too.
        """
        if self._thread is not None:
            self._thread._tx.put_nowait((None, function))  # noqa: SLF001  # who waits costs a wake-up more
        return self._thread is not None

    async def close(self) -> None:
        async with self._opening:
            thread, self._thread = self._thread, None
            if thread is not None:
                await thread._execute(self._let_go)  # type: ignore[no-untyped-call]  # noqa: SLF001
                await thread.close()

    async def _open(self) -> aiosqlite.Connection:
        async with self._opening:
            if self._thread is None:
                thread = aiosqlite.Connection(self._connect, CHUNK)
                thread._thread.daemon = True  # noqa: SLF001  # a database that hangs does not hold the process
                try:
                    self._thread = await thread
                except BaseException:
                    await asyncio.to_thread(thread._thread.join)  # noqa: SLF001  # it answers once more before it ends
                    raise
            return self._thread

    def _connect(self) -> sqlite3.Connection:
        return cast("sqlite3.Connection", self.reopened().connection.driver_connection)

    def reopened(self) -> Connection:
        """On the thread: return a fresh connection after a failure of the database."""
        self._connection = self._engine.connect()
        return self._connection

    def call(self, function: Callable[[Connection], T]) -> T:
        """On the thread: call a function with the connection."""
        open_ = self._connection if self._connection is not None and not self._connection.closed else self.reopened()
        return function(open_)

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Readers:
    """A few such threads for units that only look; each takes one at a time, in the order of coming."""

    def __init__(self, engine: Engine, *, count: int) -> None:
        self._threads = [UnitThread(engine) for _ in range(count)]
        self._free = list(self._threads)
        self._turn = asyncio.Semaphore(count)

    async def run(self, function: Callable[[Connection], T]) -> T:
        async with self._turn:
            thread = self._free.pop()  # the one that was used last: its cache is warm, and the others need not exist
            try:
                return await thread.run(function)
            finally:
                self._free.append(thread)

    async def close(self) -> None:
        for thread in self._threads:
            await thread.close()
