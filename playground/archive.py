"""A SQLite file that keeps a playground: who is there, what was written, what the bot has not heard yet.

One process has it open at a time. Each write is one transaction; a killed process loses none that was finished.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from playground import records
from playground.chats import Chat, User
from playground.files import StoredFile
from playground.records import Row
from playground.updates import Update
from playground.world import PRESS_LIVES_S, Press

VERSION: Final = 2
TABLES: Final = ("facts", "chats", "messages", "files", "updates", "presses")
CHATS: Final = """
CREATE TABLE chats (place TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE messages (place TEXT, id INTEGER, body TEXT NOT NULL, PRIMARY KEY (place, id)) WITHOUT ROWID;
"""
SCHEMA: Final = f"""
BEGIN;
CREATE TABLE facts (name TEXT PRIMARY KEY, body TEXT NOT NULL);
{CHATS}
CREATE TABLE files (
    file_id TEXT PRIMARY KEY, unique_id TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, mime TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE TABLE updates (id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE presses (id TEXT PRIMARY KEY, at REAL NOT NULL, body TEXT NOT NULL);
PRAGMA user_version = {VERSION};
COMMIT;
"""
FROM_1: Final = f"""
BEGIN;
ALTER TABLE chats RENAME TO old_chats;
ALTER TABLE messages RENAME TO old_messages;
{CHATS}
INSERT INTO chats SELECT CAST(id AS TEXT), body FROM old_chats;
INSERT INTO messages SELECT CAST(chat_id AS TEXT), id, body FROM old_messages;
DROP TABLE old_chats;
DROP TABLE old_messages;
PRAGMA user_version = {VERSION};
COMMIT;
"""  # noqa: S608  names of our own
"""Of version 1, in which chats were known by their number."""
PRIMARY: Final = 0xFF
"""The part of an error code of SQLite that tells the kind."""
OUTSIDE: Final = frozenset(
    {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM}
)
"""Kinds of error that say nothing of what stands in the file."""


class ArchiveUnusable(Exception):
    """The file cannot be used, through no fault of what stands in it; the text names the reason."""


class _Unreadable(Exception):
    """What stands in the file is not what this version writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the file says."""

    users: Mapping[int, User]
    chats: Mapping[str, Chat]
    """By their place."""
    files: Sequence[StoredFile]
    updates: Sequence[Update]
    presses: Sequence[Press]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Rows to write, and the ids of updates to forget."""

    anew: bool = False
    """Whether all that stood there goes first."""
    facts: Sequence[Row] = ()
    chats: Sequence[Row] = ()
    messages: Sequence[Row] = ()
    files: Sequence[Row] = ()
    updates: Sequence[Row] = ()
    presses: Sequence[Row] = ()
    heard: Sequence[Row] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


class Archive:
    """The open file."""

    def __init__(self, file: Path) -> None:
        """Open it, or make it. Raises ArchiveUnusable."""
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise ArchiveUnusable(f"{file}: {error.strerror}") from None
        self._file = file
        self._connection = sqlite3.connect(file, timeout=0)

    @classmethod
    def opened(cls, file: Path, say: Callable[[str], None]) -> tuple[Self, Kept | None]:
        """Open a file and read it; None is read from a new one. What cannot be read is set aside, and `say` told so.

        Raises ArchiveUnusable.
        """
        archive = cls(file)
        try:
            return archive, archive._read()
        except _Unreadable as error:
            archive.close()
            aside = _set_aside(file)
            say(f"{file} cannot be read ({error}): it is kept as {aside.name}, and the chats start empty")
            archive = cls(file)
            return archive, archive._read()
        except BaseException:
            archive.close()
            raise

    def write(self, changes: Changes) -> None:
        """Write all of it or nothing. Raises sqlite3.Error."""
        with self._connection as connection:
            if changes.anew:
                for table in TABLES:
                    connection.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", changes.facts)
            connection.executemany("INSERT OR REPLACE INTO chats VALUES (?, ?)", changes.chats)
            connection.executemany("INSERT OR REPLACE INTO messages VALUES (?, ?, ?)", changes.messages)
            connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", changes.files)
            connection.executemany("INSERT OR REPLACE INTO updates VALUES (?, ?, ?)", changes.updates)
            connection.executemany("INSERT OR REPLACE INTO presses VALUES (?, ?, ?)", changes.presses)
            connection.executemany("DELETE FROM updates WHERE id = ?", changes.heard)

    def close(self) -> None:
        self._connection.close()

    def _read(self) -> Kept | None:
        try:
            self._prepare()
            return self._kept()
        except sqlite3.Error as error:
            raise _kind_of(error, self._file) from None
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise _Unreadable(f"{type(error).__name__}: {error}"[:120]) from None

    def _prepare(self) -> None:
        self._pragma("locking_mode = EXCLUSIVE")
        version, tables = self._pragma("user_version"), self._all("sqlite_master")
        if version not in (1, VERSION) and (version or tables):
            raise _Unreadable(f"it is of version {version}, not {VERSION}")
        # A killed process loses nothing that was handed to the system, so no write waits for the disk.
        self._pragma("journal_mode = WAL")
        self._pragma("synchronous = NORMAL")
        if version == 1:
            self._connection.executescript(FROM_1)
        if not tables:
            self._connection.executescript(SCHEMA)

    def _pragma(self, words: str) -> Any:
        row = self._connection.execute(f"PRAGMA {words}").fetchone()
        return row[0] if row else None

    def _kept(self) -> Kept | None:
        facts = {name: json.loads(body) for name, body in self._all("facts")}
        if not facts:
            return None
        with self._connection as connection:
            connection.execute("DELETE FROM presses WHERE at < ?", [time.time() - PRESS_LIVES_S])
        rows = self._all("chats")
        users = {user.id: user for row in rows if (user := records.person(row))}
        chats = records.chats_of(rows, users)
        for row in self._all("messages ORDER BY place, id"):
            message = records.message(row, chats)
            message.chat.messages[message.id] = message
        return Kept(
            users=users,
            chats=chats,
            files=[records.file(row) for row in self._all("files ORDER BY rowid")],
            updates=[records.update(row) for row in self._all("updates ORDER BY id")],
            presses=[records.press(row, users, chats) for row in self._all("presses ORDER BY rowid")],
            facts=facts,
        )

    def _all(self, table: str) -> list[Row]:
        with closing(self._connection.execute(f"SELECT * FROM {table}")) as cursor:  # noqa: S608  names of our own
            return cursor.fetchall()


def _kind_of(error: sqlite3.Error, file: Path) -> Exception:
    kind = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    if kind == sqlite3.SQLITE_BUSY:
        return ArchiveUnusable(f"{file}: another playground has it open")
    return ArchiveUnusable(f"{file}: {error}") if kind in OUTSIDE else _Unreadable(str(error))


def _set_aside(file: Path) -> Path:
    """Move a file, with what belongs to it, to a name that says what it is and is not taken."""
    aside = file.with_name(f"{file.stem}-unreadable-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}{file.suffix}")
    for end in ("", "-wal"):
        part = file.with_name(file.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
    return aside
