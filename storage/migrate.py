"""Alembic, driven from the program: no alembic.ini to find, no second place that knows the URL.

It is imported for steps that are to be taken. Whether there are any is seen from the names of their files: most starts
find the newest schema, and need not load each step to learn that.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import Connection, inspect, text

from storage.engines import without_limits

if TYPE_CHECKING:
    from alembic.config import Config

SchemaState = Literal["empty", "older", "newest", "newer"]
"""`newer`: at least one step of its schema is not known here."""

_SCRIPTS: Final = Path(__file__).with_name("migrations")
_STANDS: Final = "alembic_version"
"""The table in which alembic notes the newest step that was taken."""
_LOCK: Final = 7_105_332
"""Two replicas that start at once migrate one after the other."""


def schema_state(connection: Connection) -> SchemaState:
    """Return how the schema of a database compares with the one this program works on."""
    if not inspect(connection).has_table(_STANDS):
        return "empty"
    found = set(connection.scalars(text(f"SELECT version_num FROM {_STANDS}")))  # noqa: S608  # our name
    if not found:
        return "empty"
    if not found <= set(steps()):
        return "newer"
    return "newest" if found == {steps()[-1]} else "older"


@cache
def steps() -> tuple[str, ...]:
    """Return the steps by their numbers, with which the names of their files begin."""
    return tuple(sorted(file.name.partition("_")[0] for file in (_SCRIPTS / "versions").glob("[0-9]*.py")))


def upgrade(connection: Connection, revision: str = "head") -> None:
    from alembic import command

    _take_time(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    command.upgrade(_configuration(connection), revision)


def downgrade(connection: Connection, revision: str = "base") -> None:
    from alembic import command

    _take_time(connection)
    command.downgrade(_configuration(connection), revision)


def _configuration(connection: Connection) -> Config:
    """Return the settings under which alembic works on one open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _take_time(connection: Connection) -> None:
    """Let a step reckon between two statements: an ordinary unit that falls silent is ended, and its locks with it."""
    if connection.dialect.name == "postgresql":
        for limit in without_limits():
            connection.execute(text(limit))
