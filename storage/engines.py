"""Engines for the two databases, and what each connection is told as it opens.

Their errors hide the parameters: those are what customers wrote, and errors are logged.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_MS: Final = 15_000
"""How long SQLite waits for another process's write (a `scenarios import` beside the running bot)."""
IDLE_MS: Final = 6_000
"""A process that stands still in the middle of a transaction holds locks that others wait for: PostgreSQL undoes it.

It must be less than the time after which a silent leader is passed over (`storage/leadership.py`).
"""
UNIT_MS: Final = 30_000
"""The same where it stands still between the two messages that a new statement takes: its session does not idle then.

PostgreSQL can tell since version 17. No transaction of the bot takes a tenth of it; migrations lift it.
"""
_TIMED: Final = (
    "SELECT set_config('transaction_timeout', '{}', {}) WHERE current_setting('server_version_num')::int >= 170000"
)
UNUSED_S: Final = 2.0
"""A connection to a server that nobody has used for so long is tried before a unit gets it.

To try each, as the pool can do, takes three trips to the server; a unit that looks needs about five for itself.
"""
READERS: Final = 4
CHECKPOINT_PAGES: Final = 1_000
_OF_LIBPQ: Final = ("host", "port", "ssl")
"""Options of an address that say where the server is."""


def sqlite_file(url: str) -> Path | None:
    """Return the file a SQLite URL names; None for a server."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def shown(url: str) -> str:
    """Return the URL without its password, for logs and errors; options that may hold one are left out."""
    parsed = make_url(url)
    plain = {name: value for name, value in parsed.query.items() if "pass" not in name.lower()}
    return parsed.set(query=plain).render_as_string(hide_password=True)


def shown_for_libpq(url: str) -> str:
    """Return the address of a server as PostgreSQL's own programs take it, without its password."""
    parsed = make_url(url)
    plain = URL.create("postgresql", parsed.username, None, parsed.host, parsed.port, parsed.database)
    query = {"sslmode" if name == "ssl" else name: value for name, value in parsed.query.items() if name in _OF_LIBPQ}
    return plain.set(query=query).render_as_string()


def nothing() -> None:
    """Stand for a check where there is nothing to check."""


def sqlite_writer(url: str, *, check: Callable[[], None] = nothing) -> Engine:
    """Return the engine of the one connection that writes; its transactions begin IMMEDIATE, so they never upgrade.

    What is erased or blanked is overwritten (`secure_delete`): from the first write on, since a page that is split
    leaves copies behind. `check` raises where no connection may be opened now.
    """
    engine = _sqlite(url, connections=1, check=check)
    _tell(engine, "BEGIN IMMEDIATE", f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}", "PRAGMA secure_delete=ON")
    return engine


def sqlite_reader(url: str, *, check: Callable[[], None] = nothing) -> Engine:
    """Return the engine of the connections that only read: a write on one is an error of the program."""
    engine = _sqlite(url, connections=READERS, check=check)
    _tell(engine, "BEGIN", "PRAGMA query_only=ON", "PRAGMA wal_autocheckpoint=0")
    return engine


def _sqlite(url: str, *, connections: int, check: Callable[[], None]) -> Engine:
    file = make_url(url).database or ""

    def opened() -> sqlite3.Connection:
        check()
        return sqlite3.connect(file, check_same_thread=False)  # closed by another thread than the one that uses it

    return create_engine(
        "sqlite+pysqlite://",
        creator=opened,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
    )


def postgresql(url: str, *, pool_size: int, max_overflow: int, newest_first: bool = False) -> AsyncEngine:
    """Return the engine of a server. `newest_first`: as few connections as will do, which then know the statements."""
    parsed: URL = make_url(url)
    engine = create_async_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_use_lifo=newest_first,
        hide_parameters=True,
        connect_args={"server_settings": {"idle_in_transaction_session_timeout": str(IDLE_MS)}},
    )
    _try_unused(engine.sync_engine)
    _end_what_stands_still(engine.sync_engine)
    return engine


def without_limits() -> list[str]:
    """Return what lifts the limits for one transaction on PostgreSQL."""
    return ["SET LOCAL idle_in_transaction_session_timeout = 0", _TIMED.format(0, "true")]


def _end_what_stands_still(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.run_async(lambda driver: driver.execute(_TIMED.format(UNIT_MS, "false")))


def _try_unused(engine: Engine) -> None:
    """Ask a connection that has stood by for a while whether it still works; one that does not takes the rest along.

    A connection that breaks while it is in use fails the unit that has it, as it did before: that one comes again.
    """

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: Any, record: Any) -> None:
        record.info["unused_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get("unused_since")
        if since is None or time.monotonic() - since < UNUSED_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _tell(engine: Engine, begin: str, *pragmas: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own: `begin` below does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        if "IMMEDIATE" in begin:
            cursor.execute("PRAGMA journal_mode=WAL")
        for pragma in ("PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", *pragmas):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)
