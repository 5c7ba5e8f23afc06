"""Windows of a browser on the dashboard of a world, and how long to wait while that world works."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from playwright.async_api import Browser, BrowserContext, Error, Locator, Page, expect

from handlers.http.desk.visits import COOKIE
from services.dashboard.sessions import invite
from services.messages.incoming import Operator
from tests.dashboard.visitor import MARIA
from tests.dashboard.visitor import Browser as Guest
from tests.lines.world import World

TIMEOUT_MS: Final = 90_000
WIDE: Final = (1280, 800)
PHONE: Final = (390, 844)
STEP_MS: Final = 200


@asynccontextmanager
async def window(browser: Browser, *, size: tuple[int, int] = WIDE, **more: Any) -> AsyncIterator[Page]:
    """Open a window of somebody whose browser knows nothing yet; errors of the page are found as it closes."""
    viewport = {"width": size[0], "height": size[1]}
    context = await browser.new_context(viewport=viewport, locale="en-US", timezone_id="Europe/Moscow", **more)  # type: ignore[arg-type]  # two numbers
    context.set_default_timeout(TIMEOUT_MS)
    expect.set_options(timeout=TIMEOUT_MS)
    page = await context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    try:
        yield page
    finally:
        await context.close()
    assert problems == []


async def link_of(world: World, operator: Operator = MARIA) -> str:
    """Return what the bot sends in private."""
    return await world.store.write(lambda unit: invite(unit, operator))


async def enters(world: World, page: Page, base: str, operator: Operator = MARIA) -> None:
    """Sign somebody in by a link."""
    await page.goto("about:blank")
    await page.goto(f"{base}/dashboard#enter={await link_of(world, operator)}")
    await is_live(page)


async def is_live(page: Page) -> None:
    await expect(page.get_by_test_id("line-state")).to_have_attribute("data-state", "live")


async def is_out(page: Page, words: str = "") -> None:
    await expect(page.get_by_test_id("gate")).to_contain_text(words)


async def brings(context: BrowserContext, guest: Guest, cookie: str) -> None:
    """Put a cookie into a browser."""
    await context.add_cookies([{"name": COOKIE, "value": cookie, "url": guest.base}])


async def cookie_of(page: Page) -> str:
    [found] = [one["value"] for one in await page.context.cookies() if one["name"] == COOKIE]
    return found


async def works_until(world: World, place: Locator, words: str = "") -> None:
    """Let the world work until a person would see something."""
    found = place.filter(has_text=words) if words else place
    async with asyncio.timeout(TIMEOUT_MS / 1000):
        while True:
            await world.works()
            try:
                return await found.first.wait_for(timeout=STEP_MS)
            except Error:
                continue
