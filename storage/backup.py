"""A copy of a SQLite database beside whoever works on it: whole, of one moment, checked, and never half a file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from storage.private import PRIVATE

PAGES: Final = 1024
"""Copied between two words of progress: 4 MiB."""
WAIT_S: Final = 30.0
Progress = Callable[[int, int], None]
"""Takes how many pages are done, and of how many."""


class BackupFailed(Exception):
    """No copy was made; the text says why. What stood at its place before still does."""


def back_up(file: Path, target: Path, *, replace: bool, progress: Progress) -> int:
    """Copy a database to `target` and return the size in bytes. Raises BackupFailed, FileExistsError."""
    if target.exists() and not replace:
        raise FileExistsError(target)
    try:
        with _beside(target) as half_done:
            _copy(file, half_done, progress)
            _prove(half_done)
            _sync(half_done)
            size = half_done.stat().st_size
            _put(half_done, target, replace=replace)
            _sync(target.parent)
    except FileExistsError:
        raise
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(getattr(error, "strerror", None) or str(error)) from error
    return size


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a new file beside the target, for its owner alone; it is gone afterwards unless it was put in place."""
    file = target.with_name(f".{target.name}.{os.getpid()}.part")
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))
    try:
        yield file
    finally:
        for ending in ("", "-journal"):
            file.with_name(file.name + ending).unlink(missing_ok=True)


def _copy(file: Path, target: Path, progress: Progress) -> None:
    """Copy inside one reading transaction: without it SQLite would begin anew at each write of the bot."""
    with (
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_S)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.isolation_level = None
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=PAGES, progress=lambda _status, left, total: progress(total - left, total))
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def _prove(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError("the copy is malformed, as the database is; support-bot doctor names the part")


def _put(half_done: Path, target: Path, *, replace: bool) -> None:
    """Give the copy its name at once; without `replace`, whoever took the name meanwhile keeps it."""
    if replace:
        half_done.replace(target)
    else:
        os.link(half_done, target)


def _sync(path: Path) -> None:
    """See a file, or the names in a folder, through to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
