"""An admin sets the bot up on the page: begun on a wide screen with a file, gone on with on a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from playground.stage import Stage
from tests.browser.eyes import START_MS, Eyes
from tests.browser.test_dashboard import desk_of
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
FAQ = (
    "question,answer\nDo you ship abroad?,Call +1 555 010 7788.\nCan I pay in cash?,Yes.\nDo you wrap?,For free.\n"
    "Is it new?,\n"
)


async def test_a_file_is_looked_through_here_and_finished_there(browser: Browser, product: Stage) -> None:
    async with Eyes.on(browser, product, width=1440, height=900) as eyes:
        async with desk_of(eyes) as desk:
            await desk.get_by_test_id("setup-invite").get_by_role("link").click()
            await desk.get_by_test_id("setup-begin").click()
            await desk.get_by_test_id("setup-name").fill("Lamp Shop")
            await desk.get_by_test_id("setup-next").click()
            await desk.get_by_test_id("setup-lang-en").click()
            await desk.get_by_test_id("setup-faq").click()
            await desk.get_by_test_id("setup-beside").click()
            file = FilePayload(name="faq.pdf", mimeType="application/pdf", buffer=b"%PDF")
            await desk.get_by_test_id("setup-file").set_input_files(file)
            await expect(desk.get_by_test_id("setup-fault")).to_contain_text("DOCX")
            file = FilePayload(name="faq.csv", mimeType="text/csv", buffer=FAQ.encode())
            await desk.get_by_test_id("setup-file").set_input_files(file)
            pairs = desk.get_by_test_id("setup-pair")
            await expect(pairs).to_have_count(3)
            await expect(desk.get_by_test_id("setup-unused")).to_contain_text("line 5: “Is it new?”: no answer")
            await pairs.nth(0).get_by_test_id("setup-edit").click()
            await pairs.nth(0).get_by_test_id("setup-pair-title").fill("Abroad")
            await pairs.nth(0).get_by_test_id("setup-save").click()
            await pairs.nth(0).get_by_test_id("setup-keep").click()
            await pairs.nth(1).get_by_test_id("setup-skip").click()
            await expect(pairs.nth(1).get_by_test_id("setup-state")).to_be_visible()
        async with desk_of(eyes) as desk:
            await desk.set_viewport_size({"width": 390, "height": 844})
            await desk.evaluate("location.hash = 'setup'")
            pairs = desk.get_by_test_id("setup-pair")
            await pairs.nth(2).get_by_test_id("setup-merge").click()
            await desk.get_by_test_id("setup-mine-0").click()
            await desk.get_by_test_id("setup-apply").click()
            await expect(desk.get_by_test_id("setup-facts")).to_be_visible()
            await expect(desk.get_by_test_id("setup-done")).to_contain_text("Answers that the bot has now: 9")
            wide = await desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, "nothing stands beyond the edge of a phone"
            await desk.get_by_test_id("setup-next").click()
            await desk.get_by_test_id("try-words").fill("Do you ship abroad?")
            await desk.get_by_test_id("try").click()
            await expect(desk.get_by_test_id("trial")).to_be_visible()
            await teaches(desk)
            await desk.get_by_test_id("setup-next").click()
            await expect(desk.get_by_test_id("setup-score")).to_be_visible()
            await desk.get_by_test_id("setup-finish").click()
            await expect(desk.get_by_test_id("setup-begin")).to_be_visible()
            await desk.evaluate("location.hash = ''")
            await expect(desk.get_by_test_id("setup-invite")).to_have_count(0)


async def teaches(desk: Page) -> None:
    """Tell what was tried: not ours, taken back, written an answer, and asked again once that is learned."""
    await desk.get_by_test_id("try-words").fill("Where do you stand on Sundays?")
    await desk.get_by_test_id("try").click()
    await expect(desk.get_by_test_id("trial")).not_to_contain_text("The bot answers")
    await desk.get_by_test_id("teach").get_by_text("Say what this question is about").click()
    await desk.get_by_test_id("teach-foreign").click()
    await expect(desk.get_by_test_id("taught")).to_contain_text("no question for your business")
    await desk.get_by_test_id("teach-undo").click()
    await desk.get_by_test_id("teach").get_by_text("Say what this question is about").click()
    await desk.get_by_test_id("teach-write").click()
    await desk.get_by_test_id("teach-text").fill("<b>At the market")
    await desk.get_by_test_id("teach-save").click()
    await expect(desk.get_by_test_id("teach-fault")).to_be_visible()
    await desk.get_by_test_id("teach-text").fill("<b>At the market.</b>")
    await desk.get_by_test_id("teach-save").click()
    await expect(desk.get_by_test_id("taught")).to_contain_text("Where do you stand on Sundays")
    await expect(desk.get_by_test_id("toast").last).to_contain_text("ask again", timeout=START_MS)
    await desk.get_by_test_id("try").click()
    await expect(desk.get_by_test_id("trial")).to_contain_text("At the market.")
