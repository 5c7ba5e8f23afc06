"""The SQLite file as it was opened, and what may happen to it: deleted, moved, another put in its place.

SQLite itself goes on writing into a file that no longer has a name, and all of it is gone when the process ends.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from storage.troubles import trouble

Identity = tuple[int, int]
"""Device and inode: a file that was moved away and back is the same one."""


class Place:
    """Knows which file the connections of this process have open, and looks whether it still stands there."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._log = file.with_name(file.name + "-wal")
        self._opened: Identity | None = None
        self._opened_log: Identity | None = None
        self._connections = 0

    def watch(self, *engines: Engine) -> None:
        """Count the connections: with the last of them SQLite takes the write-ahead log away, and that is right."""
        for engine in engines:
            event.listen(engine.pool, "connect", self._on_connect)
            event.listen(engine.pool, "close", self._on_close)

    def check(self) -> None:
        """Raise DatabaseTrouble when what stands at the path is not what is open."""
        if self._opened is None:
            return
        self._compare(self.file, self._opened)
        log = identity(self._log)
        if self._opened_log is None:
            self._opened_log = log
        elif log != self._opened_log:
            self._compare(self._log, self._opened_log)

    @staticmethod
    def _compare(file: Path, opened: Identity) -> None:
        found = identity(file)
        if found is None:
            raise trouble("lost", f"{file} is gone: deleted or moved while the bot has it open")
        if found != opened:
            raise trouble("lost", f"{file} is another file now: replaced while the bot has the old one open")

    def _on_connect(self, _connection: Any, _record: Any) -> None:
        if not self._connections:
            self._opened, self._opened_log = identity(self.file), None
        self._connections += 1

    def _on_close(self, _connection: Any, _record: Any) -> None:
        self._connections -= 1
        if not self._connections:
            self._opened = self._opened_log = None


def identity(file: Path) -> Identity | None:
    """Return which file stands there; None for none that can be seen."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
