"""Who gets into the dashboard, how, and when they are out again."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest
from aiohttp import ClientSession

from bot.settings import load
from handlers.http.desk.visits import COOKIE
from services.dashboard.authorization import FRESH_S
from services.dashboard.init_data import AHEAD, OLDEST, checked
from services.dashboard.sessions import LASTS, LINK
from services.messages.incoming import Operator
from tests.dashboard.visitor import MARIA, OLGA, Browser, sign_in, visited
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, TOKEN, World

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def stranger(world: World, http: ClientSession) -> AsyncIterator[Browser]:
    """Somebody with a browser and nothing else."""
    async with visited(world, http) as browser:
        yield browser


async def link_for(world: World, operator: Operator = MARIA) -> str:
    from services.dashboard.sessions import invite

    return await world.store.write(lambda unit: invite(unit, operator))


async def cookie_by(browser: Browser, link: str) -> str | None:
    async with browser.http.post(f"{browser.base}/api/desk/sign-in/link", json={"link": link}) as answer:
        found = answer.cookies.get(COOKIE)
        browser.http.cookie_jar.clear()
        return found.value if answer.status == 200 and found else None


def init_data(token: str = TOKEN, *, at: datetime = NOW, **more: str) -> str:
    """Return what Telegram's client would hand to the page."""
    user = json.dumps({"id": MARIA.id, "first_name": "Мария", "language_code": "ru"}, ensure_ascii=False)
    fields = {"auth_date": str(int(at.timestamp())), "query_id": "AA", "user": user, "signature": "xyz"} | more
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", token.encode(), "sha256")
    return urlencode(fields | {"hash": hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()}, quote_via=quote)


# --- a link from the bot -------------------------------------------------------------------------------------------


async def test_a_link_opens_once_and_for_five_minutes(world: World, stranger: Browser) -> None:
    link = await link_for(world)
    assert await cookie_by(stranger, link) is not None
    assert await cookie_by(stranger, link) is None
    late = await link_for(world)
    world.now += LINK
    assert await cookie_by(stranger, late) is None
    assert await cookie_by(stranger, "made-up") is None


async def test_the_cookie_is_kept_from_scripts_and_from_other_sites(world: World, stranger: Browser) -> None:
    link = await link_for(world)
    async with stranger.http.post(f"{stranger.base}/api/desk/sign-in/link", json={"link": link}) as answer:
        cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", "")


async def test_a_form_of_another_site_signs_nobody_in(world: World, stranger: Browser) -> None:
    link = await link_for(world)
    body = json.dumps({"link": link})
    at = f"{stranger.base}/api/desk/sign-in/link"
    async with stranger.http.post(at, data=body, headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    assert await cookie_by(stranger, link) is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_operators_ask_in_the_group_and_get_the_link_in_private(world: World) -> None:
    world.parts.dashboard.entrance._public_url = "https://desk.example/support"
    await world.operator_says(1, "/dashboard", entities=[{"type": "bot_command", "offset": 0, "length": 10}])
    assert "в личном чате" in world.screen.texts(GROUP_ID)[-1]
    await world.arrives("message", private(2, OPERATOR_ID, "/dashboard"))
    await world.works()
    text = world.screen.texts(OPERATOR_ID)[-1]
    assert "https://desk.example/support/dashboard#enter=" in text
    assert not any("#enter=" in said for said in world.screen.texts(GROUP_ID))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_customer_who_asks_for_it_gets_no_link(world: World) -> None:
    world.parts.dashboard.entrance._public_url = "https://desk.example"
    world.screen.gone.add(CUSTOMER_ID)
    await world.arrives("message", private(2, CUSTOMER_ID, "/dashboard"))
    await world.works()
    assert not world.screen.reads(CUSTOMER_ID, "enter")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_an_address_the_bot_says_what_to_set(world: World) -> None:
    await world.arrives("message", private(2, OPERATOR_ID, "/dashboard"))
    await world.works()
    assert "http.public_url" in world.screen.texts(OPERATOR_ID)[-1]


def private(number: int, user: int, text: str) -> dict[str, object]:
    person = {"id": user, "first_name": "Ольга"}
    return {
        "message_id": number,
        "date": 1,
        "chat": person | {"type": "private"},
        "from": person | {"is_bot": False, "language_code": "ru"},
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
    }


# --- inside Telegram -----------------------------------------------------------------------------------------------


def test_what_telegram_has_signed_names_its_user() -> None:
    assert checked(init_data(), token=TOKEN, now=NOW) == MARIA


@pytest.mark.parametrize(
    "bent",
    [
        init_data("1:another"),
        init_data(at=NOW - OLDEST - timedelta(seconds=1)),
        init_data(at=NOW + AHEAD + timedelta(seconds=1)),
        init_data().replace("601", "602"),
        init_data() + "&user=%7B%22id%22%3A1%7D",
        init_data() + "&more=1",
        init_data().partition("&hash=")[0],
        init_data().partition("&hash=")[0] + "&hash=",
        init_data().partition("&hash=")[0] + "&hash=%D1%8F",
        init_data(auth_date="soon"),
        init_data(auth_date="9" * 30),
        init_data(user="[]"),
        init_data(user='{"id": "601"}'),
        init_data(user='{"id": true}'),
        init_data(user="{"),
        "hash",
        "",
        "&" * 9000,
    ],
)
def test_anything_else_names_nobody(bent: str) -> None:
    assert checked(bent, token=TOKEN, now=NOW) is None


async def test_a_mini_app_signs_in_and_may_use_a_header_where_a_frame_gets_no_cookies(
    world: World, stranger: Browser
) -> None:
    at = f"{stranger.base}/api/desk/sign-in/telegram"
    async with stranger.http.post(at, json={"init_data": init_data(at=world.now)}) as answer:
        assert answer.status == 200
        session = (await answer.json())["session"]
    stranger.http.cookie_jar.clear()
    framed = Browser(http=stranger.http, base=stranger.base, headers={"Authorization": f"Session {session}"})
    assert (await framed.get("me"))[1]["operator"] == {"id": MARIA.id, "name": "Мария"}
    async with stranger.http.post(at, json={"init_data": init_data("1:b", at=world.now)}) as answer:
        assert (answer.status, (await answer.json())["code"]) == (403, "forbidden")


# --- sessions ------------------------------------------------------------------------------------------------------


async def test_without_a_session_there_is_nothing_to_see(stranger: Browser) -> None:
    for path in ("me", "tickets", "tickets/1", "customers/1/lines", "choices", "sessions", "events"):
        assert (await stranger.get(path))[0] == 401, path
    assert (await stranger.does(1, "take"))[0] == 401


async def test_forged_and_bent_cookies_are_refused(world: World, maria: Browser) -> None:
    secret, _, signature = maria.cookie.partition(".")
    for forged in (f"{secret}.", f"{secret}.{'0' * 64}", f"x{secret}.{signature}", secret, "", ".", "я", "a" * 5000):
        bent = Browser(http=maria.http, base=maria.base, headers={"Authorization": f"Session {quote(forged)}"})
        assert (await bent.get("me"))[0] == 401, forged
    assert (await maria.get("me"))[0] == 200


async def test_a_change_needs_the_token_that_other_sites_cannot_read(world: World, maria: Browser) -> None:
    other = await sign_in(world, maria, OLGA)
    for wrong in ("", "x", other.csrf, "я"):
        bent = Browser(http=maria.http, base=maria.base, cookie=maria.cookie, headers={"X-CSRF-Token": quote(wrong)})
        assert (await bent.does(1, "take"))[0] == 403
        assert (await bent.delete("sessions"))[0] == 403
    assert (await maria.does(1, "take"))[0] == 404, "let in: there is no such ticket"


async def test_a_session_that_nobody_uses_ends_and_one_in_use_goes_on(world: World, maria: Browser) -> None:
    for _ in range(4):
        world.now += LASTS / 2
        assert (await maria.get("me"))[0] == 200
    world.now += LASTS
    assert (await maria.get("me"))[0] == 401


async def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once(world: World, maria: Browser) -> None:
    second, third = [await sign_in(world, maria) for _ in range(2)]
    olga = await sign_in(world, maria, OLGA)
    _, found = await maria.get("sessions")
    assert [one["here"] for one in found["sessions"]].count(True) == 1
    assert len(found["sessions"]) == 3
    _, theirs = await olga.get("sessions")
    [stolen] = theirs["sessions"]
    assert (await maria.delete(f"sessions/{stolen['id']}"))[0] == 404
    _, me = await second.get("me")
    assert (await maria.delete(f"sessions/{me['session']}"))[0] == 200
    assert (await second.get("me"))[0] == 401
    assert (await third.post("sign-out"))[0] == 200
    assert (await third.get("me"))[0] == 401
    link = await link_for(world)
    assert (await maria.delete("sessions"))[0] == 200
    assert (await maria.get("me"))[0] == 401
    assert await cookie_by(maria, link) is None
    assert (await olga.get("me"))[0] == 200


async def test_whoever_leaves_the_group_is_out_everywhere(world: World, maria: Browser) -> None:
    again = await sign_in(world, maria)
    world.screen.gone.add(MARIA.id)
    keeper = world.parts.dashboard.authorization
    usual = keeper._clock
    keeper._clock = lambda: usual() + FRESH_S
    assert (await maria.get("me"))[0] == 401
    world.screen.gone.clear()
    keeper._answers.clear()
    assert (await again.get("me"))[0] == 401, "a session does not come back with its owner"
    world.screen.gone.add(MARIA.id)
    keeper._answers.clear()
    assert await cookie_by(maria, await link_for(world)) is None


async def test_admins_are_admins_here_too(world: World, stranger: Browser) -> None:
    world.parts.admins._ids = lambda: frozenset((MARIA.id,))
    world.screen.gone.add(MARIA.id)
    admin = await sign_in(world, stranger)
    assert (await admin.get("me"))[1]["role"] == "admin"


async def test_a_given_key_signs_and_a_short_one_is_refused() -> None:
    with pytest.raises(Exception, match="32"):
        load(env={"SECRET_KEY": "short"})
    assert load(env={"SECRET_KEY": "k" * 32}).app.secret_key is not None


async def test_what_has_run_out_is_deleted_within_the_hour(world: World, maria: Browser) -> None:
    await link_for(world)
    world.now += LASTS
    await sign_in(world, maria, OLGA)
    await world.parts.retention.tidy()
    assert await world.store.read(lambda unit: unit.web_sessions.of(MARIA.id)) == []
    assert len(await world.store.read(lambda unit: unit.web_sessions.of(OLGA.id))) == 1
    assert await world.store.write(lambda unit: unit.web_sessions.forget()) == 0


# --- the page ------------------------------------------------------------------------------------------------------


async def test_the_page_runs_no_script_but_its_own_and_asks_nobody_else(stranger: Browser) -> None:
    async with stranger.http.get(f"{stranger.base}/dashboard") as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "connect-src 'self'" in policy
    assert "<script>" not in text
    assert "style=" not in text
    assert "http" not in text.replace("http-equiv", "")


@pytest.mark.parametrize("path", ["/dashboard/app.js", "/dashboard/vendor/preact.mjs", "/dashboard/texts/ru.json"])
async def test_its_files_are_served(stranger: Browser, path: str) -> None:
    async with stranger.http.get(stranger.base + path) as answer:
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/dashboard/../page.py", "/dashboard/%2e%2e/page.py", "/dashboard/vendor/vendor.toml"]
)
async def test_nothing_else_is(stranger: Browser, path: str) -> None:
    async with stranger.http.get(stranger.base + path) as answer:
        assert answer.status == 404
