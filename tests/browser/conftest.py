"""A browser in front of the whole product."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser

from tests.browser.eyes import Eyes
from tests.browser.product import Product, running
from tests.dashboard.visitor import Browser as Guest
from tests.dashboard.visitor import visited
from tests.lines.world import World
from tests.playground.test_browser import browser
from tests.walk.conftest import home

__all__ = ["browser", "home"]


@pytest.fixture
async def product(home: Path) -> AsyncIterator[Product]:
    async with running(home) as found:
        yield found


@pytest.fixture
async def product_of_an_admin(home: Path) -> AsyncIterator[Product]:
    """A product whose operator is an admin, who may open every page."""
    async with running(home, SUPPORT_TELEGRAM__ADMIN_IDS="[501]") as found:
        yield found


@pytest.fixture
async def wide(browser: Browser, product: Product) -> AsyncIterator[Eyes]:
    async with Eyes.on(browser, product, width=1440, height=900) as found:
        yield found


@pytest.fixture
async def phone(browser: Browser, product: Product) -> AsyncIterator[Eyes]:
    async with Eyes.on(browser, product, width=390, height=844) as found:
        yield found


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The bot itself without a process around it: tests say when it works. On both databases."""
    made = World(database_url, tmp_path, SUPPORT_CLASSIFIER__PAUSE_S="0")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def guest(world: World) -> AsyncIterator[Guest]:
    """The world's HTTP, at which nobody is signed in."""
    async with ClientSession() as http, visited(world, http) as found:
        yield found
