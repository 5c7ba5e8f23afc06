"""A Bot API with a backlog: so many updates wait at the first poll, and from then on somebody new writes every second.

A process of its own, which tells at `/state` how long those who wrote now have waited for their answers.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from typing import Any, Final

from aiohttp import web

from benchmarks.load.telegram import QUESTIONS, number_in, update

LINES_EACH: Final = 4
"""Of those in the backlog: who gets no answer writes again."""
BATCH: Final = 100
FIRST_OLD: Final = 1_000
FIRST_NEW: Final = 10_000_000
EVERY_S: Final = 1.0


class Telegram:
    """Its customers are known by their ids: those of the backlog below `FIRST_NEW`, those who write now above."""

    def __init__(self, waiting: int) -> None:
        customers = waiting // LINES_EACH
        self._updates = deque(_update(n, FIRST_OLD + n % customers, n // customers) for n in range(1, waiting + 1))
        self._next = waiting + 1
        self._messages = 0
        self._news = asyncio.Event()
        self._wrote: dict[int, float] = {}
        self._began: float | None = None
        self.answered: dict[int, float] = {}
        self.drained = 0

    async def poll(self, offset: int, wait_s: int) -> list[dict[str, Any]]:
        self._began = self._began or time.perf_counter()
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._news.clear()
            try:
                async with asyncio.timeout(wait_s):
                    await self._news.wait()
            except TimeoutError:
                return []
        return [self._updates[number] for number in range(min(BATCH, len(self._updates)))]

    async def write(self) -> None:
        """Let somebody new write every second, once the bot has begun to listen."""
        while True:
            await asyncio.sleep(EVERY_S)
            if self._began is not None:
                customer = FIRST_NEW + len(self._wrote)
                self._wrote[customer] = time.perf_counter()
                self._updates.append(_update(self._next, customer, customer))
                self._next += 1
                self._news.set()

    def accept(self, chat_id: int) -> dict[str, Any]:
        if chat_id in self._wrote:
            self.answered.setdefault(chat_id, time.perf_counter() - self._wrote[chat_id])
        elif chat_id < FIRST_NEW:
            self.drained += 1
        self._messages += 1
        chat = {"id": chat_id, "type": "private", "first_name": "Anna"}
        return {"message_id": self._messages, "date": int(time.time()), "chat": chat, "text": "."}

    def state(self) -> dict[str, Any]:
        """Return the waits of who wrote now, those who still wait among them."""
        now = time.perf_counter()
        waits = [self.answered.get(customer, now - wrote) for customer, wrote in self._wrote.items()]
        seconds = now - self._began if self._began else 0.0
        unread = len(self._updates)
        return {"waits": waits, "answered": len(self.answered), "drained": self.drained, "s": seconds, "unread": unread}


def _update(number: int, customer: int, line: int) -> dict[str, Any]:
    return update(number, customer, QUESTIONS[line % len(QUESTIONS)].format(number))


async def serve(waiting: int) -> None:
    """Listen on a free port until cancelled, and tell which."""
    telegram = Telegram(waiting)

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        match request.path.rpartition("/")[2]:
            case "getUpdates":
                result: Any = await telegram.poll(number_in(body, b"offset"), number_in(body, b"timeout"))
            case "sendMessage":
                result = telegram.accept(number_in(body, b"chat_id"))
            case "state":
                result = telegram.state()
            case "getMe":
                result = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
            case _:
                result = True
        return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    try:
        await telegram.write()
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
