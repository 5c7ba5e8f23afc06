"""An admin changes an answer on the page: a mistake, a reload, a colleague who is quicker, a message to try."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from playground.stage import Stage
from tests.browser.eyes import START_MS, Eyes
from tests.browser.test_dashboard import desk_of
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
TEXT = "field-texts.0"


async def goes_to(desk: Page, topic: str) -> None:
    await desk.evaluate("topic => { location.hash = `#answers/${topic}` }", topic)
    await expect(desk.get_by_test_id(TEXT)).to_be_visible()


async def test_an_answer_is_changed_and_nobody_is_overwritten(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes, desk_of(eyes) as desk:
        await goes_to(desk, "REFERRAL")
        text, save = desk.get_by_test_id(TEXT), desk.get_by_test_id("save")
        await text.fill("Ссылка здесь, {{ customer.frist_name }}")
        await expect(desk.locator(".faults .error")).to_contain_text("customer.first_name")
        await expect(save).to_be_disabled()
        await text.fill("Ссылка <b>здесь</b>, {{ customer.first_name }}")
        await expect(desk.get_by_test_id("preview-texts.0")).to_have_text("Ссылка здесь, Анна")
        desk.on("dialog", lambda dialog: dialog.accept())
        await desk.reload()
        await expect(text).to_have_value("Ссылка <b>здесь</b>, {{ customer.first_name }}")

        async with desk_of(eyes) as other:
            await goes_to(other, "REFERRAL")
            await other.get_by_test_id("discard").click()
            await other.get_by_test_id("field-description").fill("Inviting friends.")
            await other.get_by_test_id("save").click()
            await expect(other.get_by_test_id("toast").first).to_be_visible()
        await text.press("End")
        await text.type("!")
        await save.click()
        await expect(desk.get_by_test_id("clash")).to_contain_text("Inviting friends.")
        await desk.get_by_test_id("keep-mine").click()
        await save.click()
        await expect(desk.get_by_test_id("show-changes")).to_have_count(0)
        await desk.get_by_test_id("show-versions").click()
        await expect(desk.get_by_test_id("version").first).to_contain_text("Ольга")
        await desk.get_by_test_id("try-words").fill("Как пригласить друга?")
        await desk.get_by_test_id("try").click()
        await expect(desk.get_by_test_id("trial")).to_contain_text("Invite a friend")
        await expect(desk.locator(".learning")).to_be_empty(timeout=START_MS)
