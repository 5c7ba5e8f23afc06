"""aiosqlite with one trip to its thread for each statement, where it makes four.

SQLAlchemy opens a cursor, executes, fetches and closes; aiosqlite sends each of these to the connection's thread and
wakes the loop again, which cost more than the statements themselves (93 trips a message, two thirds of its CPU).
Here a statement is executed and its rows are fetched in one go; making and closing a cursor touches no file and is
done where we stand. The connection is used by one task at a time, so its thread is idle then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from aiosqlite import Connection, Cursor

CHUNK: Final = 64


class OneTripCursor(Cursor):
    """Has the rows as soon as the statement is done."""

    _rows: list[Any]

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> OneTripCursor:
        self._rows = await self._execute(self._run, sql, parameters or ())  # type: ignore[no-untyped-call]  # theirs
        return self

    def _run(self, sql: str, parameters: Iterable[Any]) -> list[Any]:
        self._cursor.execute(sql, tuple(parameters))
        return self._cursor.fetchall() if self._cursor.description else []

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        self._cursor.close()


class OneTripConnection(Connection):
    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # a cursor at once, where aiosqlite promises one
        return OneTripCursor(self, self._conn.cursor())


def opener(file: str, check: Callable[[], None]) -> Callable[[], Awaitable[Connection]]:
    """Return what SQLAlchemy's `async_creator` asks for; `check` may refuse."""

    async def opened() -> Connection:
        check()
        connection = OneTripConnection(lambda: sqlite3.connect(file, check_same_thread=False), CHUNK)
        connection._thread.daemon = True  # noqa: SLF001  # as SQLAlchemy does with those it opens itself
        return await connection

    return opened
