"""The least a Bot API can be, in a process of its own: updates on demand, a yes to every call, and a stopwatch.

The playground checks every call as Telegram would; here the server must not be what is measured.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from itertools import count
from typing import Any, Final

from aiohttp import web

QUESTIONS: Final = (
    "где моя посылка, когда доставят заказ? {}",
    "как получить бонус за приглашённого друга? {}",
    "сколько стоит подписка в месяц? {}",
    "не могу войти в аккаунт, забыл пароль {}",
    "how do I invite a friend and get the referral bonus? {}",
)
"""Answered from templates: no person is called, so the operator group's twenty messages a minute play no part."""
CUSTOMERS: Final = 100
BATCH: Final = 100
POLL_S: Final = 1.0


class Telegram:
    """Hands out what `load` asked for, and counts the answers."""

    def __init__(self) -> None:
        self._waiting: deque[dict[str, Any]] = deque()
        self._updates = count(1)
        self._messages = count(1)
        self._news = asyncio.Event()
        self.sent = 0
        self.began: float | None = None
        self.last = 0.0

    def load(self, many: int) -> None:
        """Let customers write so many messages at once."""
        self._waiting.extend(_update(next(self._updates)) for _ in range(many))
        self.sent, self.began, self.last = 0, None, 0.0
        self._news.set()

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
        chat = {"id": chat_id, "type": "private", "first_name": "Anna"}
        return {"message_id": next(self._messages), "date": int(time.time()), "chat": chat, "text": "."}


def _update(number: int) -> dict[str, Any]:
    line = number // CUSTOMERS
    return update(number, 1000 + number % CUSTOMERS, QUESTIONS[line % len(QUESTIONS)].format(line))


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
            case "state":
                seconds = telegram.last - telegram.began if telegram.began else 0.0
                result = {"sent": telegram.sent, "seconds": seconds}
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
        await runner.cleanup()


def number_in(body: bytes, name: bytes) -> int:
    """Find a parameter of a form without files; 0 where it is missing."""
    found = re.search(rb"(?:^|&)" + name + rb"=(\d+)", body)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    asyncio.run(serve(lambda port: print(port, flush=True)))
