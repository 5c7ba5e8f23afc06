"""Windows: so many calls in so many seconds. And one that many wait at, the most urgent first."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Callable
from itertools import count

Clock = Callable[[], float]


class Window:
    """At most so many calls in any stretch of so many seconds."""

    def __init__(self, limit: tuple[int, float], clock: Clock) -> None:
        self._most, self.seconds = limit
        self._clock = clock
        self._calls: deque[float] = deque(maxlen=self._most)

    def rest(self) -> float:
        """Return the seconds until one more call fits."""
        if len(self._calls) < self._most:
            return 0.0
        return max(0.0, self._calls[0] + self.seconds - self._clock())

    def take(self) -> None:
        """Count one call from now on."""
        self._calls.append(self._clock())

    def renew(self, rest: float = 0.0) -> None:
        """Count the last call from now on (or from a while later on): nobody knows when it arrived."""
        if self._calls:
            self._calls[-1] = self._clock() + rest


class Turnstile:
    """One window for many: whoever is most urgent passes first, then who came first."""

    def __init__(self, limit: tuple[int, float], clock: Clock) -> None:
        self._window = Window(limit, clock)
        self._alone = self._window.seconds
        self._numbers = count()
        self._line: list[tuple[int, int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None

    def share(self, processes: int) -> None:
        """Leave to each of so many processes its part of the window."""
        self._window.seconds = self._alone * processes

    async def turn(self, rank: int) -> None:
        """Wait until one more call fits, and count it."""
        passed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._line, (rank, next(self._numbers), passed))
        self._open()
        await passed

    def _open(self) -> None:
        """Let pass who may; come back when the next may."""
        while self._line:
            first = self._line[0][2]
            if not first.done():  # done: whoever waited has gone away
                rest = self._window.rest()
                if rest > 0:
                    self._come_back(rest)
                    return
                self._window.take()
                first.set_result(None)
            heapq.heappop(self._line)

    def _come_back(self, after: float) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(after, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._open()
