"""Getting into the dashboard in a real browser, and out again: links, Telegram, cookies of somebody else."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote, urlencode

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, expect

from services.dashboard.init_data import OLDEST
from services.dashboard.sessions import LASTS
from tests.browser.windows import PHONE, brings, cookie_of, enters, is_live, is_out, link_of, window
from tests.dashboard.test_behind_a_proxy import PREFIX, proxy
from tests.dashboard.test_getting_in import init_data
from tests.dashboard.visitor import Browser as Guest
from tests.http.conftest import serving
from tests.lines.world import World
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ASKS: Final = "позовите оператора"
CLIENT: Final = """
window.told = [];
window.TelegramWebviewProxy = { postEvent: (name, data) => window.told.push([name, JSON.parse(data)]) };
"""
"""What a client of Telegram gives the page: somebody to tell."""
DARK: Final = {"bg_color": "#1b2836", "text_color": "#ffffff", "button_color": "#5288c1", "hint_color": "#8fa3b5"}


async def test_a_link_signs_in_once_and_leaves_no_trace(world: World, guest: Guest, browser: Browser) -> None:
    at = f"{guest.base}/dashboard#enter={await link_of(world)}"
    async with window(browser) as page:
        await page.goto(at)
        await is_live(page)
        assert "enter" not in page.url
        await page.reload()
        await is_live(page)
    async with window(browser) as other:
        await other.goto(at)
        await is_out(other, "This link no longer works")
        assert "enter" not in other.url


def mini_app(base: str, data: str, **looks: str) -> str:
    handed = urlencode({"tgWebAppData": data, "tgWebAppThemeParams": json.dumps(looks)}, quote_via=quote)
    return f"{base}/dashboard#{handed}&tgWebAppVersion=9.1&tgWebAppPlatform=ios"


async def hears(page: Page, name: str, **data: Any) -> None:
    """Let Telegram's client tell the page something."""
    await page.evaluate("([name, data]) => Telegram.WebView.receiveEvent(name, data)", [name, data])


async def test_inside_telegram_the_page_opens_by_itself_and_follows_it(
    world: World, guest: Guest, browser: Browser
) -> None:
    await world.says(1, ASKS)
    async with window(browser, size=PHONE) as page:
        await page.add_init_script(CLIENT)
        await page.goto(mini_app(guest.base, init_data(at=world.now, start_param="t1"), **DARK))
        await is_live(page)
        assert "tgWebApp" not in page.url
        await expect(page.get_by_test_id("talk")).to_be_visible()
        assert await style_of(page, "--bg") == "#1b2836"
        assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert {"web_app_ready", "web_app_expand"} <= {str(name) for name, _ in await page.evaluate("told")}

        await hears(page, "safe_area_changed", top=40, bottom=20, left=0, right=0)
        await hears(page, "content_safe_area_changed", top=46, bottom=0, left=0, right=0)
        bar = page.locator("header.bar")
        assert await bar.evaluate("one => getComputedStyle(one).paddingTop") == "86px"
        await hears(page, "viewport_changed", height=600, is_state_stable=True, is_expanded=True)
        assert await page.locator(".desk").evaluate("one => one.offsetHeight") == 600  # as it was told
        await hears(page, "theme_changed", theme_params={"bg_color": "#ffffff", "text_color": "#000000"})
        assert await page.evaluate("document.documentElement.dataset.theme") == "light"

        assert (await buttons_back(page))[-1] is True
        await hears(page, "back_button_pressed")
        await expect(page.get_by_test_id("view-waiting")).to_be_visible()
        assert (await buttons_back(page))[-1] is False
        await page.reload()
        await is_live(page)
        await expect(page.get_by_test_id("view-waiting")).to_be_visible()


async def style_of(page: Page, name: str) -> str:
    return str(await page.evaluate("name => document.documentElement.style.getPropertyValue(name)", name))


async def buttons_back(page: Page) -> list[bool]:
    """Return when the page has asked for Telegram's button back, and when to take it away."""
    told = await page.evaluate("told.filter(([name]) => name === 'web_app_setup_back_button')")
    return [bool(data["is_visible"]) for _, data in told]


BENT: Final = (
    pytest.param(lambda world: init_data("700000:forged", at=world.now), id="of another bot"),
    pytest.param(lambda world: init_data(at=world.now - OLDEST * 2), id="too old"),
    pytest.param(lambda world: init_data(at=world.now).replace("601", "501"), id="another person"),
)


@ON_SQLITE
@pytest.mark.parametrize("data", BENT)
async def test_what_telegram_has_not_signed_opens_nothing(
    world: World, guest: Guest, browser: Browser, data: Any
) -> None:
    async with window(browser, size=PHONE) as page:
        await page.goto(mini_app(guest.base, data(world)))
        await is_out(page, "You could not be signed in")


@ON_SQLITE
async def test_a_forged_cookie_opens_nothing_and_a_stolen_one_is_out_with_its_session(
    world: World, guest: Guest, browser: Browser
) -> None:
    async with window(browser) as page, window(browser) as thief, window(browser) as forger:
        await enters(world, page, guest.base)
        cookie = await cookie_of(page)
        await brings(forger.context, guest, cookie[:-4] + "AAAA")
        await forger.goto(f"{guest.base}/dashboard")
        await is_out(forger, "send the bot the command /dashboard")
        await brings(thief.context, guest, cookie)
        await thief.goto(f"{guest.base}/dashboard")
        await is_live(thief)
        await page.get_by_test_id("account").click()
        await page.get_by_test_id("end-all").click()
        await is_out(page)
        await is_out(thief)
        await thief.reload()
        await is_out(thief)


async def test_a_session_that_is_over_asks_to_come_in_and_keeps_what_was_written(
    world: World, guest: Guest, browser: Browser
) -> None:
    await world.says(1, ASKS)
    async with window(browser) as page:
        await enters(world, page, guest.base)
        await page.get_by_test_id("ticket-1").click()
        await page.get_by_test_id("composer").fill("We are looking into it")
        world.now += LASTS
        # At once, if it still stands there: the page may ask by itself before a button has come to rest.
        await page.evaluate("document.querySelector('[data-testid=take]')?.click()")
        await is_out(page)
        assert await page.get_by_text("We are looking").count() == 0
        await enters(world, page, guest.base)
        await page.get_by_test_id("ticket-1").click()
        await expect(page.get_by_test_id("composer")).to_have_value("We are looking into it")


@ON_SQLITE
async def test_behind_a_proxy_that_takes_a_prefix_off(world: World, guest: Guest, browser: Browser) -> None:
    world.parts.settings.http.__dict__["proxies"] = ("127.0.0.1",)
    async with (
        ClientSession() as http,
        serving(proxy(guest.base, http, X_Forwarded_For="203.0.113.7")) as front,
        window(browser) as page,
    ):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await enters(world, page, front + PREFIX)
        await world.says(1, ASKS)
        await page.get_by_test_id("ticket-1").click()
        await expect(page.get_by_test_id("line").first).to_contain_text(ASKS)
        await page.evaluate("location.hash = '#reports'")
        await expect(page.locator(".chart canvas")).to_be_visible()
        assert [url for url in asked if not url.startswith((f"{front}{PREFIX}/", "about:", "blob:"))] == []
