"""The SQLite file as it was opened, and what may happen to it: deleted, moved, another put in its place.

SQLite itself goes on writing into a file that no longer has a name, and all of it is gone when the process ends.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event

from storage.errors import DatabaseTrouble
from storage.troubles import trouble

Identity = tuple[int, int]
"""Device and inode: a file that was moved away and back is the same one."""
ASIDE: Final = ".aside"
"""What the name of a log ends in while the file it belongs to is lost."""


class DatabaseFile:
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
        try:
            self._compare(self.file, self._opened)
        except DatabaseTrouble:
            self._set_log_aside()
            raise
        log = identity(self._log)
        if log is None:
            self._put_log_back()
            log = identity(self._log)
        if self._opened_log is None:
            self._opened_log = log
        elif log != self._opened_log:
            self._compare(self._log, self._opened_log)

    def _set_log_aside(self) -> None:
        """Take the log away from a place where another file stands or will stand: SQLite would write it into that."""
        if self._opened_log is not None and identity(self._log) == self._opened_log:
            self._rename_log(to=ASIDE)

    def _put_log_back(self) -> None:
        """The file has been moved back, so its log belongs beside it again."""
        if self._opened_log is not None:
            aside = self._log.with_name(self._log.name + ASIDE)
            if identity(aside) == self._opened_log:
                self._rename_log(was=ASIDE)

    def _rename_log(self, *, was: str = "", to: str = "") -> None:
        for name in (f"{self.file.name}-wal", f"{self.file.name}-shm"):
            with contextlib.suppress(OSError):  # it is gone, or the folder is
                self.file.with_name(name + was).replace(self.file.with_name(name + to))

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
        found = os.stat(file)  # noqa: PTH116  # asked before and after each commit: `Path.stat` takes twice as long
    except OSError:
        return None
    return found.st_dev, found.st_ino
