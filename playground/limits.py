"""How much may be sent: sliding windows, as a budget that is asked before each call is carried out."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playground.errors import too_many_requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many messages in so many seconds."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What Telegram allows a bot. `private` is one a second on average, with a burst of a few."""

    overall: Rate = Rate(count=30, seconds=1)
    private: Rate = Rate(count=5, seconds=5)
    group: Rate = Rate(count=20, seconds=60)


TELEGRAM: Final = Budget()


class Limiter:
    """Counts what was sent; `budget=None` lets everything pass."""

    def __init__(self, *, clock: Callable[[], float], budget: Budget | None = None) -> None:
        self.budget = budget
        self._clock = clock
        self._spent: defaultdict[int | None, deque[float]] = defaultdict(deque)

    def spend(self, chat_id: int, count: int = 1) -> None:
        """Take `count` messages out of the budget, or raise 429 and take nothing."""
        if self.budget is None:
            return
        now = self._clock()
        rates = ((None, self.budget.overall), (chat_id, self.budget.private if chat_id > 0 else self.budget.group))
        wait = max(self._wait(key, rate, now) for key, rate in rates)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for key, _ in rates:
            self._spent[key].extend([now] * count)

    def _wait(self, key: int | None, rate: Rate, now: float) -> float:
        """Seconds until one more fits. An album may overdraw: what counts is whether the next one starts in time."""
        spent = self._spent[key]
        while spent and spent[0] <= now - rate.seconds:
            spent.popleft()
        return spent[-rate.count] + rate.seconds - now if len(spent) >= rate.count else 0.0
