"""The dashboard behind a proxy that takes a prefix off: the page, events, cookies, and whom the bot sees."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.surface import pages
from handlers.http.desk.visits import COOKIE
from handlers.http.guard import guarded, open_to
from handlers.http.proxies import Proxies
from services.dashboard.sessions import invite
from tests.dashboard.visitor import MARIA, Browser, next_of, visited
from tests.http.conftest import serving
from tests.lines.world import World

PREFIX = "/support"
ONE_BY_ONE = ("Host", "Transfer-Encoding", "Content-Length", "Connection")
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def proxy(to: str, http: ClientSession, **headers: str) -> web.Application:
    """Return what passes requests on, without the prefix, byte by byte as they come."""

    async def handle(request: web.Request) -> web.StreamResponse:
        own = {name: value for name, value in request.headers.items() if name not in ONE_BY_ONE}
        at = f"{to}/{request.match_info['rest']}"
        body = await request.read()
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        async with http.request(
            request.method, at, params=request.query, data=body, headers=own | more, allow_redirects=False
        ) as answer:
            kept = [(name, value) for name, value in answer.headers.items() if name not in ONE_BY_ONE]
            passed = web.StreamResponse(status=answer.status)
            for name, value in kept:
                passed.headers.add(name, value)
            await passed.prepare(request)
            async for chunk in answer.content.iter_any():
                await passed.write(chunk)
            return passed

    app = web.Application()
    app.router.add_route("*", PREFIX + "/{rest:.*}", handle)
    return app


@pytest.fixture
async def behind(world: World, http: ClientSession) -> AsyncIterator[str]:
    """The address of the page as people see it, over https."""
    world.parts.settings.http.__dict__["proxies"] = ("127.0.0.1",)
    async with (
        serving(pages(world.parts)) as base,
        serving(proxy(base, http, X_Forwarded_For="203.0.113.7", X_Forwarded_Proto="https")) as front,
    ):
        yield front + PREFIX


@ON_SQLITE
async def test_the_page_its_files_and_its_api_work_below_a_prefix(behind: str, http: ClientSession) -> None:
    async with http.get(f"{behind}/dashboard") as answer:
        text = await answer.text()
        assert answer.status == 200
    assert 'src="/' not in text
    assert 'href="/' not in text
    async with http.get(f"{behind}/dashboard/", allow_redirects=True) as answer:
        assert (answer.status, str(answer.url)) == (200, f"{behind}/dashboard")
    async with http.get(f"{behind}/dashboard/app.js") as answer:
        assert answer.status == 200


@ON_SQLITE
async def test_signing_in_and_events_pass_through_and_the_cookie_is_for_https(
    world: World, behind: str, http: ClientSession
) -> None:
    link = await world.store.write(lambda unit: invite(unit, MARIA))
    async with http.post(f"{behind}/api/desk/sign-in/link", json={"link": link}) as answer:
        cookie = answer.cookies[COOKIE]
    assert cookie["secure"] is True
    assert cookie["httponly"] is True
    maria = Browser(http=http, base=behind, cookie=cookie.value)
    maria.csrf = (await maria.get("me"))[1]["csrf"]
    async with maria.events() as events:
        await next_of(events)
        await world.says(1, "позовите оператора")
        _, news = await next_of(events)
        assert news["tickets"] == [1]
    assert (await maria.does(1, "take"))[1]["outcome"] == "taken"


@ON_SQLITE
async def test_without_a_proxy_in_the_settings_nobody_is_believed(world: World, http: ClientSession) -> None:
    link = await world.store.write(lambda unit: invite(unit, MARIA))
    async with visited(world, http) as direct:
        lie = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
        at = f"{direct.base}/api/desk/sign-in/link"
        async with http.post(at, json={"link": link}, headers=lie) as answer:
            assert answer.cookies[COOKIE]["secure"] == ""


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        ((), "203.0.113.7", "127.0.0.1"),
        (("127.0.0.1",), "203.0.113.7", "203.0.113.7"),
        (("127.0.0.0/8",), "1.1.1.1, 203.0.113.7", "203.0.113.7"),
        (("127.0.0.0/8", "10.0.0.0/8"), "203.0.113.7, 10.1.2.3", "203.0.113.7"),
        (("127.0.0.1",), "", "127.0.0.1"),
        (("127.0.0.1",), "nonsense", "nonsense"),
        (("10.0.0.0/8",), "203.0.113.7", "127.0.0.1"),
    ],
)
async def test_whom_the_bot_sees(http: ClientSession, proxies: tuple[str, ...], forwarded: str, seen: str) -> None:
    @open_to("everybody")
    async def who(request: web.Request) -> web.Response:
        return web.json_response({"remote": request.remote})

    app = guarded(proxies=proxies)
    app.router.add_get("/who", who)
    headers: dict[str, Any] = {"X-Forwarded-For": forwarded} if forwarded else {}
    async with serving(app) as base, http.get(f"{base}/who", headers=headers) as answer:
        assert (await answer.json())["remote"] == seen


def test_networks_of_both_families() -> None:
    assert Proxies(["::1", "10.0.0.0/8"])._are_ours("::ffff:10.1.1.1")
    assert not Proxies(["10.0.0.0/8"])._are_ours("11.0.0.1")
