"""How fast the bot may talk: limits are kept before the messenger has to refuse."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from services.outgoing import GROUP, PRIVATE

IN_ALL: Final = (30, 1.0)
"""Messages, and in how many seconds."""
IN_A_GROUP: Final = (20, 60.0)
"""Shared by messages, edits and new topics."""
IN_PRIVATE: Final = (5, 5.0)
"""One a second to one person, a burst of a few allowed."""
PEOPLE_MOST: Final = 10_000

Clock = Callable[[], float]


class Window:
    """At most so many calls in any stretch of so many seconds."""

    def __init__(self, limit: tuple[int, float], clock: Clock) -> None:
        self._most, self._seconds = limit
        self._clock = clock
        self._calls: deque[float] = deque(maxlen=self._most)

    def rest(self) -> float:
        """Return the seconds until one more call fits."""
        if len(self._calls) < self._most:
            return 0.0
        return max(0.0, self._calls[0] + self._seconds - self._clock())

    def take(self) -> None:
        """Count one call from now on."""
        self._calls.append(self._clock())


class Traffic:
    """Windows, and pauses the server asked for."""

    def __init__(self, *, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._all = Window(IN_ALL, clock)
        self._group = Window(IN_A_GROUP, clock)
        self._people: dict[int, Window] = {}
        self._paused_until: dict[str, float] = {GROUP: 0.0, PRIVATE: 0.0}

    def rest(self, pool: str) -> float:
        """Return the seconds until a worker of this pool should look for work; 0: now."""
        pause = max(0.0, self._paused_until[pool] - self._clock())
        return max(pause, self._group.rest()) if pool == GROUP else pause

    async def turn(self, chat_id: int) -> None:
        """Wait until one more call to a chat fits, and count it. A negative id is a group's."""
        windows = (self._all, self._group if chat_id < 0 else self._private(chat_id))
        while (rest := max(window.rest() for window in windows)) > 0:  # noqa: ASYNC110  # time passes, nothing happens
            await asyncio.sleep(rest)
        for window in windows:
            window.take()

    def _private(self, chat_id: int) -> Window:
        """Return one person's window; when there are many, those that are free anyway are forgotten."""
        if len(self._people) > PEOPLE_MOST:
            self._people = {chat: window for chat, window in self._people.items() if window.rest() > 0}
        return self._people.setdefault(chat_id, Window(IN_PRIVATE, self._clock))

    def pause(self, pool: str, seconds: float) -> None:
        """Keep a whole pool quiet: the group, whose tickets share one limit."""
        if pool == GROUP:
            self._paused_until[pool] = max(self._paused_until[pool], self._clock() + seconds)
