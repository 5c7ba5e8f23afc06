"""Who may work on a database: one process on a SQLite file, any number on PostgreSQL."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import DatabaseTaken, DatabaseUnusable
from storage.tables import lanes

WORKERS: Final = 7_105_333
"""The advisory lock that every working process shares."""
GONE: Final = (SQLAlchemyError, OSError)
"""What a connection says that has broken, now or some calls ago, or that cannot be made."""


@contextlib.contextmanager
def own(file: Path) -> Iterator[None]:
    """Hold the lock file beside a SQLite database; the system frees it when the process dies, however it dies."""
    lock = file.with_name(file.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DatabaseUnusable(
            f"database.url: cannot write beside {file} ({error.strerror}); name a file in a folder that can be written"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            raise DatabaseTaken(
                f"another support-bot (process {owner}) works on {file}; stop it, or give this one its own database.url"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


def latest_due(connection: Connection) -> datetime | None:
    """Return how far ahead work is due on a SQLite file; None where nothing waits."""
    due: datetime | None = connection.scalar(select(func.max(lanes.c.due_at)).where(lanes.c.due_at.is_not(None)))
    return due


def take_over(connection: Connection) -> None:
    """Let all that waits be due, if no process lives that could be at work in it: leases, and rests by another clock.

    Every worker holds `WORKERS` with its listening connection. With others alive, leases simply run out.
    """
    if connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": WORKERS}):
        now = func.statement_timestamp()
        connection.execute(update(lanes).where(lanes.c.due_at > now).values(due_at=now))


def workers(connection: Connection) -> int:
    """Count the processes that work on a PostgreSQL database: each holds `WORKERS` with its listening connection."""
    held = """SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()
              WHERE locktype = 'advisory' AND classid = 0 AND objid = :key AND mode = 'ShareLock' AND granted"""
    return connection.scalar(text(held), {"key": WORKERS}) or 0
