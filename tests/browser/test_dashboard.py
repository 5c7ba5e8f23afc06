"""The dashboard in a real browser: one operator in the group, one on the page, and a customer between them."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.eyes import START_MS, Eyes
from tests.browser.product import Product
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
XSS = '<img src=x onerror="document.title=1"><script>document.title=2</script> javascript:alert(1) https://a.example/?"><b>'


@asynccontextmanager
async def desk_of(eyes: Eyes) -> AsyncIterator[Page]:
    """Open the dashboard from the header, as the operator who speaks in the group; errors of the page are found."""
    async with eyes.page.context.expect_page() as opening:
        await eyes.page.get_by_test_id("open-desk").click()
    page = await opening.value
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    own = page.url.split("/playground")[0].split("/dashboard")[0]
    page.on("request", lambda request: None if request.url.startswith(own) else problems.append(request.url))
    await expect(page.get_by_test_id("line-state")).to_have_attribute("data-state", "live")
    yield page
    assert problems == []
    await page.close()


async def places_of(desk: Page, beside: Iterable[str]) -> AsyncIterator[str]:
    """Go to every page of the menu, and to those that it does not lead to; each is wholly there when it is told."""
    links = await desk.locator("nav.pages a").evaluate_all("all => all.map(one => one.hash)")
    for place in dict.fromkeys((*(str(one).removeprefix("#") for one in links), *beside)):
        await desk.evaluate("place => { location.hash = place }", place)
        await desk.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        await expect(desk.locator("main [role=status]", has_text="Loading")).to_have_count(0, timeout=60_000)
        await expect(desk.locator("main .skeleton")).to_have_count(0, timeout=60_000)
        yield place


async def asks(eyes: Eyes, customer: str, words: str) -> None:
    await eyes.customers.open()
    await eyes.customers.go(customer)
    await eyes.customers.write(words)


MIDDLE = """all => all.map(one => {
  const box = one.getBoundingClientRect();
  return box.left + box.width / 2;
})"""
"""Where the middle of each element is, from the left edge of the page."""


async def test_what_stands_in_place_of_a_conversation_stands_in_the_middle(wide: Eyes) -> None:
    async with desk_of(wide) as desk:
        [words] = await desk.locator(".conversation.none p.quiet").evaluate_all(MIDDLE)
        [inbox] = await desk.locator(".inbox").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
        width = await desk.evaluate("document.documentElement.clientWidth")
        assert abs(words - (inbox + width) / 2) < 2


async def test_a_ticket_from_arrival_to_closing_with_one_here_and_one_in_the_group(wide: Eyes) -> None:
    async with desk_of(wide) as desk:
        await expect(desk.get_by_test_id("empty")).to_be_visible()
        await asks(wide, "customer-1002", f"{XSS} I want to talk to a person")
        row = desk.get_by_test_id("ticket-1")
        await expect(row).to_be_visible(timeout=START_MS)
        await row.click()
        await expect(desk.get_by_test_id("line").first).to_contain_text("<img src=x onerror=")
        assert await desk.locator("[data-testid=line] img, [data-testid=line] script").count() == 0
        assert (await desk.title()).endswith("Support desk")
        links = await desk.locator("[data-testid=line] a").evaluate_all("all => all.map(one => one.protocol)")
        assert set(links) == {"https:"}

        card = wide.operators.card(1)
        await wide.operators.button(card, "Take").click()
        await expect(desk.get_by_test_id("release")).to_be_visible()
        await desk.get_by_test_id("composer").fill("We are looking <b>into</b> it")
        await desk.reload()
        await expect(desk.get_by_test_id("composer")).to_have_value("We are looking <b>into</b> it")
        await desk.get_by_test_id("composer").press("Control+Enter")
        await wide.customers.sees("We are looking <b>into</b> it")
        await expect(wide.operators.by("bot", "(web)").last).to_contain_text("into")
        await expect(desk.get_by_test_id("composer")).to_have_value("")

        await desk.get_by_test_id("mode-note").click()
        await desk.get_by_test_id("composer").fill("called twice before")
        await desk.get_by_test_id("send").click()
        await expect(desk.locator("[data-kind=note]")).to_contain_text("called twice before")
        assert await wide.customers.by("bot", "called twice before").count() == 0

        await desk.get_by_test_id("menu-close").click()
        await desk.get_by_test_id("close-silent").click()
        await expect(desk.get_by_test_id("reopen")).to_be_visible()
        await expect(card).to_contain_text("closed")

        await desk.evaluate("location.hash = '#reports'")
        await expect(desk.locator(".chart canvas")).to_be_visible(timeout=START_MS)
        async with desk.expect_download() as kept:
            await desk.get_by_test_id("png").click()
        assert (await (await kept.value).path()).read_bytes().startswith(b"\x89PNG")


async def test_a_lost_line_is_told_of_and_what_was_missed_comes_after(browser: Browser, apart: Product) -> None:
    async with Eyes.on(browser, apart, width=390, height=844) as phone, desk_of(phone) as desk:
        await phone.page.get_by_test_id("kill-bot").click()
        state = desk.get_by_test_id("line-state")
        await expect(state).to_have_attribute("data-state", "reconnecting")
        await asks(phone, "customer-1002", "call a person please")
        await expect(state).to_have_attribute("data-state", "live", timeout=START_MS)
        row = desk.get_by_test_id("ticket-1")
        await expect(row).to_be_visible(timeout=START_MS)
        fits: bool = await desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits
        await row.click()
        await expect(desk.get_by_test_id("talk")).to_be_visible()
        await expect(desk.get_by_test_id("view-waiting")).to_be_hidden()
        await desk.get_by_test_id("customer-toggle").click()
        await expect(desk.get_by_test_id("customer")).to_contain_text("John")
        await desk.keyboard.press("Escape")
        await desk.keyboard.press("Escape")
        await expect(desk.get_by_test_id("view-waiting")).to_be_visible()


async def test_what_is_written_is_shown_formatted_changed_and_with_a_file(wide: Eyes, tmp_path: Path) -> None:
    picture = tmp_path / "bill.png"
    picture.write_bytes(PNG)
    async with desk_of(wide) as desk:
        await asks(wide, "customer-1002", "I want to talk to a person")
        row = desk.get_by_test_id("ticket-1")
        await row.click(timeout=START_MS)
        composer = desk.get_by_test_id("composer")
        await composer.fill("Hello **John**, 2 ** 3")
        await expect(desk.get_by_test_id("looks").locator("b")).to_have_text("John")
        await composer.press("Control+Enter")
        await expect(wide.customers.by("bot", "2 ** 3").locator("strong")).to_have_text("John")
        line = desk.locator("[data-author=operator]").last
        await expect(line.locator("b").last).to_have_text("John")
        await line.hover()
        await line.get_by_test_id("line-change").click()
        await expect(composer).to_have_value("Hello **John**, 2 \\** 3")
        await composer.fill("Hello again")
        await composer.press("Control+Enter")
        await wide.customers.sees("Hello again")
        await expect(line.get_by_test_id("before")).to_contain_text("Hello John")
        await desk.get_by_test_id("attach").set_input_files(picture)
        await expect(desk.get_by_test_id("staged")).to_contain_text("bill.png")
        await desk.get_by_test_id("send").click()
        shown = desk.get_by_test_id("picture").locator("img")
        await expect(shown).to_be_visible()
        assert await shown.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1
        await expect(wide.operators.by("bot", "(web)").last).to_be_visible()
