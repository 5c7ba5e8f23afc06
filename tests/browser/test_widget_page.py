"""The chat on a page of a site, as its visitor sees it: wide and on a phone, light and dark, with the keyboard."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from playground.stage import Stage
from tests.browser.eyes import START_MS, TIMEOUT_MS, Eyes
from tests.browser.test_accessibility import problems_of
from tests.house.papers import REPOSITORY
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(300)]
PICTURE: Final = REPOSITORY / "docs" / "playground-phone.png"
KEPT: Final = """async () => {
  const [{ name }] = (await indexedDB.databases()).filter(({ name }) => name.startsWith("support-chat:"));
  const opened = await new Promise((done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result)));
  const asked = opened.transaction("pictures").objectStore("pictures").count();
  return new Promise((done) => (asked.onsuccess = () => (opened.close(), done(asked.result))));
}"""
"""How many pictures the page keeps on the device."""
SCRIPT: Final = "<img src=x onerror=alert(1)> https://shop.example/a?b=1."


async def opened(eyes: Eyes, *, language: str, width: int, dark: bool) -> tuple[Page, list[str]]:
    """Open a page of the site as somebody who has never been there."""
    context = await eyes.page.context.browser.new_context(  # type: ignore[union-attr]  # there is one
        viewport={"width": width, "height": 844}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    context.set_default_timeout(TIMEOUT_MS)
    page = await context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    await page.goto(f"{eyes.page.url.rstrip('/')}/site?lang={language}")
    await page.get_by_test_id("open").click(timeout=START_MS)
    await expect(page.get_by_test_id("text")).to_be_focused()
    return page, problems


async def says(page: Page, words: str, lines: int) -> None:
    await page.get_by_test_id("text").fill(words)
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("line")).to_have_count(lines)


async def test_a_visitor_asks_chooses_sends_a_picture_and_reads_the_team(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        page, problems = await opened(eyes, language="ru", width=1280, dark=False)
        await says(page, "где моя посылка?", 2)
        await page.locator("[data-choice=person]").click()
        await expect(page.get_by_test_id("line")).to_have_count(3)
        await page.get_by_test_id("file").set_input_files(PICTURE)
        await expect(page.locator("support-chat canvas")).to_be_visible()
        await expect(eyes.operators.by("bot", "web-").first).to_be_visible()
        assert await problems_of(page) == []
        await page.reload()
        await page.get_by_test_id("open").click()
        await expect(page.get_by_test_id("line")).to_have_count(4)
        assert problems == []


async def test_a_second_tab_follows_the_first_and_a_picture_that_is_none_says_so(
    browser: Browser, product: Stage
) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        page, _ = await opened(eyes, language="ru", width=1280, dark=False)
        second = await page.context.new_page()
        await second.goto(page.url)
        await second.get_by_test_id("open").click(timeout=START_MS)
        await expect(second.get_by_test_id("text")).to_be_focused()
        await says(page, "позовите человека", 2)
        await expect(second.get_by_test_id("line")).to_have_count(2)
        await second.get_by_test_id("close").click()
        await page.get_by_test_id("file").set_input_files(
            {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}
        )
        await expect(page.locator("support-chat .waiting")).to_contain_text("Не отправлено: Можно отправить только")
        await expect(page.get_by_test_id("notice")).to_have_text("")
        card = eyes.operators.card(1)
        await eyes.operators.choose(card, "reply")
        await eyes.operators.write("уже смотрю")
        await expect(second.get_by_test_id("news")).to_have_text("Открыть чат, непрочитанных сообщений: 1")
        await second.close()


async def test_on_a_phone_in_the_dark_words_stay_words_and_the_keyboard_stays_inside(
    browser: Browser, product: Stage
) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        page, problems = await opened(eyes, language="en", width=390, dark=True)
        await says(page, SCRIPT, 2)
        first = page.get_by_test_id("line").first
        await expect(first).to_contain_text(SCRIPT)
        assert await first.locator("img").count() == 0
        assert await first.locator("a").get_attribute("href") == "https://shop.example/a?b=1"
        assert await problems_of(page) == []
        for _ in range(12):
            await page.keyboard.press("Tab")
            assert await page.evaluate("document.activeElement.localName") == "support-chat"
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("panel")).to_be_hidden()
        await expect(page.get_by_test_id("open")).to_be_focused()
        assert problems == []


async def keeps(page: Page, pictures: int) -> None:
    """Wait until the page keeps so many pictures on the device. Its policy forbids what Playwright waits with."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while (there := await page.evaluate(KEPT)) != pictures:
        assert time.monotonic() < end, there
        await asyncio.sleep(0.1)


async def test_what_was_written_without_a_connection_is_sent_by_the_next_page_in_its_order(
    browser: Browser, product: Stage
) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        page, _ = await opened(eyes, language="ru", width=1280, dark=False)
        await says(page, "позовите человека", 2)
        await page.context.set_offline(True)
        await page.get_by_test_id("text").fill("вот снимок")
        await page.keyboard.press("Enter")
        await page.get_by_test_id("file").set_input_files(PICTURE)
        await expect(page.get_by_test_id("notice")).to_contain_text("Нет соединения")
        waiting = page.locator("support-chat .waiting .bubble")
        await expect(waiting).to_have_text(["вот снимок", f"Картинка: {PICTURE.name}"])
        await keeps(page, 1)
        later = await page.context.new_page()
        await page.close()
        await later.context.set_offline(False)
        await later.goto(f"{eyes.page.url.rstrip('/')}/site?lang=ru")
        await later.get_by_test_id("open").click(timeout=START_MS)
        await expect(later.locator("support-chat canvas")).to_be_visible()
        mine = later.locator("support-chat .line.customer:not(.waiting)")
        await expect(mine).to_have_count(3)
        await expect(mine.nth(1)).to_contain_text("вот снимок")
        await keeps(later, 0)
        await later.close()


HOSTILE: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { all: unset; letter-spacing: 9px !important; text-transform: uppercase !important; }
    .cover { position: fixed; inset: auto 0 0 auto; width: 200px; height: 90px; z-index: 2147483646; }`);
  document.adoptedStyleSheets = [sheet];
  document.documentElement.dir = "rtl";
  document.body.append(Object.assign(document.createElement("div"), { className: "cover" }));
}"""
"""A page that unsets everything, shouts, reads from right to left, and has a banner above all else."""
LOOKS: Final = """(bubble) => {
  const { letterSpacing, textTransform, direction, fontSize } = getComputedStyle(bubble);
  return [letterSpacing, textTransform, direction, fontSize];
}"""
LEFT_BY_ANOTHER: Final = """() => {
  const [name] = Object.keys(localStorage).filter((one) => one.startsWith("support-chat:"));
  const kept = JSON.parse(localStorage.getItem(name));
  const pending = [{ key: "k", text: "of another tab", at: "2026-01-01" }];
  localStorage.setItem(name, JSON.stringify({ ...kept, pending }));
  return name;
}"""


async def test_a_page_with_a_style_of_its_own_does_not_reach_into_the_chat(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        page, problems = await opened(eyes, language="en", width=1280, dark=False)
        await says(page, "where is my parcel?", 2)
        await page.evaluate(HOSTILE)
        bubble = page.locator("support-chat .bubble").last
        assert await bubble.evaluate(LOOKS) == ["normal", "none", "ltr", "15px"]
        mine = await page.locator("support-chat .line.customer").bounding_box()
        bots = await page.locator("support-chat .line.bot").last.bounding_box()
        assert mine is not None
        assert bots is not None
        assert mine["x"] > bots["x"]
        await page.get_by_test_id("open").click()
        await expect(page.get_by_test_id("panel")).to_be_hidden()
        assert problems == []


async def test_what_one_tab_remembers_does_not_undo_what_another_has_written(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        page, _ = await opened(eyes, language="en", width=1280, dark=False)
        await says(page, "where is my parcel?", 2)
        name = await page.evaluate(LEFT_BY_ANOTHER)
        await page.get_by_test_id("close").click()
        kept = json.loads(await page.evaluate("(name) => localStorage.getItem(name)", name))
        assert [one["text"] for one in kept["pending"]] == ["of another tab"]
        assert kept["seen"]
