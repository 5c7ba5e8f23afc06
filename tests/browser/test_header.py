"""The bar at the top: whatever the width and the language, every page and every button can be reached."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.windows import enters, window
from tests.dashboard.visitor import MARIA
from tests.dashboard.visitor import Browser as Guest
from tests.lines.world import World
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [
    *in_a_browser,
    pytest.mark.timeout(240),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
WIDTHS: Final = (360, 390, 768, 1024, 1100, 1280, 1440, 1600, 1920)
CUT_OFF: Final = """() => [...document.querySelectorAll('header.bar :is(a, button), header.bar .segmented')]
    .filter(one => one.offsetParent)
    .filter(one => {
        const box = one.getBoundingClientRect();
        return box.left < 0 || box.right > innerWidth || box.height > 44 || one.scrollWidth > one.clientWidth + 1;
    })
    .map(one => one.dataset.testid || one.className)"""
PAGES: Final = """() => document.querySelectorAll('.pages a').length"""


async def test_nothing_in_it_is_cut_off(world: World, guest: Guest, browser: Browser) -> None:
    world.parts.dashboard.authorization._admins._ids = lambda: frozenset((MARIA.id,))
    async with window(browser) as page:
        await enters(world, page, guest.base)
        for language in ("ru", "en"):
            await page.get_by_test_id(f"lang-{language}").click()
            for width in WIDTHS:
                await page.set_viewport_size({"width": width, "height": 800})
                assert await page.evaluate(CUT_OFF) == [], (language, width)
                assert await _offered(page) == await page.evaluate(PAGES), (language, width)


async def _offered(page: Page) -> int:
    """Return how many pages can be gone to: by links, and by a menu that has to be opened."""
    links = await page.locator(".pages a:visible").count()
    for name in ("pages", "more-pages"):
        button = page.get_by_test_id(f"menu-{name}")
        if await button.is_visible():
            await button.click()
            await expect(page.get_by_role("menuitem").first).to_be_visible()
            links += await page.get_by_role("menuitem").count()
            await page.keyboard.press("Escape")
    return links
