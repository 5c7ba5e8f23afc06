"""The least a Bot API can be, in a process of its own: updates at once or at a pace, a yes to every call, a stopwatch.

The playground checks every call as Telegram would; here the server must not be what is measured.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any, Final

from aiohttp import ClientSession, web

QUESTIONS: Final = (
    "где моя посылка, когда доставят заказ? {}",
    "как получить бонус за приглашённого друга? {}",
    "сколько стоит подписка в месяц? {}",
    "не могу войти в аккаунт, забыл пароль {}",
    "how do I invite a friend and get the referral bonus? {}",
)
"""Answered from templates: no person is called, so the operator group's twenty messages a minute play no part."""
CUSTOMERS: Final = 100
FIRST_CUSTOMER: Final = 1000
"""By which number Telegram knows the first of them."""
BATCH: Final = 100
POLL_S: Final = 1.0
Deliver = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


class Telegram:
    """Hands out what `load` and `pace` asked for, and counts and times the answers."""

    def __init__(self) -> None:
        self.stopwatch = Stopwatch()
        self._waiting: deque[dict[str, Any]] = deque()
        self._updates = count(1)
        self._messages = count(1)
        self._news = asyncio.Event()
        self.sent = 0
        self.began: float | None = None
        self.last = 0.0

    def load(self, many: int) -> None:
        """Let customers write so many messages at once."""
        self._begin()
        for _ in range(many):
            self._waiting.append(self._next())
        self._news.set()

    async def pace(self, many: int, per_second: int, deliver: Deliver | None) -> None:
        """Let customers write one after the other, so many a second; without `deliver` they wait for a poll."""
        self._begin()
        began = time.perf_counter()
        async with asyncio.TaskGroup() as deliveries:
            for number in range(many):
                await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
                if deliver is None:
                    self._waiting.append(self._next())
                    self._news.set()
                else:
                    deliveries.create_task(deliver(self._next()))

    def _begin(self) -> None:
        self.sent, self.began, self.last = 0, None, 0.0
        self.stopwatch = Stopwatch()

    def _next(self) -> dict[str, Any]:
        written = _update(next(self._updates))
        self.stopwatch.begin(written["message"]["chat"]["id"])
        return written

    async def poll(self, offset: int) -> list[dict[str, Any]]:
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._news.clear()
            try:
                async with asyncio.timeout(POLL_S):
                    await self._news.wait()
            except TimeoutError:
                return []
        if self.began is None:
            self.began = time.perf_counter()
        return [self._waiting[number] for number in range(min(BATCH, len(self._waiting)))]

    def accept(self, chat_id: int) -> dict[str, Any]:
        self.sent += 1
        self.last = time.perf_counter()
        self.stopwatch.end(chat_id)
        chat = {"id": chat_id, "type": "private", "first_name": "Anna"}
        return {"message_id": next(self._messages), "date": int(time.time()), "chat": chat, "text": "."}


class Stopwatch:
    """How long each customer waits from writing to the call that answers."""

    def __init__(self) -> None:
        self._since: defaultdict[int, deque[float]] = defaultdict(deque)
        self._ms: list[float] = []

    def begin(self, customer: int) -> None:
        self._since[customer].append(time.perf_counter())

    def end(self, customer: int) -> None:
        if self._since[customer]:
            self._ms.append((time.perf_counter() - self._since[customer].popleft()) * 1000)

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which this share was answered; 0 when nothing was."""
        return sorted(self._ms)[min(int(len(self._ms) * share), len(self._ms) - 1)] if self._ms else 0.0


def _update(number: int) -> dict[str, Any]:
    line = number // CUSTOMERS
    return update(number, FIRST_CUSTOMER + number % CUSTOMERS, QUESTIONS[line % len(QUESTIONS)].format(line))


def update(number: int, customer: int, text: str) -> dict[str, Any]:
    """Return what Telegram sends when a customer writes a text."""
    person = {"id": customer, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    message = {
        "message_id": number,
        "date": int(time.time()),
        "from": person,
        "chat": {"id": customer, "type": "private", "first_name": "Анна"},
        "text": text,
    }
    return {"update_id": number, "message": message}


async def serve(announce: Any) -> None:
    """Listen on a free port until cancelled, and tell which."""
    telegram = Telegram()
    pacing: set[asyncio.Task[None]] = set()
    client = ClientSession()

    def pace(many: int, per_second: int, hook: str = "", secret: str = "") -> None:
        async def deliver(written: dict[str, Any]) -> None:
            async with client.post(hook, json=written, headers={"X-Telegram-Bot-Api-Secret-Token": secret}) as answer:
                answer.raise_for_status()

        task = asyncio.create_task(telegram.pace(many, per_second, deliver if hook else None))
        pacing.add(task)
        task.add_done_callback(pacing.discard)

    me = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        body = await request.read()
        match method:
            case "getUpdates":
                result: Any = await telegram.poll(number_in(body, b"offset"))
            case "sendMessage":
                result = telegram.accept(number_in(body, b"chat_id"))
            case "load":
                telegram.load(int(body))
                result = True
            case "pace":
                pace(**json.loads(body))
                result = True
            case "state":
                seconds = telegram.last - telegram.began if telegram.began else 0.0
                p50, p99 = (telegram.stopwatch.percentile(share) for share in (0.5, 0.99))
                result = {"sent": telegram.sent, "seconds": seconds, "p50": p50, "p99": p99}
            case "getMe":
                result = me
            case _:
                result = True
        return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    announce(runner.addresses[0][1])
    try:
        await asyncio.Event().wait()
    finally:
        await client.close()
        await runner.cleanup()


def number_in(body: bytes, name: bytes) -> int:
    """Find a parameter of a form without files; 0 where it is missing."""
    found = re.search(rb"(?:^|&)" + name + rb"=(\d+)", body)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    asyncio.run(serve(lambda port: print(port, flush=True)))
