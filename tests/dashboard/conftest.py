from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.dashboard.visitor import API_TOKEN, MARIA, Browser, sign_in, visited
from tests.lines.conftest import postgresql_kept, sqlite_template
from tests.lines.world import World

__all__ = ["postgresql_kept", "sqlite_template"]


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(database_url, tmp_path, SUPPORT_HTTP__API_TOKEN=API_TOKEN, SUPPORT_CLASSIFIER__PAUSE_S="0")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def maria(world: World, http: ClientSession) -> AsyncIterator[Browser]:
    """Somebody of the team, signed in."""
    async with visited(world, http) as browser:
        yield await sign_in(world, browser)


@pytest.fixture
async def admin(world: World, maria: Browser) -> Browser:
    """The same person, whom the settings now name as an admin."""
    world.parts.dashboard.authorization._admins._ids = lambda: frozenset((MARIA.id,))
    return maria
