"""An admin finds on the page what the bot could not answer, makes an answer of it, and takes that back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from playwright.async_api import Browser, expect

from playground.stage import Stage
from tests.browser.eyes import Eyes
from tests.browser.test_dashboard import asks, desk_of
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
LOOKS = 60
QUESTION = "Do you engrave names on wooden spoons?"


async def test_an_answer_is_made_of_what_was_asked(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        await asks(eyes, "customer-1002", QUESTION)
        async with desk_of(eyes) as desk:
            await desk.evaluate("location.hash = '#unanswered'")
            group = desk.get_by_test_id("question-group").filter(has_text="wooden spoons")

            async def is_there() -> None:
                await desk.get_by_test_id("kind-open").click()
                await expect(group).to_be_visible(timeout=1000)

            await _until(is_there)
            await group.get_by_role("link").click()
            await expect(desk.get_by_test_id("question-sheet")).to_contain_text(QUESTION)
            await desk.get_by_test_id("make-text").fill("Yes, up to ten letters.")
            await desk.get_by_test_id("make").click()
            await expect(desk.get_by_test_id("question-decided")).to_contain_text("Is answered by")
            await desk.get_by_test_id("question-undo").click()
            await expect(desk.get_by_test_id("question-choices")).to_be_visible()


async def _until(check: Callable[[], Awaitable[None]]) -> None:
    """Look again and again: the list is read when somebody asks for it."""
    for _ in range(LOOKS):
        with suppress(AssertionError):
            return await check()
    return await check()
