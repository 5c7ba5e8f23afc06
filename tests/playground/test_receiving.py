"""How a bot hears of things: long polls, confirmation by offset, one poller, webhooks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from playground.server import Playground
from playground.webhook import SECRET_HEADER, waits
from tests.playground.conftest import Raw


async def until(true: Callable[[], object]) -> None:
    """Wait for what changes no chat."""
    async with asyncio.timeout(90):
        while not true():  # noqa: ASYNC110  the state belongs to the server, which has no event for it
            await asyncio.sleep(0.002)


def ids(answer: dict[str, Any]) -> list[int]:
    return [update["update_id"] for update in answer["result"]]


async def test_an_offset_confirms(call: Raw, playground: Playground) -> None:
    anna = playground.add_customer()
    for word in ("one", "two", "three"):
        anna.send(word)
    first = ids(await call("getUpdates", limit=2))
    assert len(first) == 2
    assert ids(await call("getUpdates"))[:2] == first
    assert ids(await call("getUpdates", offset=first[1])) == [first[1], first[1] + 1]
    assert ids(await call("getUpdates", offset=-1)) == [first[1] + 1]
    assert ids(await call("getUpdates", offset=first[1] + 2)) == []
    assert playground.world.updates.pending == {}


async def test_a_long_poll_wakes(call: Raw, playground: Playground) -> None:
    anna = playground.add_customer()
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await until(lambda: playground.world.updates.polled_now)
    anna.send("hi")
    assert len(ids(await poll)) == 1


async def test_a_second_poller_ends_the_first(call: Raw, playground: Playground) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=50))
    await until(lambda: playground.world.updates.polled_now)
    second = asyncio.create_task(call("getUpdates", timeout=50))
    ended = await first
    assert ended["error_code"] == 409
    assert ended["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    playground.inject_update({"message": "nonsense"})
    assert len(ids(await second)) == 1


async def test_only_what_was_asked_for(call: Raw, playground: Playground) -> None:
    anna = playground.add_customer()
    await call("getUpdates", allowed_updates=["callback_query"])
    message = anna.send("unheard")
    anna.press(message, "heard")
    (update,) = (await call("getUpdates"))["result"]
    assert "callback_query" in update
    await call("getUpdates", allowed_updates=[])
    anna.send("heard again")
    assert len((await call("getUpdates"))["result"]) == 2


async def test_updates_that_nobody_expects(call: Raw, playground: Playground) -> None:
    playground.inject_update({"telepathy": {"from": None}})
    playground.inject_update({"update_id": 900_000_000, "message": 5})
    playground.inject_update({"update_id": 5, "message": {}})
    late = playground.inject_update({"x": 1})
    assert ids(await call("getUpdates")) == [5, 700_000_001, 900_000_000, late]
    assert late == 900_000_001


async def test_bots_do_not_hear_bots(call: Raw, playground: Playground) -> None:
    group = playground.add_group(forum=True)
    await call("sendMessage", chat_id=group.id, text="x")
    await call("createForumTopic", chat_id=group.id, name="x")
    [told] = (await call("getUpdates"))["result"]
    assert told["message"]["forum_topic_created"]["name"] == "x", "but for their own service messages"


class Receiver:
    """Listens for webhooks and answers as told."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        self.secrets.append(request.headers.get(SECRET_HEADER))
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.heard]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_post("/hook", found.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()


async def delivered(playground: Playground) -> None:
    await until(lambda: not playground.world.updates.pending)


async def test_a_webhook_retries_in_order(call: Raw, playground: Playground, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500), web.Response(status=503), web.Response(status=502)]
    anna = playground.add_customer()
    anna.send("before")
    assert (await call("setWebhook", url=receiver.url, secret_token="s3cret", max_connections=5))["ok"]
    anna.send("one")
    anna.send("two")
    await delivered(playground)
    assert receiver.texts == ["before"] * 4 + ["one", "two"]
    assert set(receiver.secrets) == {"s3cret"}
    info = (await call("getWebhookInfo"))["result"]
    assert info["url"] == receiver.url
    assert info["last_error_message"] == "Wrong response from the webhook: 502"
    assert (await call("getUpdates"))["error_code"] == 409
    await call("deleteWebhook")
    anna.send("polled")
    assert len((await call("getUpdates"))["result"]) == 1


async def test_chats_do_not_wait_for_each_other(call: Raw, playground: Playground, receiver: Receiver) -> None:
    playground.webhook.scale = 1.0
    anna, john = playground.add_customer("Anna"), playground.add_customer("John")
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "3600"})]
    await call("setWebhook", url=receiver.url)
    anna.send("stuck")
    await until(lambda: receiver.heard)
    john.send("through")
    await until(lambda: len(receiver.heard) > 1)
    assert receiver.texts == ["stuck", "through"]
    assert len(playground.world.updates.pending) == 1


async def test_setting_a_webhook_ends_a_poll(call: Raw, playground: Playground, receiver: Receiver) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await until(lambda: playground.world.updates.polled_now)
    await call("setWebhook", url=receiver.url)
    assert "terminated by setWebhook request" in (await poll)["description"]


async def test_webhooks_that_are_refused(call: Raw) -> None:
    assert "HTTPS" in (await call("setWebhook", url="http://example.com/hook"))["description"]
    refused = await call("setWebhook", url="https://example.com/hook", secret_token="пароль")
    assert "unallowed characters" in refused["description"]


def test_waits_double() -> None:
    series = waits()
    assert [next(series) for _ in range(11)] == [0, 0, 1, 2, 4, 8, 16, 32, 64, 120, 120]
