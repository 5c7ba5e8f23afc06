"""Engines for the two databases, and what each connection is told as it opens.

Their errors hide the parameters: those are what customers wrote, and errors are logged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.one_trip import opener

BUSY_MS: Final = 15_000
"""How long SQLite waits for another process's write (a `scenarios import` beside the running bot)."""
IDLE_MS: Final = 6_000
"""A process that stands still in the middle of a transaction holds locks that others wait for: PostgreSQL undoes it.

It must be less than the time after which a silent leader is passed over (`storage/leadership.py`).
"""
READERS: Final = 4
CHECKPOINT_PAGES: Final = 1_000


def sqlite_file(url: str) -> Path | None:
    """Return the file a SQLite URL names; None for a server."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def shown(url: str) -> str:
    """Return the URL without its password, for logs and errors."""
    return make_url(url).render_as_string(hide_password=True)


def sqlite_writer(url: str) -> AsyncEngine:
    """Return the engine of the one connection that writes; its transactions begin IMMEDIATE, so they never upgrade."""
    engine = _sqlite(url, connections=1)
    _tell(engine, "BEGIN IMMEDIATE", f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    return engine


def sqlite_reader(url: str) -> AsyncEngine:
    """Return the engine of the connections that only read: a write on one is an error of the program."""
    engine = _sqlite(url, connections=READERS)
    _tell(engine, "BEGIN", "PRAGMA query_only=ON", "PRAGMA wal_autocheckpoint=0")
    return engine


def _sqlite(url: str, *, connections: int) -> AsyncEngine:
    parsed = make_url(url)
    return create_async_engine(
        parsed,
        async_creator=opener(parsed.database or ""),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
    )


def postgresql(url: str, *, pool_size: int, max_overflow: int) -> AsyncEngine:
    parsed: URL = make_url(url)
    return create_async_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"server_settings": {"idle_in_transaction_session_timeout": str(IDLE_MS)}},
    )


def _tell(engine: AsyncEngine, begin: str, *pragmas: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own: `begin` below does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        if "IMMEDIATE" in begin:
            cursor.execute("PRAGMA journal_mode=WAL")
        for pragma in ("PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", *pragmas):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)
