"""A browser in front of the whole product."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser

from playground.stage import Stage
from tests.browser.eyes import Eyes
from tests.browser.product import Product, inside, running
from tests.dashboard.visitor import Browser as Guest
from tests.dashboard.visitor import visited
from tests.lines.world import World
from tests.playground.test_browser import browser
from tests.walk.conftest import home
from tests.walk.conftest import sqlite_template as taught

__all__ = ["browser", "home", "taught"]


@pytest_asyncio.fixture(loop_scope="session")
async def product(home: Path, taught: Path) -> AsyncIterator[Stage]:
    """The product, whose operator Ольга is an admin."""
    shutil.copy(taught, home / "data" / "playground.db")
    async with inside() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def apart(home: Path) -> AsyncIterator[Product]:
    """The same as a user starts it: in processes of its own, of which the bot's may be killed."""
    async with running(home) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def wide(browser: Browser, product: Stage) -> AsyncIterator[Eyes]:
    async with Eyes.on(browser, product, width=1440, height=900) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser, product: Stage) -> AsyncIterator[Eyes]:
    async with Eyes.on(browser, product, width=390, height=844) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The bot itself without a process around it: tests say when it works. On both databases."""
    made = World(database_url, tmp_path, SUPPORT_CLASSIFIER__PAUSE_S="0")
    await made.open()
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def guest(world: World) -> AsyncIterator[Guest]:
    """The world's HTTP, at which nobody is signed in."""
    async with ClientSession() as http, visited(world, http) as found:
        yield found
