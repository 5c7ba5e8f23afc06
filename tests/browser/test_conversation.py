"""One full conversation, as a newcomer would have it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from playground import samples
from tests.browser.eyes import Eyes
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "receipt.png"
    file.write_bytes(samples.picture())
    return file


async def test_a_whole_conversation_in_a_wide_window(wide: Eyes, picture: Path) -> None:
    await the_bot_answers_by_name(wide)
    await an_english_customer_is_answered_in_english(wide)
    await a_person_answers(wide, picture)
    await the_bot_is_back(wide)
    await a_forum_gets_a_topic(wide)


async def test_a_whole_conversation_on_a_phone(phone: Eyes, picture: Path) -> None:
    await the_bot_answers_by_name(phone)
    await an_english_customer_is_answered_in_english(phone)
    await a_person_answers(phone, picture)
    await the_bot_is_back(phone)
    await a_forum_gets_a_topic(phone)
    assert await phone.fits()


async def the_bot_answers_by_name(eyes: Eyes) -> None:
    await eyes.customers.go("customer-1001")
    await eyes.customers.write("Как пригласить друга?")
    answer = await eyes.customers.sees("Здравствуйте, Анна!")
    await expect(answer).to_contain_text("ссылка")
    await expect(answer.get_by_test_id("inline-button")).to_have_text(["✅ Помогло", "🙋 Позвать человека"])
    question = await eyes.customers.sees("Как пригласить друга?", author="me")
    await expect(question.get_by_test_id("insight-scenario")).to_have_text("REFERRAL")
    await expect(question.get_by_test_id("insight-confidence")).to_contain_text("%")
    await expect(question.get_by_test_id("insight-engine")).to_have_text("local")
    await expect(question.get_by_test_id("insight-reasoning")).to_contain_text("пригласить")


async def an_english_customer_is_answered_in_english(eyes: Eyes) -> None:
    await eyes.add_customer("Kate", language="en")
    await expect(eyes.page.get_by_test_id("customer-1003")).to_have_attribute("aria-pressed", "true")
    await eyes.customers.write("Where is my parcell?")
    answer = await eyes.customers.sees("Hello, Kate!")
    await expect(answer.get_by_test_id("inline-button")).to_have_text(["✅ It helped", "🙋 Call a person"])


async def a_person_answers(eyes: Eyes, picture: Path) -> None:
    """Call one by button; a card, taken; words, a picture and an edit cross over, both ways."""
    customers, operators = eyes.customers, eyes.operators
    answer = await customers.sees("Hello, Kate!")
    await customers.button(answer, "Call a person").click()
    await customers.sees("ticket #1")
    await expect(answer.get_by_test_id("inline-button")).to_have_count(0)

    await operators.open()
    await operators.go("speaker-501")
    card = operators.card(1)
    await expect(card).to_contain_text("Where is my parcell?")
    await operators.button(card, "Take").click()
    await expect(card).to_contain_text("taken: Ольга")
    await operators.choose(card, "reply")
    await operators.write("Hello Kate, one moment please")

    await customers.open()
    await customers.sees("Hello Kate, one moment please")
    await customers.write("The order is 1234")
    await customers.send_file(picture)
    mine = await customers.sees("The order is 1234", author="me")
    await customers.choose(mine, "edit")
    await customers.write("The order is 4321")
    await expect(customers.by("me", "The order is 4321").get_by_test_id("edited")).to_be_visible()

    await operators.open()
    await operators.sees("The order is 1234")
    await expect(operators.by("bot").get_by_test_id("photo")).to_be_visible()
    await operators.sees("The order is 4321")


async def the_bot_is_back(eyes: Eyes) -> None:
    """Closing the ticket gives the conversation back."""
    card = eyes.operators.card(1)
    await eyes.operators.button(card, "Close").click()
    await expect(card).to_contain_text("closed")
    await expect(eyes.operators.button(card, "Reopen")).to_be_visible()
    await eyes.customers.open()
    await eyes.customers.sees("is closed")
    await eyes.customers.write("how do I invite a friend")
    answer = await eyes.customers.sees("Invite a friend")
    await expect(answer.get_by_test_id("inline-button")).to_have_count(2)


async def a_forum_gets_a_topic(eyes: Eyes) -> None:
    customers, operators = eyes.customers, eyes.operators
    await operators.open()
    await operators.go("mode-forum")
    await expect(operators.pane.get_by_test_id("topic-general")).to_be_visible()
    await customers.open()
    await customers.write("I want to talk to a person")
    await customers.sees("ticket #2")
    await operators.open()
    await operators.pane.get_by_role("button", name="#2 · Kate").click()
    card = operators.card(2)
    await expect(card).to_contain_text("I want to talk to a person")
    await operators.write("Straight from the topic")
    await customers.open()
    await customers.sees("Straight from the topic")
