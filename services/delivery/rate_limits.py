"""How fast the bot may talk: limits are kept before the messenger has to refuse."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Final

from services.delivery.group_budget import Budget
from services.delivery.windows import PriorityWindow, Window
from services.queues.outbox import LINE

IN_ALL: Final = (28, 1.0)
"""Messages, and in how many seconds."""
TOGETHER: Final = (6, 0.2)
"""So many of them begin in so many seconds. What is under way when the process is killed may be sent again, so the
calls of a second are spread over it; and 28 answers at once would wait for one another to be noted."""
IN_PRIVATE: Final = (1, 1.02)
"""One a second to one person."""
ALBUM_REST_MOST_S: Final = 5.0
"""An album counts as its pictures; Telegram forgets after a few seconds."""
PEOPLE_MOST: Final = 10_000
LATE_S: Final = 0.9
"""Calls of a group are counted from their beginning, unless they take longer than this."""

Clock = Callable[[], float]
_rank: ContextVar[int] = ContextVar("rank", default=LINE)
"""How urgent the effect is that is being carried out; every call made for it is counted with this rank."""


def rank_now() -> int:
    """Return how urgent the effect is that is being carried out."""
    return _rank.get()


def album_rest(count: int) -> float:
    """Return for how many more seconds a person is left alone after so many messages at once."""
    return min(count - 1, ALBUM_REST_MOST_S)


def counts_late(seconds: float) -> bool:
    """Whether a call that took so long may have arrived only as it was answered, and so counts from then."""
    return seconds > LATE_S


class RateLimits:
    """Windows, and pauses the server asked for."""

    def __init__(self, *, budget: Budget | None = None, clock: Clock = time.monotonic) -> None:
        """Without a `budget`, groups are called at any pace."""
        self._budget = budget
        self._clock = clock
        self._all = PriorityWindow(IN_ALL, clock, together=TOGETHER)
        self._people: dict[int, Window] = {}
        self._paused_until: dict[int, float] = {}

    def rest(self, group: int | None) -> float:
        """Return the seconds until a worker should look for work for a group; 0: now."""
        return max(0.0, self._paused_until.get(group or 0, 0.0) - self._clock())

    def share(self, processes: int) -> None:
        """Leave to each of so many processes its part of what all of them may send."""
        self._all.share(processes)

    @contextmanager
    def ranked(self, rank: int) -> Iterator[None]:
        """Make the calls in here as urgent as this."""
        before = _rank.set(rank)
        try:
            yield
        finally:
            _rank.reset(before)

    @asynccontextmanager
    async def turn(self, chat_id: int, count: int = 1) -> AsyncIterator[None]:
        """Make a call in here that brings `count` messages: it begins once it fits. A negative id is a group's.

        Raises Spent where the group's calls are used up for now.
        """
        if chat_id < 0:
            async with self._group_turn(chat_id, count):
                yield
        else:
            async with self._private_turn(chat_id, count):
                yield

    @asynccontextmanager
    async def _group_turn(self, chat_id: int, count: int) -> AsyncIterator[None]:
        rows = await self._budget.take(chat_id, _rank.get(), count) if self._budget else []
        began = self._clock()
        try:
            async with self._overall(count):
                yield
        finally:
            if self._budget and counts_late(self._clock() - began):
                await self._budget.put_off(chat_id, rows)

    @asynccontextmanager
    async def _private_turn(self, chat_id: int, count: int) -> AsyncIterator[None]:
        window = self._private(chat_id)
        while (rest := window.rest()) > 0:  # noqa: ASYNC110  # time passes, nothing happens
            await asyncio.sleep(rest)
        number = window.take()
        try:
            async with self._overall(count):
                yield
        finally:
            window.answered(number, album_rest(count))

    @asynccontextmanager
    async def _overall(self, count: int) -> AsyncIterator[None]:
        numbers = [await self._all.turn(_rank.get()) for _ in range(count)]
        try:
            yield
        finally:
            for number in numbers:
                self._all.answered(number)

    def _private(self, chat_id: int) -> Window:
        """Return one person's window; when there are many, those that are free anyway are forgotten."""
        if len(self._people) > PEOPLE_MOST:
            self._people = {chat: window for chat, window in self._people.items() if window.rest() > 0}
        return self._people.setdefault(chat_id, Window(IN_PRIVATE, self._clock))

    def pause(self, chat_id: int, seconds: float) -> None:
        """Keep a group quiet: its tickets share one limit. A person is asked again in their own lane."""
        if chat_id < 0:
            self._paused_until[chat_id] = max(self._paused_until.get(chat_id, 0.0), self._clock() + seconds)
