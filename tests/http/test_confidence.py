"""What the business pays and to whom is told to those it trusts; who guesses the token waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web

from handlers.http.cached import Cached
from handlers.http.confidence import Confidence
from handlers.http.guard import guarded, open_to
from handlers.http.guesses import FREE, WAITING
from handlers.http.tokens import Token
from tests.http.conftest import serving, until
from tests.http.test_api import BEARER, TOKEN, listening
from tests.llm.fake_openai import KEY, FakeOpenAI
from tests.walk.conftest import House, opened

WRONG = {"Authorization": "Bearer wrong-wrong-wrong-wrong"}
INNER = ("gpt-4o-mini", "spent_today_usd", "cost_usd", "llm_tokens")


@pytest.fixture
async def open_house(sqlite_url: str, home: object) -> AsyncIterator[House]:
    """A bot with a model that listens to everybody."""
    server = FakeOpenAI()
    await server.start()
    async with opened(
        sqlite_url,
        OPENAI_API_KEY=KEY,
        OPENAI_BASE_URL=server.url,
        SUPPORT_HTTP__HOST="0.0.0.0",  # noqa: S104
        SUPPORT_HTTP__API_TOKEN=TOKEN,
    ) as house:
        await listening(house)
        yield house
    await server.stop()


async def told(http: ClientSession, house: House, path: str, **headers: str) -> str:
    async with http.get(house.http + path, headers=headers) as answer:
        assert answer.status == 200
        return await answer.text()


@pytest.mark.parametrize("path", ["/metrics", "/health/full", "/health/openai"])
async def test_spend_and_model_are_for_those_with_the_token(open_house: House, http: ClientSession, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        public = await told(http, open_house, path, **headers)
        assert not [word for word in INNER if word in public]
        assert "openai" in public
    trusted = await told(http, open_house, path, **BEARER)
    assert [word for word in INNER if word in trusted]


async def test_on_this_machine_everything_is_told_unless_a_page_elsewhere_asks(
    sqlite_url: str, home: object, http: ClientSession
) -> None:
    async with opened(sqlite_url) as house:
        await listening(house)
        assert "cost_usd" in await told(http, house, "/metrics")
        for host in ("evil.example", "127.0.0.1", "[::1"):
            assert "cost_usd" not in await told(http, house, "/metrics", Host=host)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "[::1", ""])
async def test_verdicts_are_told_to_this_machine_alone(
    sqlite_url: str, home: object, http: ClientSession, host: str
) -> None:
    async with opened(sqlite_url) as house:
        await listening(house)
        url = f"{house.http}/playground/verdicts?chat_id=1&message_id=1"
        async with http.get(url, headers={"Host": host}) as answer:
            assert answer.status == 403
        async with http.get(url) as answer:
            assert answer.status == 404


class Pauses:
    """How long those who guess are made to wait; they go on when the test says so."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self.over.wait()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def lock(http: ClientSession, pauses: Pauses) -> AsyncIterator[str]:
    """A page that tells whether the token was right."""
    confidence = Confidence(token=Token(TOKEN, sleep=pauses), on_loopback=False)

    @open_to("everybody")
    async def page(request: web.Request) -> web.Response:
        return web.Response(status=200 if await confidence.has(request) else 401)

    app = guarded()
    app.router.add_get("/", page)
    async with serving(app) as base:
        yield base


async def tried(http: ClientSession, url: str, headers: dict[str, str]) -> int:
    async with http.get(url, headers=headers) as answer:
        return answer.status


async def test_who_guesses_waits_longer_and_longer(lock: str, http: ClientSession, pauses: Pauses) -> None:
    pauses.over.set()
    assert {await tried(http, lock, WRONG) for _ in range(8)} == {401}
    assert pauses.seconds == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]


async def test_who_knows_does_not_wait_while_others_guess_a_few_at_a_time(
    lock: str, http: ClientSession, pauses: Pauses
) -> None:
    pauses.over.set()
    for _ in range(FREE):
        assert await tried(http, lock, WRONG) == 401
    pauses.over.clear()
    guessing = [asyncio.create_task(tried(http, lock, WRONG)) for _ in range(WAITING * 3)]
    await until(lambda: sum(task.done() for task in guessing) == WAITING * 2)
    assert await tried(http, lock, BEARER) == 200
    assert len(pauses.seconds) == WAITING
    pauses.over.set()
    statuses = await asyncio.gather(*guessing)
    assert (statuses.count(401), statuses.count(429)) == (WAITING, WAITING * 2)


async def test_who_sends_no_token_does_not_guess(lock: str, http: ClientSession, pauses: Pauses) -> None:
    assert [await tried(http, lock, {}) for _ in range(FREE * 10)] == [401] * FREE * 10
    assert pauses.seconds == []


async def test_what_is_costly_is_found_out_once_for_all_who_ask() -> None:
    now, looks = [0.0], []

    async def find() -> int:
        looks.append(1)
        await asyncio.sleep(0)
        return len(looks)

    lately = Cached(find, hold_s=1.0, clock=lambda: now[0])
    assert await asyncio.gather(*(lately.get() for _ in range(10))) == [1] * 10
    now[0] = 0.9
    assert await lately.get() == 1
    now[0] = 1.0
    assert await lately.get() == 2


async def test_a_failure_is_not_kept_longer_than_a_success() -> None:
    now, fails = [0.0], [True]

    async def find() -> Any:
        if fails[0]:
            raise OSError
        return "fine"

    lately = Cached(find, hold_s=1.0, clock=lambda: now[0])
    with pytest.raises(OSError):  # noqa: PT011  # it has no text
        await lately.get()
    fails[0], now[0] = False, 1.0
    assert await lately.get() == "fine"


async def test_a_hundred_scrapes_at_once_cost_one(open_house: House, http: ClientSession) -> None:
    answers = await asyncio.gather(*(told(http, open_house, "/metrics") for _ in range(100)))
    assert len(set(answers)) <= 2  # a second may turn meanwhile
