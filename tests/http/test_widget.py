"""The chat of a site: a visitor writes, chooses, sends a picture, reads the team; nobody else does in their name."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from handlers.http.problems import Problem
from handlers.http.widget.rates import Rates
from handlers.http.widget.script import FOLDER, PARTS, script
from services.api.visitors import LASTS, RENEWED, Visitors
from services.desk.audit import SHELL
from services.privacy.erasure import disclose, erase, named
from tests.dashboard.visitor import API_TOKEN, MARIA, Browser, sign_in, visited
from tests.http.conftest import http
from tests.lines.test_satisfaction import card_at
from tests.lines.world import GROUP_ID, World

__all__ = ["http"]
SITE = "https://shop.example"
PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 90
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = {"page_url": "https://shop.example/cart", "page_title": "Корзина", "language": "ru"}
NOW = datetime(2026, 1, 31, tzinfo=UTC)
MOST_BYTES = 40_000


class Visitor:
    """One page of a site."""

    def __init__(self, http: ClientSession, base: str, world: World, origin: str | None = SITE) -> None:
        self.http = http
        self.base = base
        self.world = world
        self.origin = origin
        self.token = ""
        self._keys = iter(range(10_000_000, 20_000_000))

    async def arrives(self) -> Any:
        status, told = await self.asks("POST", "session", json={"token": self.token})
        assert status == 200, told
        self.token = told["token"]
        return told

    async def writes(self, text: str, *, key: str | None = None, **more: Any) -> list[dict[str, Any]]:
        body = PAGE | {"key": key or str(next(self._keys)), "text": text} | more
        status, told = await self.asks("POST", "messages", json=body)
        assert status == 200, told
        found: list[dict[str, Any]] = told["lines"]
        return found

    async def sends(self, content: bytes, **query: str) -> tuple[int, Any]:
        asked = {"key": str(next(self._keys)), "file": "чек.png"} | query
        headers = {"Content-Type": "application/octet-stream"}
        return await self.asks("POST", "pictures", data=io.BytesIO(content), params=asked, headers=headers)

    async def chooses(self, line: dict[str, Any], choice: str) -> tuple[int, Any]:
        return await self.asks("POST", "choices", json={"message_id": line["id"], "choice": choice})

    async def reads(self) -> list[dict[str, Any]]:
        status, told = await self.asks("GET", "messages")
        assert status == 200, told
        found: list[dict[str, Any]] = told["lines"]
        return found

    async def asks(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        headers = self.headers | more.pop("headers", {})
        url = f"{self.base}/api/widget/{path}"
        async with self.http.request(method, url, headers=headers, **more) as answer:
            return answer.status, await answer.json()

    @property
    def headers(self) -> dict[str, str]:
        origin = {"Origin": self.origin} if self.origin else {}
        return origin | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    @asynccontextmanager
    async def follows(self) -> AsyncIterator[AsyncIterator[Any]]:
        async with self.http.get(f"{self.base}/api/widget/events", headers=self.headers) as answer:
            assert answer.status == 200, await answer.text()
            assert answer.headers["Access-Control-Allow-Origin"] == SITE
            async with aclosing(_told(answer)) as told:
                yield told


async def _told(answer: Any) -> Any:
    async for raw in answer.content:
        if raw.startswith(b"data: "):
            yield json.loads(raw[6:])


async def told_of(events: AsyncIterator[Any], words: str) -> Any:
    """Return what is told of a line with these words."""
    async with asyncio.timeout(90):
        async for told in events:
            if any(words in line["text"] for line in told["lines"]):
                return told
    raise AssertionError(words)


@asynccontextmanager
async def a_site(url: str, folder: Path, http: ClientSession, **more: str) -> AsyncIterator[Visitor]:
    on = {"SUPPORT_WIDGET__ENABLED": "true", "SUPPORT_HTTP__CORS_ORIGINS": f"{SITE},https://other.example"}
    world = World(url, folder, SUPPORT_HTTP__API_TOKEN=API_TOKEN, **(on | more))  # type: ignore[arg-type]  # all are text
    await world.open()
    async with visited(world, http) as browser:
        yield Visitor(http, browser.base, world)
    await world.close()


@pytest.fixture
async def visitor(database_url: str, tmp_path: Path, http: ClientSession) -> AsyncIterator[Visitor]:
    async with a_site(database_url, tmp_path, http) as found:
        await found.arrives()
        yield found


@pytest.fixture
async def stranger(sqlite_url: str, tmp_path: Path, http: ClientSession) -> AsyncIterator[Visitor]:
    """Somebody who has no token yet."""
    async with a_site(sqlite_url, tmp_path, http) as found:
        yield found


def text_of(lines: list[dict[str, Any]]) -> list[str]:
    return [line["text"] for line in lines]


def ids(line: dict[str, Any]) -> list[str]:
    return [one["id"] for one in line["choices"]]


async def test_a_question_is_answered_once_however_often_it_is_sent(visitor: Visitor) -> None:
    first = await visitor.writes("доставка", key="same-key-1")
    assert [line["author"] for line in first] == ["customer", "bot"]
    assert first[0]["key"] == "same-key-1"
    assert ids(first[1]) == ["helped", "person"]
    assert await visitor.writes("доставка", key="same-key-1") == first
    assert await visitor.reads() == first


async def test_what_was_meant_is_chosen(visitor: Visitor) -> None:
    asked = (await visitor.writes("наверное"))[1]
    assert "•" not in asked["text"]
    assert ids(asked) == ["PRICING", "person"]
    status, told = await visitor.chooses(asked, "PRICING")
    assert (status, text_of(told["lines"])[1]) == (200, "Ответ PRICING.")
    assert ids(told["lines"][0]) == []
    assert (await visitor.chooses(asked, "person"))[0] == 409


async def test_people_see_the_page_and_their_answers_come_by_events(visitor: Visitor) -> None:
    await visitor.writes("позовите оператора", name="Анна", email="anna@shop.example")
    world = visitor.world
    await world.passes(5)
    card = world.screen.shown[GROUP_ID, card_at(world)].words.text
    assert "Анна" in card
    assert "· сайт" in card
    assert "Корзина · https://shop.example/cart · ✉️ anna@shop.example" in card
    async with visitor.follows() as events:
        await told_of(events, "позовите оператора")
        await world.operator_says(50, "Здравствуйте! Чем помочь?", reply_to=card_at(world))
        told = await told_of(events, "Чем помочь")
        assert told["lines"][-1]["author"] == "operator"
    assert "✓" not in world.screen.texts(GROUP_ID)[-1]
    said = await visitor.writes("где заказ")
    assert len(said) == 1  # people talk with them: no word of the bot after each line
    async with visitor.follows() as events:  # who comes again is told what there is
        assert "Чем помочь" in str(await told_of(events, "где заказ"))


async def test_an_operator_writes_on_the_dashboard_and_both_see_the_other_write(visitor: Visitor) -> None:
    await visitor.writes("позовите оператора")
    world = visitor.world
    await world.passes(5)
    maria = await sign_in(world, Browser(http=visitor.http, base=visitor.base), MARIA)
    status, subject = await maria.get("tickets/1")
    assert (status, subject["customer"]["channel"]) == (200, "web")
    assert subject["customer"]["site"]["page_title"] == "Корзина"
    async with visitor.follows() as events, maria.events() as desk:
        await told_of(events, "позовите")
        await anext(desk)
        await maria.post("tickets/1/typing")
        async with asyncio.timeout(90):
            assert (await anext(events))["typing"] is True
        await visitor.asks("POST", "typing")
        async with asyncio.timeout(90):
            while "typing" not in (told := (await anext(desk))[1]):
                pass
        assert told["typing"][0]["ticket"] == 1
        await maria.writes(1, "Пишу со страницы")
        assert (await told_of(events, "Пишу"))["lines"][-1]["name"] is None


async def test_pictures_go_both_ways(visitor: Visitor) -> None:
    status, told = await visitor.sends(PNG, text="вот чек")
    assert status == 200, told
    mine = told["lines"][0]
    assert mine["file"] == {"name": "чек.png", "size": len(PNG), "picture": True}
    world = visitor.world
    await world.passes(5)
    assert any("вот чек" in text for text in world.screen.texts(GROUP_ID))
    maria = await sign_in(world, Browser(http=visitor.http, base=visitor.base), MARIA)
    url = f"{maria.base}/api/desk/tickets/1/files"
    headers = {"Cookie": f"desk_session={maria.cookie}", "X-CSRF-Token": maria.csrf}
    headers |= {"Content-Type": "application/octet-stream"}
    asked = {"name": "ответ.png", "key": "picture-1", "text": "смотрите"}
    async with visitor.http.post(url, params=asked, data=io.BytesIO(PNG), headers=headers) as answer:
        assert answer.status == 200, await answer.text()
    theirs = (await visitor.reads())[-1]
    assert (theirs["author"], theirs["text"], theirs["file"]["picture"]) == ("operator", "смотрите", True)
    query = {"line": theirs["id"]}
    async with visitor.http.get(f"{visitor.base}/api/widget/file", params=query, headers=visitor.headers) as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PNG)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "status"),
    [(SVG, 415), (b"GIF89a" + b"x" * 50, 415), (b"<html>", 415), (b"", 415), (PNG + b"0" * 10 * 1024 * 1024, 413)],
    ids=["svg", "gif", "html", "nothing", "large"],
)
async def test_what_is_no_picture_or_too_large_is_refused(visitor: Visitor, content: bytes, status: int) -> None:
    assert (await visitor.sends(content))[0] == status
    assert await visitor.reads() == []


async def test_a_visitor_rates_how_they_were_helped(visitor: Visitor) -> None:
    await visitor.writes("позовите оператора")
    world = visitor.world
    await world.passes(5)
    await world.operator_says(50, "готово", reply_to=card_at(world))
    await world.passes(5)
    await world.presses(GROUP_ID, "Закрыть")
    await world.passes(5)
    closed = (await visitor.reads())[-1]
    assert "Как мы помогли" in closed["text"] or "как мы помогли" in closed["text"]
    status, told = await visitor.chooses(closed, "score_4")
    assert (status, ids(told["lines"][0])) == (200, ["comment"])


async def test_a_visitor_is_exported_and_erased_like_every_customer(visitor: Visitor) -> None:
    await visitor.writes("доставка", email="a@b.example")
    world = visitor.world
    [customer] = await named(world.store, f"web:{visitor.token.partition('.')[0]}")
    kept = await disclose(world.store, customer)
    assert kept["site_visitors"][0]["email"] == "a@b.example"
    assert kept["offers"]
    await erase(world.store, customer, by=SHELL)
    assert await visitor.reads() == []
    assert (await visitor.asks("POST", "typing"))[0] == 200


async def test_a_banned_visitor_reaches_nobody(visitor: Visitor) -> None:
    await visitor.writes("доставка")
    who = "тот"
    await visitor.world.store.write(lambda unit: unit.customers.change(1, banned_at=unit.now, banned_by=who))
    assert text_of(await visitor.writes("позовите оператора")) == ["позовите оператора"]
    assert await visitor.world.store.read(lambda unit: unit.tickets.get(1)) is None


async def test_each_visitor_has_their_own_conversation_and_no_other(visitor: Visitor) -> None:
    mine = (await visitor.writes("наверное"))[1]
    other = Visitor(visitor.http, visitor.base, visitor.world)
    assert (await other.arrives())["new"] is True
    assert await other.reads() == []
    assert (await other.chooses(mine, "PRICING"))[0] == 404
    assert (await other.asks("GET", "messages", params={"after": mine["id"]}))[0] == 404
    assert (await other.asks("GET", "file", params={"line": mine["id"]}))[0] == 404


async def test_tokens_that_are_forged_or_stolen_open_nothing(stranger: Visitor) -> None:
    await stranger.arrives()
    good = stranger.token
    for bad in ("", "x", good[:-1], good.replace(good[0], "0" if good[0] != "0" else "1", 1), "й" * 40, good + "0"):
        stranger.token = bad.encode("utf-8").decode("latin-1")
        assert (await stranger.asks("GET", "messages"))[0] == 401, bad
    elsewhere = Visitor(stranger.http, stranger.base, stranger.world, origin="https://other.example")
    elsewhere.token = good
    assert (await elsewhere.asks("GET", "messages"))[0] == 401
    assert (await elsewhere.arrives())["new"] is True
    async with stranger.http.get(
        f"{stranger.base}/api/messages/", params={"client_id": "c"}, headers={"Authorization": f"Bearer {good}"}
    ) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://shop.example.evil.example", None])
async def test_pages_of_other_sites_get_no_session(stranger: Visitor, origin: str | None) -> None:
    stranger.origin = origin
    status, told = await stranger.asks("POST", "session", json={})
    assert status == 403
    assert "http.cors_origins" in told["detail"] or origin is None


async def test_the_log_names_a_site_that_is_not_let_in_and_the_setting(stranger: Visitor) -> None:
    async def asks_first(origin: str) -> None:
        url = f"{stranger.base}/api/widget/session"
        async with stranger.http.options(url, headers={"Origin": origin}) as answer:
            assert answer.status == 204

    with capture_logs() as first:
        await asks_first("https://evil.example")
        await asks_first("https://evil.example")
        await asks_first("https://shop.example.org")
    told = [line for line in first if line["event"] == "http.origin_refused"]
    assert [(line["origin"], line["setting"]) for line in told] == [
        ("https://evil.example", "http.cors_origins"),
        ("https://shop.example.org", "http.cors_origins"),
    ]
    with capture_logs() as second:
        await asks_first(SITE)
    assert not [line for line in second if line["event"] == "http.origin_refused"]


async def test_a_browser_that_asks_first_is_answered(stranger: Visitor) -> None:
    asked = {"Origin": SITE, "Access-Control-Request-Method": "POST"}
    async with stranger.http.options(f"{stranger.base}/api/widget/messages", headers=asked) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == SITE
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    evil = asked | {"Origin": "https://evil.example"}
    async with stranger.http.options(f"{stranger.base}/api/widget/messages", headers=evil) as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_it_is_off_until_it_is_turned_on(sqlite_url: str, tmp_path: Path, http: ClientSession) -> None:
    async with a_site(sqlite_url, tmp_path, http, SUPPORT_WIDGET__ENABLED="false") as visitor:
        status, told = await visitor.asks("POST", "session", json={})
        assert (status, "widget.enabled" in told["detail"]) == (403, True)
        async with http.get(f"{visitor.base}/widget.js") as answer:
            assert answer.status == 403


async def test_the_script_is_served_to_any_page_and_not_again_while_it_is_the_same(stranger: Visitor) -> None:
    async with stranger.http.get(f"{stranger.base}/widget.js") as answer:
        assert (answer.status, answer.content_type) == (200, "text/javascript")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        mark = answer.headers["ETag"]
    again = {"If-None-Match": mark}
    async with stranger.http.get(f"{stranger.base}/widget.js", headers=again) as answer:
        assert answer.status == 304


@pytest.mark.parametrize(
    "body",
    [
        {"key": "short", "text": "x"},
        {"key": "long-enough", "text": " "},
        {"key": "long-enough", "text": "x" * 4001},
        {"key": "long-enough", "text": "x", "email": "no address"},
        {"key": "long-enough", "text": "x", "client_id": "somebody"},
        {"key": "a:b:c:d:e:f", "text": "x"},
    ],
)
async def test_only_what_fits_is_taken(stranger: Visitor, body: dict[str, str]) -> None:
    await stranger.arrives()
    assert (await stranger.asks("POST", "messages", json=body))[0] == 422


async def test_a_flood_is_stopped_with_words_and_a_time(stranger: Visitor) -> None:
    await stranger.arrives()
    said = [
        (await stranger.asks("POST", "messages", json={"key": f"flood-{n:04}", "text": "да"}))[0] for n in range(40)
    ]
    assert said.count(200) <= 12
    assert said[-1] == 429
    assert len([line for line in await stranger.reads() if line["author"] == "customer"]) == said.count(200)


async def test_who_types_for_long_can_still_say_it(stranger: Visitor) -> None:
    await stranger.arrives()
    noted = [(await stranger.asks("POST", "typing"))[0] for _ in range(40)]
    assert (noted[0], noted[-1]) == (200, 429)
    assert await stranger.writes("доставка")


async def test_streams_are_limited_and_their_places_come_back(stranger: Visitor) -> None:
    await stranger.arrives()
    await stranger.writes("доставка")
    async with stranger.follows(), stranger.follows(), stranger.follows(), stranger.follows():
        status, told = await stranger.asks("GET", "events")
        assert (status, "messages" in told["detail"]) == (429, True)
    async with asyncio.timeout(90):
        while True:
            async with stranger.http.get(f"{stranger.base}/api/widget/events", headers=stranger.headers) as answer:
                if answer.status == 200:
                    break


def test_a_token_is_good_for_an_hour_and_its_visitor_comes_back_for_weeks() -> None:
    visitors = Visitors(secret_key="k" * 32)
    first = visitors.welcome("", origin=SITE, now=NOW)
    assert first.new
    assert visitors.known(first.token, origin=SITE, now=NOW) == first.visitor
    assert visitors.known(first.token, origin=None, now=NOW) == first.visitor
    later = NOW + LASTS
    assert visitors.known(first.token, origin=SITE, now=later) is None
    assert visitors.welcome(first.token, origin=SITE, now=later).visitor == first.visitor
    assert visitors.welcome(first.token, origin=SITE, now=later + RENEWED).new
    assert visitors.welcome(first.token, origin="https://other.example", now=NOW).new
    assert Visitors(secret_key="other" * 8).known(first.token, origin=SITE, now=NOW) is None


def test_rates_fill_up_again_with_time() -> None:
    seconds = 0.0
    rates = Rates(per_minute=2, words="wait", clock=lambda: seconds)
    rates.take("a")
    rates.take("a")
    rates.take("b")
    with pytest.raises(Problem, match="wait") as refused:
        rates.take("a")
    assert refused.value.headers == {"Retry-After": "30"}
    seconds = 30.0
    rates.take("a")


def test_the_script_is_small_and_nothing_in_it_reads_words_as_code() -> None:
    found = script()
    assert len(found) <= MOST_BYTES
    source = "".join((FOLDER / name).read_text("utf-8") for name in PARTS)
    assert not [
        one for one in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write") if one in source
    ]


def test_the_languages_of_the_script_have_the_same_words() -> None:
    ru, en = (json.loads((FOLDER / "texts" / f"{name}.json").read_text("utf-8")) for name in ("ru", "en"))
    assert list(ru) == list(en)
    source = "".join((FOLDER / name).read_text("utf-8") for name in PARTS)
    assert [key for key in en if f'"{key}"' not in source and key not in ("bot", "operator")] == []
