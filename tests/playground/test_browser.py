"""The page in a real browser: one customer, one bot, no console errors."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, async_playwright, expect

from playground import cast, defaults, samples
from playground.process import Beginning, BotProcess
from playground.stage import Stage, opened

FOUND: Final = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        FOUND is None, reason="no Chromium on this machine: install `chromium` to run the browser tests"
    ),
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),  # one browser for all of them, and it belongs to a loop
]


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    async with opened(port=0) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Each test has a context of its own."""
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=FOUND, args=FLAGS)
        yield found
        await found.close()


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def open_page(browser: Browser, stage: Stage, *, width: int = 1440, height: int = 900) -> tuple[Page, list[str]]:
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
    page = await context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(stage.url) else problems.append(request.url))
    await page.goto(stage.url)
    return page, problems


async def say(http: ClientSession, stage: Stage, method: str, **params: object) -> None:
    async with http.post(f"{stage.url}/bot{defaults.TOKEN}/{method}", json=params) as answer:
        assert answer.status == 200, await answer.text()


async def test_a_new_customer_talks_to_a_bot(
    browser: Browser, stage: Stage, http: ClientSession, tmp_path: Path
) -> None:
    page, problems = await open_page(browser, stage)
    pane = page.get_by_test_id("pane-customers")
    await expect(page.get_by_test_id("banner")).to_contain_text("The bot is starting")
    await expect(pane.get_by_test_id("sample-question")).to_have_count(4)

    await page.get_by_test_id("add-customer").click()
    await page.get_by_test_id("new-customer-name").fill("<img src=x>")
    await page.get_by_test_id("new-customer-en").check()
    await page.get_by_test_id("new-customer-save").click()
    await expect(page.get_by_test_id("customer-1003")).to_have_attribute("aria-pressed", "true")
    user = stage.playground.customers[1003].user
    assert (user.first_name, user.language_code) == ("<img src=x>", "en")

    box = pane.get_by_test_id("composer-input")
    await box.fill("one\ntwo <script>alert(1)</script>")
    await box.press("Enter")
    message = pane.locator("[data-testid=message][data-from=me]")
    await expect(message.get_by_test_id("message-text")).to_have_text("one\ntwo <script>alert(1)</script>")

    keys = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    await say(http, stage, "sendMessage", chat_id=1003, text="<b>Hello</b>", parse_mode="HTML", reply_markup=keys)
    await expect(pane.locator("[data-from=bot] strong")).to_have_text("Hello")
    await pane.get_by_test_id("inline-button").click()
    (press_id,) = await stage.playground.wait_for(lambda: list(stage.playground.world.presses))
    await say(http, stage, "answerCallbackQuery", callback_query_id=press_id, text="Noted")
    await expect(page.get_by_test_id("toast")).to_have_text("Noted")

    await box.press("ArrowUp")
    await expect(page.get_by_test_id("composer-edit")).to_be_visible()
    await box.fill("edited")
    await box.press("Enter")
    await expect(message.get_by_test_id("message-text")).to_have_text("edited")
    await expect(message.get_by_test_id("edited")).to_be_visible()

    picture = tmp_path / "a.png"
    picture.write_bytes(samples.picture())
    await pane.get_by_test_id("file-input").set_input_files(picture)
    await expect(pane.get_by_test_id("photo")).to_be_visible()
    await say(http, stage, "sendChatAction", chat_id=1003, action="typing")
    await expect(pane.get_by_test_id("typing")).to_be_visible()
    assert problems == []


async def test_the_group_becomes_a_forum(browser: Browser, stage: Stage, http: ClientSession) -> None:
    page, problems = await open_page(browser, stage)
    pane = page.get_by_test_id("pane-operators")
    await pane.get_by_test_id("mode-forum").click()
    await expect(pane.get_by_test_id("topic-general")).to_be_visible()
    await say(http, stage, "createForumTopic", chat_id=defaults.GROUP_ID, name="Case 7")
    topic = stage.playground.groups[defaults.GROUP_ID].topics[0]
    await pane.get_by_test_id(f"topic-{topic.id}").click()
    await pane.get_by_test_id(f"speaker-{defaults.OPERATOR_ID}").click()
    await pane.get_by_test_id("composer-input").fill("I take it")
    await pane.get_by_test_id("composer-send").click()
    await expect(pane.get_by_test_id("message-text")).to_have_text("I take it")
    (message,) = [m for m in stage.playground.groups[defaults.GROUP_ID].messages if m.kind == "text"]
    assert (message.sender_id, message.thread_id) == (defaults.OPERATOR_ID, topic.id)
    await page.get_by_test_id("lang-ru").click()
    await expect(pane.get_by_test_id("mode-forum")).to_have_text("Форум")
    assert problems == []


async def test_two_groups_stand_side_by_side(browser: Browser, stage: Stage) -> None:
    second = stage.playground.add_group("Refunds", chat_id=-1002000000002)
    page, problems = await open_page(browser, stage)
    pane = page.get_by_test_id("pane-operators")
    other = pane.get_by_test_id(f"group-{second.chat.id}")
    await expect(other).to_be_visible()
    stage.playground.operators[defaults.ADMIN_ID].write(second, "who takes it?")
    await expect(other.get_by_test_id("badge")).to_have_text("1")
    await other.click()
    await expect(pane.get_by_test_id("message-text")).to_have_text("who takes it?")
    await pane.get_by_test_id("mode-forum").click()
    await expect(pane.get_by_test_id("topic-general")).to_be_visible()
    assert [group.chat.is_forum for group in stage.playground.groups.values()] == [False, True]
    await pane.get_by_test_id(f"group-{defaults.GROUP_ID}").click()
    await expect(pane.get_by_test_id("group-chat")).to_have_attribute("aria-pressed", "true")
    assert problems == []


async def test_a_phone_has_tabs(browser: Browser, stage: Stage) -> None:
    page, problems = await open_page(browser, stage, width=390, height=844)
    await expect(page.get_by_test_id("tab-operators")).to_be_visible()
    await expect(page.get_by_test_id("pane-operators")).to_be_hidden()
    stage.playground.operators[defaults.ADMIN_ID].write(stage.playground.groups[defaults.GROUP_ID], "hello?")
    await expect(page.get_by_test_id("tab-operators").get_by_test_id("badge")).to_have_text("1")
    await page.get_by_test_id("tab-operators").click()
    await expect(page.get_by_test_id("pane-operators").get_by_test_id("message")).to_have_count(1)
    await expect(page.get_by_test_id("tab-operators").get_by_test_id("badge")).to_have_count(0)
    wide = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide
    assert problems == []


async def test_a_customer_writes_to_an_account_and_to_a_channel_and_its_owner_takes_over(
    browser: Browser, stage: Stage, http: ClientSession
) -> None:
    page, problems = await open_page(browser, stage)
    customers, operators = page.get_by_test_id("pane-customers"), page.get_by_test_id("pane-operators")
    await customers.get_by_test_id("door-account").click()
    await customers.get_by_test_id("composer-input").fill("are you there?")
    await page.keyboard.press("Enter")
    account = stage.playground.accounts[defaults.ADMIN_ID]
    place = {"chat_id": 1001, "business_connection_id": account.account.id}
    await say(http, stage, "sendMessage", **place, text="in a moment")
    answered = customers.locator("article", has_text="in a moment")
    await expect(answered).to_have_attribute("data-from", "other")
    row = operators.get_by_test_id(f"own-{defaults.ADMIN_ID}-1001:0")
    await expect(row.get_by_test_id("badge")).to_have_text("1")
    await row.click()
    await expect(row.get_by_test_id("badge")).to_have_count(0)
    await expect(operators.locator("article", has_text="in a moment").get_by_test_id("by-bot")).to_be_visible()
    await operators.get_by_test_id("composer-input").fill("here I am")
    await page.keyboard.press("Enter")
    await expect(customers.locator("article", has_text="here I am")).to_be_visible()
    for switch in ("own-reply", "own-connected"):
        await operators.get_by_test_id(switch).click()
        await expect(operators.get_by_test_id(switch)).to_have_attribute("aria-checked", "false")
    assert (account.account.enabled, account.may_reply) == (False, False)

    await customers.get_by_test_id("door-channel").click()
    await expect(customers.locator("article")).to_have_count(0)
    await customers.get_by_test_id("composer-input").fill("to the channel")
    await page.keyboard.press("Enter")
    [channel] = stage.playground.channels.values()
    row = operators.get_by_test_id(f"own-{channel.chat.id}:1001")
    await row.click()
    await operators.get_by_test_id("composer-input").fill("from the channel")
    await page.keyboard.press("Enter")
    await expect(customers.locator("article", has_text="from the channel")).to_be_visible()
    await customers.get_by_test_id("door-bot").click()
    await expect(customers.locator("article")).to_have_count(0)
    assert [m.text for m in account.chat_with(stage.playground.customers[1001].user).history][-1] == "here I am"
    assert problems == []


async def test_everything_begins_anew_on_the_page(browser: Browser, stage: Stage) -> None:
    """Only where the bot's memory can be taken away; whoever begins with nothing stands before the set-up."""
    page, problems = await open_page(browser, stage, width=390, height=844)
    await expect(page.get_by_test_id("anew")).to_be_hidden()
    stage.playground.customers[1001].send("before")

    def begin(beginning: Beginning) -> None:
        stage.playground.beginning = beginning
        cast.enter_anew(stage.playground)
        stage.playground.operators[defaults.ADMIN_ID].send("/setup")

    stage.playground.process = BotProcess(kill=lambda: None, begin_anew=begin, running=True)
    stage.playground.world.tell("bot")
    await expect(page.get_by_text("before")).to_have_count(2)
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    await page.get_by_test_id("anew").click()
    await expect(page.get_by_test_id("anew-nothing")).to_be_checked()
    await page.get_by_test_id("anew-go").click()
    operators = page.get_by_test_id("pane-operators")
    await expect(operators.locator("article", has_text="/setup")).to_be_visible()
    await expect(page.get_by_text("before")).to_have_count(0)
    assert problems == []
