"""Windows: so many calls in so many seconds. And one that many wait at, the most urgent first.

A call counts from when it was answered, since nobody knows when before that it was counted at the other end: then it
can be shown that a server which counts the same never sees more, however slow or uneven the way there is.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Collection
from itertools import count
from typing import Final

Clock = Callable[[], float]
GRACE_S: Final = 2.0
"""A call that is not answered by then is forgotten until it is: a chat that hangs must not hold up the others."""


def rest(ends: Collection[float], most: int, now: float) -> float:
    """Return the seconds until one more call fits, where each of the others ceases to count at its end."""
    if len(ends) < most:
        return 0.0
    return max(0.0, sorted(ends)[len(ends) - most] - now)


class Window:
    """At most so many calls in any stretch of so many seconds."""

    def __init__(self, limit: tuple[int, float], clock: Clock) -> None:
        self._most, self.seconds = limit
        self._clock = clock
        self._numbers = count()
        self._until: dict[int, float] = {}
        """When each call ceases to count, roughly in this order."""

    def rest(self) -> float:
        """Return the seconds until one more call fits."""
        now = self._clock()
        while self._until and next(iter(self._until.values())) <= now:
            del self._until[next(iter(self._until))]
        return rest(self._until.values(), self._most, now)

    def take(self) -> int:
        """Count a call that is being made; return its number."""
        number = next(self._numbers)
        self._until[number] = self._clock() + self.seconds + GRACE_S
        return number

    def answered(self, number: int, rest: float = 0.0) -> None:
        """Count a call from now on, or from a while later on."""
        self._until.pop(number, None)
        self._until[number] = self._clock() + self.seconds + rest


class PriorityWindow:
    """One window for many: whoever is most urgent passes first, then who came first."""

    def __init__(self, limit: tuple[int, float], clock: Clock, *, together: tuple[int, float] | None = None) -> None:
        """`together`: so many calls may begin in so many seconds: a whole window at once would come back at once."""
        self._window = Window(limit, clock)
        self._beginnings = Window(together or limit, clock)
        self._alone = self._window.seconds, self._beginnings.seconds
        self._numbers = count()
        self._line: list[tuple[int, int, asyncio.Future[int]]] = []
        self._timer: asyncio.TimerHandle | None = None

    def share(self, processes: int) -> None:
        """Leave to each of so many processes its part of the window."""
        self._window.seconds, self._beginnings.seconds = (seconds * processes for seconds in self._alone)

    async def turn(self, rank: int) -> int:
        """Wait until one more call fits, and count it; return its number."""
        passed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._line, (rank, next(self._numbers), passed))
        self._open()
        return await passed

    def answered(self, number: int) -> None:
        self._window.answered(number)
        if self._timer is not None:
            self._timer.cancel()
        self._wake()

    def _open(self) -> None:
        """Let pass who may; come back when the next may."""
        while self._line:
            first = self._line[0][2]
            if not first.done():  # done: whoever waited has gone away
                rest = max(self._window.rest(), self._beginnings.rest())
                if rest > 0:
                    self._come_back(rest)
                    return
                first.set_result(self._window.take())
                self._beginnings.answered(self._beginnings.take())
            heapq.heappop(self._line)

    def _come_back(self, after: float) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(after, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._open()
