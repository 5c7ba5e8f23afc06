"""Alembic, driven from the program: no alembic.ini to find, no second place that knows the URL."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.engines import without_limits

Standing = Literal["empty", "older", "newest", "newer"]
"""`newer`: at least one step of its schema is not known here."""

_SCRIPTS: Final = Path(__file__).with_name("migrations")
_LOCK: Final = 7_105_332
"""Two replicas that start at once migrate one after the other."""


def configuration(connection: Connection) -> Config:
    """Return the settings under which alembic works on one open connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def standing(connection: Connection) -> Standing:
    """Return how the schema of a database compares with the one this program works on."""
    scripts = ScriptDirectory.from_config(configuration(connection))
    found = MigrationContext.configure(connection).get_current_heads()
    if not found:
        return "empty"
    known = {script.revision for script in scripts.walk_revisions()}
    if not set(found) <= known:
        return "newer"
    return "newest" if set(found) == set(scripts.get_heads()) else "older"


def upgrade(connection: Connection, revision: str = "head") -> None:
    _take_time(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    command.upgrade(configuration(connection), revision)


def _take_time(connection: Connection) -> None:
    """Let a step reckon between two statements: an ordinary unit that falls silent is ended, and its locks with it."""
    if connection.dialect.name == "postgresql":
        for limit in without_limits():
            connection.execute(text(limit))


def downgrade(connection: Connection, revision: str = "base") -> None:
    _take_time(connection)
    command.downgrade(configuration(connection), revision)
