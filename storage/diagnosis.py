"""What is broken inside a SQLite file: the table or index, by SQLite's own `quick_check`."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

_TREE: Final = re.compile(r"\b(?:Tree|On tree page) (\d+)")
_NAMED: Final = re.compile(r"\b(?:index|in|column) (\w+)")
_MOST: Final = 20
"""So many complaints are read: the first few name what is broken."""
SMALL: Final = 100 * 1024 * 1024
"""A file up to this size is checked in about a second."""


def damage(file: Path) -> str | None:
    """Return what is malformed, as people know it; None for a sound file. Reads all of it.

    Raises sqlite3.Error for anything else (locked, no rights): that is the caller's to tell.
    """
    with closing(_opened(file)) as connection:
        try:
            complaints = [str(row[0]) for row in connection.execute(f"PRAGMA quick_check({_MOST})")]
        except sqlite3.DatabaseError as error:
            if not _malformed(error):
                raise
            return _worst(connection)
        if complaints == ["ok"]:
            return None
        return _named(connection, complaints) or _worst(connection)


def foreign(file: Path) -> bool:
    """Whether it never was a SQLite database: somebody has named the wrong file.

    SQLite itself is asked. Its locks belong to the process and the file: had this process opened and closed the file
    by other means, all of them would be gone, and a command that ends beside the bot would take the log away.
    """
    with closing(_opened(file)) as connection:
        try:
            connection.execute("PRAGMA schema_version")
        except sqlite3.DatabaseError as error:
            return _code(error) == sqlite3.SQLITE_NOTADB
    return False


def left_open(file: Path) -> bool:
    """Whether the process that had it open last did not close it: its write-ahead log is still there."""
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=5)


def _malformed(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _named(connection: sqlite3.Connection, complaints: list[str]) -> str | None:
    """Return the parts that complaints are about: by the page that a tree grows from, or by name."""
    parts = _parts(connection)
    names = {name: f"{kind} {name}" for kind, name, _ in parts}
    roots = {str(page): f"{kind} {name}" for kind, name, page in parts}
    found = []
    for line in "\n".join(complaints).splitlines():
        root, named = _TREE.search(line), _NAMED.search(line)
        part = roots.get(root[1]) if root else names.get(named[1].partition(".")[0]) if named else None
        if part and part not in found:
            found.append(part)
    return ", ".join(found) or None


def _worst(connection: sqlite3.Connection) -> str:
    """Look at one table after the other, where SQLite cannot look at the whole."""
    broken = [f"table {name}" for kind, name, _ in _parts(connection) if kind == "table" and _breaks(connection, name)]
    return ", ".join(broken) or "its schema"


def _breaks(connection: sqlite3.Connection, table: str) -> bool:
    quoted = table.replace('"', '""')
    try:
        return bool(connection.execute(f'PRAGMA quick_check("{quoted}")').fetchone() != ("ok",))
    except sqlite3.DatabaseError as error:
        return _malformed(error)


def _parts(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return kind, name and first page of each table and index; nothing where the schema itself is broken."""
    try:
        rows = connection.execute("SELECT type, name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
    except sqlite3.DatabaseError:
        return []
    return [(str(kind), str(name), int(page)) for kind, name, page in rows]
