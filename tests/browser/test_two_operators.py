"""One operator in the group and one on the page, at the same tickets at the same time, wide and on a phone."""

from __future__ import annotations

import asyncio
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.browser.windows import PHONE, WIDE, enters, is_live, window, works_until
from tests.dashboard.visitor import Browser as Guest
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ASKS: Final = "не пришла посылка, позовите оператора"
PRESSER: Final = " · A"
"""Whoever presses in the group of the world, behind what the ticket waits for."""


def card(world: World) -> int:
    """Return where the card stands in the group."""
    return next(
        one.telegram_id for one in world.screen.shown.values() if one.chat_id == GROUP_ID and "Анна" in one.words.text
    )


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_a_ticket_from_arrival_to_closing(
    world: World, guest: Guest, browser: Browser, size: tuple[int, int]
) -> None:
    async with window(browser, size=size) as page:
        await enters(world, page, guest.base)
        await expect(page.get_by_test_id("empty")).to_be_visible()
        await world.says(1, ASKS)
        await page.get_by_test_id("ticket-1").click()
        await expect(page.get_by_test_id("line").first).to_contain_text(ASKS)

        await world.presses(GROUP_ID, "Взять")
        await expect(page.get_by_test_id("state")).to_contain_text(PRESSER)
        await expect(page.get_by_test_id("take")).to_be_disabled()
        await world.operator_says(50, "Уже ищем", reply_to=card(world))
        await works_until(world, page.get_by_test_id("line"), "Уже ищем")
        await page.get_by_test_id("composer").fill("Нашли, везём")
        await page.get_by_test_id("send").click()
        await works_until(world, page.locator("[data-author=operator] .sent").nth(1))
        await world.works()
        assert "Нашли, везём" in world.screen.texts(CUSTOMER_ID)
        assert world.screen.reads(GROUP_ID, "Мария (web)")
        await world.says(2, "спасибо, жду")
        await works_until(world, page.get_by_test_id("line"), "спасибо, жду")

        await page.get_by_test_id("menu-close").click()
        await page.get_by_test_id("close-silent").click()
        await works_until(world, page.get_by_test_id("reopen"))
        await world.works()
        assert world.screen.reads(GROUP_ID, "закрыто")
        fits: bool = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits


async def test_of_two_who_take_it_at_once_one_has_it_and_both_know(
    world: World, guest: Guest, browser: Browser
) -> None:
    await world.says(1, ASKS)
    async with window(browser) as page:
        await enters(world, page, guest.base)
        await page.get_by_test_id("ticket-1").click()
        take = page.get_by_test_id("take")
        await expect(take).to_be_enabled()
        # Forced: the press in the group may disable the button before the click, which then does nothing.
        await asyncio.gather(world.presses(GROUP_ID, "Взять"), take.click(force=True))
        state = page.get_by_test_id("state")
        await works_until(world, state.filter(has_text="yours").or_(state.filter(has_text=PRESSER)))
        ticket = await world.store.read(lambda unit: unit.tickets.get(1))
        assert ticket is not None
        mine = page.get_by_test_id("release")
        if ticket.operator_name == "Мария":
            await expect(mine).to_be_visible()
        else:
            await expect(mine).to_have_count(0)
            await expect(state).to_contain_text(PRESSER)
        await world.works()
        assert any(str(ticket.operator_name) in text for text in world.screen.texts(GROUP_ID))


@ON_SQLITE
async def test_what_is_written_while_the_line_is_down_goes_once_it_is_back(
    world: World, guest: Guest, browser: Browser
) -> None:
    await world.says(1, ASKS)
    async with window(browser) as page:
        await enters(world, page, guest.base)
        await page.get_by_test_id("ticket-1").click()
        composer = page.get_by_test_id("composer")
        await composer.fill("Минуту")
        await page.context.set_offline(True)
        await page.get_by_test_id("send").click()
        await expect(page.get_by_test_id("toast")).to_be_visible()
        await expect(composer).to_have_value("Минуту")
        await world.says(2, "вы тут?")
        await page.context.set_offline(False)
        await is_live(page)
        await works_until(world, page.get_by_test_id("line"), "вы тут?")
        await works_until(world, page.locator("[data-author=operator]"), "Минуту")
        await expect(composer).to_have_value("")
        await world.works()  # the line stands on the page as soon as it is stored
        assert world.screen.texts(CUSTOMER_ID).count("Минуту") == 1


@ON_SQLITE
async def test_a_break_that_the_events_outlive_holds_nothing_up(world: World, guest: Guest, browser: Browser) -> None:
    await world.says(1, ASKS)
    async with window(browser) as page:
        await enters(world, page, guest.base)
        await page.get_by_test_id("ticket-1").click()
        composer, replies = page.get_by_test_id("composer"), "**/api/desk/tickets/1/replies"
        await page.route(replies, lambda route: route.abort())
        await composer.fill("Минуту")
        await page.get_by_test_id("send").click()
        await expect(page.get_by_test_id("waits")).to_be_visible()
        await is_live(page)
        await page.unroute(replies)
        await works_until(world, page.locator("[data-author=operator]"), "Минуту")
        await expect(composer).to_have_value("")
        await world.works()  # the page shows the line before it is delivered
        assert world.screen.texts(CUSTOMER_ID).count("Минуту") == 1
