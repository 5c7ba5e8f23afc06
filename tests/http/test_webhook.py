"""Telegram delivers: the same bot, the same promises, another way in."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.running import StartRefused
from handlers.http.guard import guarded
from handlers.http.shutdown_gate import ShutdownGate
from handlers.telegram.webhook import WebhookRoute
from playground.server import Playground
from services.queues.alerts import Alerts
from services.queues.intake import Intake
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage.store import Store
from storage.units import Unit
from tests.http.conftest import SECRET, SECRET_HEADER, hooked, lines, replica, serving, until, without
from tests.walk.conftest import House

SIGNED = {SECRET_HEADER: SECRET}


def update(number: int, text: str, *, person: int = 4001) -> dict[str, Any]:
    someone = {"id": person, "is_bot": False, "first_name": "Vera", "language_code": "en"}
    chat = {"id": person, "type": "private", "first_name": "Vera"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1_770_000_000, "chat": chat, "from": someone, "text": text},
    }


@pytest.mark.long
async def test_a_whole_walk(hooked_house: House) -> None:
    house = hooked_house
    house.anna.send("где моя посылка, когда доставят заказ?")
    assert (await house.answer(house.anna)).text.startswith("Здравствуйте, Анна!")

    house.anna.send("/operator")
    handover = await house.answer(house.anna)
    card = await house.in_group("Анна")
    house.olga.press(card, card.buttons[0].data or "")
    house.olga.write(house.group, "Уже смотрю, минутку.", reply_to=card)
    assert (await house.answer(house.anna, handover)).text == "Уже смотрю, минутку."

    for number in range(8):
        house.anna.send(f"строка {number}")
    await house.in_group("строка 7")
    assert lines(house) == [f"строка {number}" for number in range(8)]


async def test_a_broken_database_costs_nothing_but_time(hooked_house: House) -> None:
    house = hooked_house
    house.anna.send("/operator")
    await house.in_group("Анна")
    async with without(house.database_url, "inbox"):
        for number in range(5):
            house.anna.send(f"строка {number}")
        attempts = house.playground.webhook.attempts
        await until(lambda: sum(attempt.status == 503 for attempt in attempts) >= 2)
        assert house.playground.world.updates.pending
    await house.in_group("строка 4")
    assert lines(house) == [f"строка {number}" for number in range(5)]


async def test_what_comes_twice_counts_once(hooked_house: House, http: ClientSession) -> None:
    house = hooked_house
    vera = house.playground.add_customer("Vera", language_code="en")
    vera.chat.started = True
    for _ in range(3):
        said = update(910, "/start", person=vera.id)
        async with http.post(f"{house.http}/telegram/webhook", json=said, headers=SIGNED) as answer:
            assert (answer.status, await answer.read()) == (200, b"")
    said = update(911, "/help", person=vera.id)
    async with http.post(f"{house.http}/telegram/webhook", json=said, headers=SIGNED) as answer:
        assert answer.status == 200
    await house.playground.wait_for(lambda: len(vera.replies) >= 2)
    assert len(vera.replies) == 2


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    async with Store(sqlite_url) as opened_store:
        yield opened_store


@pytest.fixture
async def bare_hook(store: Store) -> AsyncIterator[str]:
    """The route and the inbox behind it, with no bot."""
    intake = Intake(store=store, troubles=Troubles(store=store, alerts=Alerts(team=Team(language="en"))))
    app = guarded()
    WebhookRoute(secret=SECRET, intake=intake, shutdown=ShutdownGate()).add_to(app)
    async with serving(app) as base:
        yield base


@pytest.mark.parametrize(
    "secret", [None, b"", b"wrong", SECRET[:-1].encode(), SECRET.encode() + b"x", "секрет".encode(), b"\xe9\xff"]
)
async def test_nobody_else_gets_in(bare_hook: str, secret: bytes | None) -> None:
    assert await status_with(bare_hook, secret) == 401
    assert await status_with(bare_hook, SECRET.encode()) == 200


async def status_with(base: str, secret: bytes | None) -> int:
    """Send header bytes that no client library lets through."""
    host, port = base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /telegram/webhook HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nConnection: close\r\n".encode()
    proof = b"" if secret is None else SECRET_HEADER.encode() + b": " + secret + b"\r\n"
    writer.write(head + proof + b"\r\n{}")
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return int(line.split()[1])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe\x00", 400),
        (b"", 400),
        (b"[" * 200_000, 400),
        (b"9" * 5_000, 400),
        (b"[" + b" " * 4 * 1024 * 1024 + b"]", 413),
        (b"null", 200),
        (b"[1, 2]", 200),
        (b'"words"', 200),
        (b"{}", 200),
        (b'{"update_id": 1' + b"0" * 300 + b"}", 200),
        (b'{"update_id": "x", "message": []}', 200),
        (b'{"update_id": 12, "message": {"chat": {"id": 1e400}, "text": "\\ud800\\u0000"}}', 200),
    ],
)
async def test_only_what_is_no_json_is_refused(
    bare_hook: str, store: Store, http: ClientSession, body: bytes, status: int
) -> None:
    async with http.post(f"{bare_hook}/telegram/webhook", data=io.BytesIO(body), headers=SIGNED) as answer:
        assert answer.status == status

    def look(unit: Unit) -> None:
        assert (unit.inbox.backlog())[0] == (1 if status == 200 else 0)

    await store.read(look)


async def test_the_secret_is_made_once_and_kept(database_url: str, home: object) -> None:
    found = []
    for _ in range(2):
        async with hooked(database_url, SUPPORT_TELEGRAM__WEBHOOK_SECRET="") as house:
            hook = house.playground.webhook.hook
            assert hook is not None
            found.append(hook.secret)
    assert found[0] == found[1]
    assert len(found[0]) >= 32


async def webhook_check(http: ClientSession, house: House) -> dict[str, Any]:
    async with http.get(f"{house.http}/health/full") as answer:
        found: dict[str, Any] = (await answer.json())["checks"]["webhook"]
        return found


async def test_health_knows_a_webhook_that_delivers(hooked_house: House, http: ClientSession) -> None:
    house = hooked_house
    house.anna.send("/start")
    await house.answer(house.anna)
    assert await webhook_check(http, house) == {"status": "healthy", "configured": True, "pending": 0}
    async with http.get(f"{house.http}/health/ready") as answer:
        assert answer.status == 200


async def test_health_tells_of_a_delivery_that_failed(hooked_house: House, http: ClientSession) -> None:
    async with without(hooked_house.database_url, "lanes"):
        hooked_house.anna.send("/start")
        await until(lambda: hooked_house.playground.webhook.last_error)
        check = await webhook_check(http, hooked_house)
    assert (check["status"], check["configured"]) == ("degraded", True)
    assert "503" in check["last_error"]
    assert check["trouble"] == "webhook.unready"
    assert "see that the bot runs" in check["fix"]


async def test_health_tells_of_a_webhook_that_was_taken_away(hooked_house: House, http: ClientSession) -> None:
    hooked_house.playground.webhook.unset()
    check = await webhook_check(http, hooked_house)
    assert (check["status"], check["configured"]) == ("degraded", False)


async def test_an_address_that_telegram_does_not_take_ends_the_start(sqlite_url: str, home: object) -> None:
    refusing = Playground()
    refusing.token = "1:x"
    with pytest.raises(StartRefused, match=r"telegram\.webhook_url|telegram\.token"):
        async with hooked(sqlite_url, playground=refusing) as house:
            await house.running


async def test_two_replicas_behind_a_balancer(postgresql_url: str, home: object, http: ClientSession) -> None:
    replicas: list[str] = []
    turns = count()

    async def balance(request: web.Request) -> web.Response:
        replica = replicas[next(turns) % len(replicas)]
        headers = {SECRET_HEADER: request.headers[SECRET_HEADER]}
        async with http.post(replica + request.path, data=await request.read(), headers=headers) as answer:
            return web.Response(status=answer.status)

    balancer = web.Application()
    balancer.router.add_post("/telegram/webhook", balance)
    playground = Playground(webhook_scale=0.02)
    async with (
        serving(balancer) as address,
        hooked(postgresql_url, playground=playground, address=address) as house,
        playground.serve() as telegram,
        replica(house, telegram, address) as second,
    ):
        replicas += [house.http, second]
        house.anna.send("/operator")
        await house.in_group("Анна")
        for number in range(12):
            house.anna.send(f"строка {number}")
        await house.in_group("строка 11")
    assert lines(house) == [f"строка {number}" for number in range(12)]
