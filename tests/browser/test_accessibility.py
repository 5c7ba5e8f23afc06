"""axe-core finds nothing serious on any page of the dashboard: wide, phone, light, dark, dialogs and menus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.async_api import Browser, Page, expect

from playground.stage import Stage
from tests.browser.eyes import START_MS, Eyes
from tests.browser.test_dashboard import asks, desk_of, places_of
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(300)]
FOLDER: Final = Path(__file__).with_name("axe")
AXE: Final = (FOLDER / "axe.min.js").read_text("utf-8")
RUN: Final = """() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(
    found => found.violations.filter(one => ['serious', 'critical'].includes(one.impact)).map(
        one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')}`))"""
LOOKS: Final[tuple[tuple[Literal["light", "dark"], int], ...]] = (
    ("light", 1440),
    ("dark", 390),
    ("dark", 1440),
    ("light", 390),
)
BESIDE: Final = ("answers/DELIVERY", "answers/+", "answers/~facts", "answers/~replies", "customers/1", "t1")
"""What the menu does not lead to."""
OPENED: Final = ("priority", "close", "snooze", "ban")
"""Menus beside a ticket."""


async def test_nothing_serious_is_found_on_any_page(browser: Browser, product: Stage) -> None:
    found: dict[str, list[str]] = {}
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        await asks(eyes, "customer-1002", "I want to talk to a person")
        await expect(eyes.operators.card(1)).to_be_visible(timeout=START_MS)
        for theme, width in LOOKS:
            async with desk_of(eyes) as desk:
                await desk.emulate_media(color_scheme=theme, reduced_motion="reduce")
                await desk.set_viewport_size({"width": width, "height": 844})
                found |= {f"{theme} {width} {at}": what for at, what in await _walk(desk) if what}
        playground = await problems_of(eyes.page)
    assert found == {}
    assert playground == []


async def _walk(desk: Page) -> list[tuple[str, list[str]]]:
    await desk.evaluate(AXE)
    found = [(place or "tickets", await problems_of(desk)) async for place in places_of(desk, BESIDE)]
    await expect(desk.get_by_test_id("line").first).to_be_visible(timeout=START_MS)
    for name in OPENED:
        button = desk.get_by_test_id(f"menu-{name}")
        if await button.is_visible():
            await button.click()
            await expect(desk.get_by_role("menu")).to_be_visible()
            found.append((f"menu {name}", await problems_of(desk)))
            await desk.keyboard.press("Escape")
    for key in ("?", "a"):
        await desk.keyboard.press(key)
        found.append((f"key {key}", await problems_of(desk)))
        await desk.keyboard.press("Escape")
    found += [(name, await problems_of(desk)) async for name in _opened(desk)]
    await desk.get_by_test_id("account").click()
    await expect(desk.get_by_test_id("dialog")).to_be_visible()
    found.append(("account", await problems_of(desk)))
    return found


async def _opened(desk: Page) -> AsyncIterator[str]:
    """Open what stands over the page, one after the other."""
    await desk.get_by_test_id("menu-snooze").click()
    await desk.get_by_test_id("snooze-until").click()
    await expect(desk.get_by_test_id("until-at")).to_be_visible()
    yield "until"
    await desk.keyboard.press("Escape")
    await desk.locator("[data-testid=line][data-author=customer]").last.focus()
    await desk.get_by_test_id("line-react").last.click()
    await expect(desk.get_by_test_id("sign-👍")).to_be_visible()
    yield "signs"
    if await desk.get_by_test_id("reaction").count():  # this is not the first look
        return
    await desk.get_by_test_id("sign-👍").click()
    await expect(desk.get_by_test_id("reaction")).to_have_text("👍")


async def problems_of(page: Page) -> list[str]:
    """Return what a checker of accessibility calls serious or critical."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    found: Any = await page.evaluate(RUN)
    return [str(one) for one in found]
