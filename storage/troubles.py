"""Which errors of the drivers are the database's own, and what each means: one table, whatever was asked.

An error of the data (a value that does not fit, a key that is known) belongs to who asked and is left as it is.
Of a driver's text only the first line is shown, and only where it cannot quote a value.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from typing import Final, TypeGuard

import asyncpg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import Ailment, DatabaseTrouble

FAILURES: Final = (SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
"""What a driver or a connection may raise, wrapped or not."""

_SQLITE: Final[dict[int, Ailment]] = {
    sqlite3.SQLITE_PERM: "broken",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_NOMEM: "broken",
    sqlite3.SQLITE_IOERR: "broken",
    sqlite3.SQLITE_CORRUPT: "malformed",
    sqlite3.SQLITE_NOTADB: "malformed",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CANTOPEN: "broken",
    sqlite3.SQLITE_PROTOCOL: "locked",
}
_NO_SUCH: Final = re.compile(r"no such (?:table|column): [\w.]+")
_POSTGRESQL: Final[tuple[tuple[str, Ailment], ...]] = (
    ("53300", "crowded"),
    ("53100", "full"),
    ("53", "broken"),
    ("55P03", "locked"),
    ("08", "away"),
    ("57P", "away"),
    ("28", "away"),
    ("3D", "away"),
    ("XX", "malformed"),
    ("58", "broken"),
    ("25006", "broken"),
    ("42P01", "broken"),
    ("42703", "broken"),
)
"""Beginnings of SQLSTATE codes; the first that fits counts."""
_FIXES: Final[dict[Ailment, str]] = {
    "lost": "move it back, or stop the bot, restore a backup and start it again",
    "malformed": "stop the bot, remove the file's -wal and -shm and restore a backup, or rescue what can be read: "
    "sqlite3 FILE .recover",
    "full": "free some space on its disk",
    "locked": "find the program that keeps it locked, and end it",
    "crowded": "lower database.pool_size and database.max_overflow, or raise max_connections of the server",
    "away": "see that the server runs and DATABASE_URL is right",
    "broken": "see to its disk and its rights",
}
_SERVER_FIXES: Final[dict[Ailment, str]] = {"malformed": "stop the bot and restore a backup"}


def trouble(ailment: Ailment, what: str, *, server: bool = False) -> DatabaseTrouble:
    """Return a trouble in words: what it is, and the fix."""
    fix = _SERVER_FIXES.get(ailment, _FIXES[ailment]) if server else _FIXES[ailment]
    return DatabaseTrouble(what, fix, ailment=ailment)


def trouble_of(error: BaseException, *, database: str, writing: bool = True) -> DatabaseTrouble | None:
    """Return the database's trouble behind an error; None for an error of what was asked.

    `database`: what people call it. An error while another was handled is looked behind: SQLite
    ends a whole transaction when its disk is full, and what is said next ("no such savepoint") is not the cause.
    """
    for one in _behind(error):
        found = _of_one(one, database, writing=writing)
        if found is not None:
            return found
    return None


def first_line(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:200]


def _behind(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if not _of_a_database(one) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [getattr(one, "orig", None), one.__cause__, one.__context__]


def _of_a_database(error: BaseException | None) -> TypeGuard[BaseException]:
    """Whether it comes from a driver; what a program was doing as it failed is nobody's trouble."""
    return isinstance(error, (DatabaseTrouble, *FAILURES)) or hasattr(error, "sqlstate")


def _of_one(error: BaseException, database: str, *, writing: bool) -> DatabaseTrouble | None:
    match error:
        case DatabaseTrouble():
            return error
        case PoolTimeout():
            return trouble("crowded", f"{database} has had no free connection for too long", server=True)
        case DBAPIError(connection_invalidated=True):
            return trouble("away", f"{database} has closed the connection", server=True)
        case sqlite3.Error():
            return _of_sqlite(error, database, writing=writing)
        case asyncpg.InterfaceError() | OSError():
            return trouble("away", f"{database} cannot be reached ({_without_values(error)})", server=True)
        case _:
            return _of_postgresql(error, database)


def _of_sqlite(error: sqlite3.Error, database: str, *, writing: bool) -> DatabaseTrouble | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_READONLY:
        # On a connection that only reads it is a mistake of the program, and of nobody else.
        return trouble("broken", f"{database} cannot be written ({first_line(error)})") if writing else None
    if primary == sqlite3.SQLITE_ERROR:
        missing = _NO_SUCH.search(str(error))
        return trouble("broken", f"{database} has lost a part ({missing[0]})") if missing else None
    ailment = _SQLITE.get(primary)
    return trouble(ailment, f"{database}: {first_line(error)}") if ailment else None


def _of_postgresql(error: BaseException, database: str) -> DatabaseTrouble | None:
    state = getattr(error, "sqlstate", None)
    if not isinstance(state, str):
        return None
    ailment = next((ailment for start, ailment in _POSTGRESQL if state.startswith(start)), None)
    return trouble(ailment, f"{database}: {first_line(error)}", server=True) if ailment else None


def _without_values(error: BaseException) -> str:
    """An error of the system may name an address; its number says the same."""
    number = getattr(error, "errno", None)
    return os.strerror(number) if isinstance(number, int) and number > 0 else type(error).__name__
