"""What a person sees and does on the page, in words of people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Self

from playwright.async_api import Browser, Locator, Page, expect

from playground.stage import Stage
from tests.browser.product import Product

TIMEOUT_MS: Final = 90_000
"""For what passes through the browser, the playground, the bot and back, on a busy machine."""
START_MS: Final = 120_000


class Eyes:
    """One open page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        self.customers = Side(page, "customers")
        self.operators = Side(page, "operators")

    @classmethod
    @asynccontextmanager
    async def on(cls, browser: Browser, product: Product | Stage, *, width: int, height: int) -> AsyncIterator[Self]:
        """Open the page and wait for the bot; leaving it finds errors of the page and calls to other places."""
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale="en-US", timezone_id="Europe/Moscow"
        )
        context.set_default_timeout(TIMEOUT_MS)
        expect.set_options(timeout=TIMEOUT_MS)
        eyes = cls(await context.new_page())
        eyes._watch(product.url)
        await eyes.page.goto(product.url)
        await expect(eyes.page.get_by_test_id("bot-status")).to_have_attribute(
            "data-state", "connected", timeout=START_MS
        )
        yield eyes
        assert eyes.problems == []
        await context.close()

    def _watch(self, own: str) -> None:
        def note(text: str) -> None:
            self.problems.append(text)

        self.page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: note(str(error)))
        self.page.on(
            "request", lambda request: None if request.url.startswith((own, "blob:", "data:")) else note(request.url)
        )

    async def add_customer(self, name: str, *, language: str) -> None:
        await self.page.get_by_test_id("add-customer").click()
        await self.page.get_by_test_id("new-customer-name").fill(name)
        await self.page.get_by_test_id(f"new-customer-{language}").check()
        await self.page.get_by_test_id("new-customer-save").click()

    async def fits(self) -> bool:
        """Whether nothing sticks out to the right."""
        fits: bool = await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return fits


class Side:
    """The customers' half or the operators'."""

    def __init__(self, page: Page, name: str) -> None:
        self._page = page
        self._name = name
        self.pane = page.get_by_test_id(f"pane-{name}")

    async def open(self) -> None:
        """Turn to it, where the window shows one at a time."""
        tab = self._page.get_by_test_id(f"tab-{self._name}")
        if await tab.is_visible():
            await tab.click()
        await expect(self.pane).to_be_visible()

    async def go(self, place: str) -> None:
        """Choose a customer, a speaker, a kind of group, and wait until the page shows it."""
        choice = self.pane.get_by_test_id(place)
        await choice.click()
        await expect(choice).to_have_attribute("aria-pressed", "true")

    async def write(self, text: str) -> None:
        await self.pane.get_by_test_id("composer-input").fill(text)
        await self.pane.get_by_test_id("composer-send").click()

    async def send_file(self, file: Path) -> None:
        await self.pane.get_by_test_id("file-input").set_input_files(file)

    async def choose(self, message: Locator, action: str) -> None:
        """Pick an action (`edit`, `reply`) in the menu of a message."""
        await message.hover()
        await message.get_by_test_id("message-actions").click()
        await self._page.get_by_test_id(f"menu-{action}").click()

    def by(self, author: str, words: str = "") -> Locator:
        """Return the messages of `me`, `bot` or `other` that hold these words."""
        found = self.pane.locator(f"[data-testid=message][data-from={author}]")
        return found.filter(has_text=words) if words else found

    def button(self, message: Locator, words: str) -> Locator:
        return message.get_by_test_id("inline-button").filter(has_text=words)

    def card(self, number: int) -> Locator:
        """Return the card of a ticket: what only quotes it has no buttons."""
        return self.by("bot", f"#{number}").filter(has=self._page.get_by_test_id("inline-button"))

    async def sees(self, words: str, *, author: str = "bot") -> Locator:
        """Wait until a message holds these words; the last such one."""
        message = self.by(author, words).last
        await expect(message).to_be_visible()
        return message
