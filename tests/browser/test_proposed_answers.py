"""An answer that the bot only proposes: an admin says so on the page, and sends what is proposed there."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from playground.stage import Stage
from tests.browser.eyes import START_MS, Eyes
from tests.browser.test_dashboard import desk_of
from tests.browser.test_editing_answers import goes_to
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]


async def test_what_is_proposed_is_edited_or_sent_from_the_page(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes, desk_of(eyes) as desk:
        await goes_to(desk, "REFERRAL")
        await desk.get_by_label("Who answers").select_option("suggest")
        await desk.get_by_test_id("save").click()
        await expect(desk.get_by_test_id("toast").first).to_be_visible()
        await expect(desk.get_by_test_id("topic-REFERRAL")).to_contain_text("proposed to people: 1")
        await expect(desk.locator(".learning")).to_be_empty(timeout=START_MS)

        await eyes.customers.go("customer-1001")
        await eyes.customers.write("Как пригласить друга?")
        await eyes.customers.sees("Передал ваш вопрос")
        await desk.evaluate("() => { location.hash = '#t1' }")
        proposed = desk.get_by_test_id("suggestion")
        await expect(proposed).to_contain_text("ссылка")
        await desk.get_by_test_id("suggestion-edit").click()
        await expect(desk.get_by_test_id("composer")).to_have_value(await proposed.locator(".bubble").inner_text())
        await desk.get_by_test_id("suggestion-send").click()
        await expect(proposed).to_have_count(0)
        await eyes.customers.sees("ссылка")


async def test_what_has_a_gap_is_filled_in_before_it_can_be_sent(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes, desk_of(eyes) as desk:
        await goes_to(desk, "REFERRAL")
        await desk.get_by_label("Who answers").select_option("suggest")
        for text in await desk.locator("[data-testid^='field-texts.']").all():
            await text.fill("Приглашайте до ‹дата›.")
        await desk.get_by_test_id("save").click()
        await expect(desk.get_by_test_id("toast").first).to_be_visible()
        await expect(desk.locator(".learning")).to_be_empty(timeout=START_MS)

        await eyes.customers.go("customer-1001")
        await eyes.customers.write("Как пригласить друга?")
        await eyes.customers.sees("Передал ваш вопрос")
        await desk.evaluate("() => { location.hash = '#t1' }")
        await expect(desk.get_by_test_id("suggestion-gaps")).to_contain_text("‹дата›")
        await expect(desk.get_by_test_id("suggestion-send")).to_have_count(0)
        await desk.get_by_test_id("suggestion-edit").click()
        await expect(desk.get_by_test_id("gaps")).to_contain_text("‹дата›")
        await expect(desk.get_by_test_id("send")).to_be_disabled()
        await desk.get_by_test_id("composer").press("Enter")
        await desk.get_by_test_id("composer").fill("Приглашайте до пятницы.")
        await expect(desk.get_by_test_id("gaps")).to_have_count(0)
        await desk.get_by_test_id("send").click()
        await eyes.customers.sees("Приглашайте до пятницы.")
