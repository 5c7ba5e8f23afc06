"""What the page shows when the bot is killed, the playground restarted, the language switched, a line edited."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.eyes import START_MS, Eyes
from tests.browser.product import Product, free_ports, running
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
CYRILLIC = re.compile("[а-яё]+", re.IGNORECASE)
LATIN = re.compile("[a-z]+", re.IGNORECASE)
PEOPLE = ("Анна", "Ольга", "John", "Max")
NAMES = {*PEOPLE, *(name[0] for name in PEOPLE)}
FURNITURE = (".bar", "#operators .side h2", "#operators .chat-head")
KEPT = {"RU", "EN", "ru", "en", "Telegram", "COMPLAINT", "HUMAN", "OPERATOR"}
"""Words that are the same in every language: codes of languages and scenarios, a trade mark."""


def strange(text: str, letters: re.Pattern[str], *said: str) -> list[str]:
    """Return the words in these letters that are neither a name nor something that a customer said."""
    for words in said:
        text = text.replace(words, "")
    return [word for word in letters.findall(text) if word not in NAMES | KEPT]


async def test_an_english_page_is_english_and_a_russian_one_russian(browser: Browser, apart: Product) -> None:
    async with Eyes.on(browser, apart, width=1440, height=900) as wide:
        page = wide.page
        for code, letters, key, asked, take in (
            ("en", CYRILLIC, "customer-1002", "this is outrageous, I want to complain", "Take"),
            ("ru", LATIN, "customer-1001", "это безобразие, хочу пожаловаться", "Взять"),
        ):
            await page.get_by_test_id(f"lang-{code}").click()
            await expect(page.get_by_test_id(f"lang-{code}")).to_have_attribute("aria-pressed", "true")
            await wide.customers.go(key)
            await wide.customers.write(asked)
            card = wide.operators.by("bot", asked).filter(has=page.get_by_test_id("inline-button")).last
            await expect(card).to_be_visible(timeout=START_MS)
            await wide.operators.button(card, take).click()
            await expect(page.get_by_test_id("toast")).to_be_visible()
            toasts = " ".join(await page.get_by_test_id("toast").all_inner_texts())
            line = wide.customers.by("me", asked).last
            await expect(line.get_by_test_id("insight-reasoning")).to_be_visible()
            shown = [toasts, await card.inner_text(), await line.get_by_test_id("insight").inner_text()]
            shown += [await page.locator(place).inner_text() for place in FURNITURE]
            assert strange(" ".join(shown), letters, asked) == []


async def test_what_the_bot_thought_is_read_in_the_language_of_the_page(wide: Eyes) -> None:
    await wide.customers.go("customer-1002")
    await wide.customers.write("how do I invite a friend?")
    thought = wide.customers.by("me").last.get_by_test_id("insight-reasoning")
    for code, words in (("en", "Close to"), ("ru", "Похоже на"), ("en", "Close to")):
        await wide.page.get_by_test_id(f"lang-{code}").click()
        await expect(thought).to_contain_text(words)


async def test_a_killed_bot_is_told_of_and_comes_back(browser: Browser, apart: Product) -> None:
    async with Eyes.on(browser, apart, width=1440, height=900) as wide:
        page = wide.page
        await page.get_by_test_id("kill-bot").click()
        await expect(page.get_by_test_id("bot-status")).to_have_attribute("data-state", "stopped")
        await expect(page.get_by_test_id("banner")).to_contain_text("Messages wait")
        await wide.customers.go("customer-1002")
        await wide.customers.write("how do I invite a friend?")
        await expect(wide.customers.by("bot", "Hello, John!")).to_be_visible(timeout=START_MS)
        await expect(page.get_by_test_id("bot-status")).to_have_attribute("data-state", "connected")
        await expect(page.get_by_test_id("banner")).to_be_hidden()


async def test_the_line_of_insight_follows_an_edit(wide: Eyes) -> None:
    customers = wide.customers
    await customers.go("customer-1002")
    await customers.write("how do I invite a friend?")
    question = customers.by("me").last
    await expect(question.get_by_test_id("insight-scenario")).to_have_text("REFERRAL")
    await customers.choose(question, "edit")
    await customers.write("how much does the subscription cost?")
    await expect(question.get_by_test_id("insight-scenario")).to_have_text("PRICING")
    await expect(question.get_by_test_id("insight-reasoning")).not_to_contain_text("invite")


async def test_an_open_page_follows_a_restart_and_a_new_beginning(home: Path, browser: Browser) -> None:
    ports = free_ports()
    async with running(home, ports=ports) as product, Eyes.on(browser, product, width=1200, height=800) as eyes:
        await eyes.customers.go("customer-1002")
        await eyes.customers.write("how do I invite a friend?")
        await eyes.customers.sees("Hello, John!")
        product.process.kill()
        await product.process.wait()
        await expect(eyes.page.get_by_test_id("banner")).to_contain_text("does not answer")
        async with running(home, ports=ports):
            await expect(eyes.page.get_by_test_id("banner")).to_be_hidden(timeout=START_MS)
            await expect(eyes.customers.by("me", "how do I invite a friend?")).to_have_count(1)
            await eyes.customers.write("where is my parcel?")
            await eyes.customers.sees("tracking number")
        shutil.rmtree(home / "data")
        async with running(home, ports=ports):
            await expect(eyes.page.get_by_test_id("banner")).to_be_hidden(timeout=START_MS)
            await expect(eyes.page.get_by_test_id("sample-question")).to_have_count(4)
            await expect(eyes.page.get_by_test_id("message")).to_have_count(0)
            await eyes.customers.go("customer-1001")
            await eyes.customers.write("Как пригласить друга?")
            await eyes.customers.sees("Здравствуйте, Анна!")
        eyes.problems.clear()  # that nobody answered in between is what the browser complains of
