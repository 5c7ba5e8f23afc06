"""Delivery by webhook: one queue per lane, in order, again and again until the bot says 2xx."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from playground.updates import Update, Updates

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
LONGEST_WAIT_S: Final = 120.0
ANSWER_WITHIN_S: Final = 60.0
CONNECTIONS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """What setWebhook was told."""

    url: str
    secret: str = ""
    connections: int = CONNECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One delivery as it went; `status` is None when nobody answered."""

    update_id: int
    at: float
    status: int | None


def waits() -> Iterator[float]:
    """Seconds before each try: at once, at once again, then 1, 2, 4 … up to two minutes."""
    yield 0.0
    yield 0.0
    wait = 1.0
    while True:
        yield wait
        wait = min(wait * 2, LONGEST_WAIT_S)


class Webhook:
    """Pushes pending updates to the hook while one is set. `scale` shortens the waits for tests."""

    def __init__(self, *, updates: Updates, clock: Callable[[], float]) -> None:
        self.hook: Hook | None = None
        self.scale = 1.0
        self.attempts: deque[Attempt] = deque(maxlen=10_000)
        self.last_error: tuple[float, str] | None = None
        self._updates = updates
        self._clock = clock
        self._lanes: defaultdict[int, deque[Update]] = defaultdict(deque)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(CONNECTIONS)
        self._session: ClientSession | None = None

    def set(self, hook: Hook) -> None:
        self.unset()
        self.hook = hook
        self._places = asyncio.Semaphore(hook.connections)
        self._session = self._session or ClientSession(timeout=ClientTimeout(total=ANSWER_WITHIN_S))
        self._updates.terminate("terminated by setWebhook request")
        self._updates.listener = self._add
        for update in list(self._updates.pending.values()):
            self._add(update)

    def unset(self) -> None:
        self.hook = None
        self._updates.listener = None
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._lanes.clear()

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        self.unset()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def info(self) -> dict[str, Any]:
        """Give what getWebhookInfo answers."""
        found: dict[str, Any] = {
            "url": self.hook.url if self.hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self.hook:
            found |= {"max_connections": self.hook.connections, "ip_address": "127.0.0.1"}
            if self.last_error:
                found |= {"last_error_date": int(self.last_error[0]), "last_error_message": self.last_error[1]}
        return found | ({"allowed_updates": self._updates.allowed} if self._updates.allowed else {})

    def _add(self, update: Update) -> None:
        self._lanes[update.lane].append(update)
        if update.lane not in self._tasks:
            self._tasks[update.lane] = asyncio.create_task(self._drain(update.lane))

    async def _drain(self, lane: int) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue[0])
            self._updates.drop(queue.popleft().update_id)
        del self._tasks[lane], self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        told: float | None = None
        for wait in waits():
            await asyncio.sleep((wait if told is None else told) * self.scale)
            async with self._places:
                delivered, told = await self._try(update)
            if delivered:
                return

    async def _try(self, update: Update) -> tuple[bool, float | None]:
        """Post once: whether it was taken, and the seconds of `Retry-After` if it was not."""
        if self.hook is None or self._session is None:
            raise asyncio.CancelledError
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        try:
            async with self._session.post(self.hook.url, json=update.body, headers=headers) as answer:
                await answer.read()
                return self._note(update, answer.status, answer.headers.get("Retry-After", ""))
        except (ClientError, TimeoutError, OSError):
            return self._note(update, None, "")

    def _note(self, update: Update, status: int | None, retry_after: str) -> tuple[bool, float | None]:
        self.attempts.append(Attempt(update_id=update.update_id, at=self._clock(), status=status))
        if status is not None and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return True, None
        text = f"Wrong response from the webhook: {status}" if status else "Connection refused"
        self.last_error = (self._clock(), text)
        return False, float(retry_after) if retry_after.isdigit() else None
