from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.lines.world import World


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(sqlite_url, tmp_path)
    await made.open()
    yield made
    await made.close()


@pytest.fixture(params=[False, True], ids=["plain", "forum"])
async def either(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The product with a group of each kind."""
    made = World(sqlite_url, tmp_path, forum=request.param)
    await made.open()
    yield made
    await made.close()
