"""Words of customers, programs, operators and owners that would run as code, on every page: they stay words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from handlers.http.desk.visits import COOKIE
from services.messages.incoming import Operator
from tests.browser.test_dashboard import places_of
from tests.dashboard.visitor import API_TOKEN, Browser, new_key, sign_in, visited
from tests.lines.world import CUSTOMER_ID, World
from tests.playground.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.timeout(240)]
SAID: Final = """<img src=x onerror="hit('%s')"><svg/onload=hit('%s')><script>hit('%s')</script>'"><b>${hit('%s')}"""
LINK: Final = "javascript:hit('link')"
ADMIN: Final = 601
PLACES: Final = ("", "t1", "customers/1", "answers/EVIL", "answers/~facts", "answers/~replies")
WATCH: Final = "window.hits = []; window.hit = where => window.hits.push(where)"


def evil(where: str) -> str:
    return SAID.replace("%s", where)


@pytest_asyncio.fixture(loop_scope="session")
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    ids = f"[{ADMIN}]"
    made = World(sqlite_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=ids, SUPPORT_HTTP__API_TOKEN=API_TOKEN)
    await made.open()
    yield made
    await made.close()


async def test_no_word_of_anybody_runs_on_any_page(world: World, browser: Chromium) -> None:
    async with ClientSession() as http, visited(world, http) as guest:
        admin = await sign_in(world, guest, Operator(id=ADMIN, name=evil("operator")))
        await _everybody_writes(world, admin)
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
        await context.add_cookies([{"name": COOKIE, "value": admin.cookie, "url": admin.base}])
        await context.add_init_script(WATCH)
        page = await context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(f"{admin.base}/dashboard")
        await expect(page.get_by_test_id("line-state")).to_have_attribute("data-state", "live", timeout=60_000)
        await _see_everything(page)
        assert await page.evaluate("window.hits") == []
        own = (admin.base, "blob:", "data:")
        assert [url for url in asked if not url.startswith(own)] == []
        await context.close()


async def _everybody_writes(world: World, admin: Browser) -> None:
    name = {"first_name": evil("first name")[:64], "last_name": evil("last name")[:64], "username": "evil"}
    person = {"id": CUSTOMER_ID, "is_bot": False, "language_code": "en"} | name
    more: dict[str, Any] = {"from": person}
    await world.says(1, f"{evil('text')} {LINK}, позовите оператора", **more)
    link = [{"type": "text_link", "offset": 0, "length": 4, "url": LINK}]
    await world.says(2, "link", entities=link, **more)
    file = {"file_id": "f", "file_unique_id": "u", "file_name": evil("file name"), "mime_type": "text/html"}
    await world.says(3, evil("caption"), document=file, **more)
    await world.says(4, "quoted", quote={"text": evil("quote"), "position": 0}, **more)
    await admin.writes_as(evil("client")[:60].replace("\n", ""), "позовите оператора")
    await admin.writes(1, evil("reply"))
    await admin.writes(1, evil("note"), what="notes")
    await admin.put("customers/1/note", text=evil("remark"), before=None, key=new_key())
    text = "{{ customer.first_name }} &lt;img src=x onerror=hit('template')&gt;"
    scenario = {
        "key": "EVIL",
        "title": {"ru": evil("t")[:60], "en": evil("t")[:60]},
        "description": evil("description"),
        "priority": "low",
        "action": "answer",
        "examples": {"ru": [evil("phrase")], "en": [evil("example")]},
        "templates": [{"language": "ru", "text": text}, {"language": "en", "text": text}],
    }
    saved = await admin.put("answers/scenario", scenario=scenario, before=None, key=new_key())
    assert saved[0] == 200, saved
    reply = await admin.post("replies", title=evil("title"), text="Hi {{ customer.first_name }}", key=new_key())
    assert reply[0] == 200, reply
    await admin.post("tokens", name=evil("token")[:60], role="operator")
    await world.works()


async def _see_everything(page: Page) -> None:
    async for _place in places_of(page, PLACES):
        pass
    await page.evaluate("location.hash = 't1'")
    await expect(page.get_by_test_id("line").first).to_contain_text("<img src=x onerror=", timeout=60_000)
    await page.evaluate("location.hash = 'answers/EVIL'")
    await expect(page.get_by_test_id("field-description")).to_have_value(evil("description"), timeout=60_000)
    await page.get_by_test_id("try-words").fill(evil("tried"))
    await page.get_by_test_id("try").click()
    await expect(page.get_by_test_id("trial")).to_be_visible(timeout=60_000)
    await page.get_by_test_id("show-versions").click()
    await page.get_by_test_id("version").first.click()
    await expect(page.get_by_test_id("difference")).to_contain_text("<img", timeout=60_000)
    await page.get_by_test_id("account").click()
    await expect(page.get_by_test_id("dialog")).to_contain_text("<img")
