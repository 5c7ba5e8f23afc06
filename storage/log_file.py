"""SQLite's write-ahead log: what was erased stands in it until it is written back and cut off."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

WAIT_S: Final = 5.0
TRIES: Final = 3


def cut_off(file: Path) -> bool:
    """Write the log back into the database and empty it; False where readers were at it all the time."""
    uri = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=WAIT_S, isolation_level=None)) as connection:
        return any(_cut_off_by(connection) for _ in range(TRIES))


def _cut_off_by(connection: sqlite3.Connection) -> bool:
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
