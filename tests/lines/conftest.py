from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.kept import Kept, kept_once
from tests.lines.world import OPERATOR_ID, World, taught
from tests.shared import filled_once


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that knows the pack of a world."""
    return filled_once(tmp_path_factory, "world.db", sqlite_template, taught)


@pytest.fixture(scope="session")
def postgresql_kept(postgresql_template: str, postgresql_kept: Kept) -> Kept:
    return kept_once("kept_world", postgresql_template, postgresql_kept, taught)


@pytest.fixture
def settings() -> dict[str, str]:
    """Settings by their environment names; a module that needs others names its own."""
    return {}


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path, settings: dict[str, Any]) -> AsyncIterator[World]:
    made = World(sqlite_url, tmp_path, **settings)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def led(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world whose operator is an admin too."""
    made = World(sqlite_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=str(OPERATOR_ID))
    await made.open()
    yield made
    await made.close()


@pytest.fixture(params=[False, True], ids=["plain", "forum"])
async def either(
    request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path, settings: dict[str, Any]
) -> AsyncIterator[World]:
    """The product with a group of each kind."""
    made = World(sqlite_url, tmp_path, forum=request.param, **settings)
    await made.open()
    yield made
    await made.close()
