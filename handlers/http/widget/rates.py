"""How often somebody may ask: so many times a minute, some at once."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from handlers.http.problems import Problem

MINUTE_S: Final = 60.0
REMEMBERED: Final = 10_000
"""Who has asked; the one that has been quiet for longest is forgotten first."""


class Rates:
    """Counts by name: an address, a visitor."""

    def __init__(self, *, per_minute: int, words: str, clock: Callable[[], float] = time.monotonic) -> None:
        """`words` say in the refusal what to do about it."""
        self._most = float(per_minute)
        self._words = words
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> None:
        """Count one more. Raises Problem 429 past the limit."""
        now = self._clock()
        left, at = self._left.pop(name, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / MINUTE_S)
        self._left[name] = (max(0.0, left - 1), now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        if left < 1:
            wait = math.ceil((1 - left) * MINUTE_S / self._most)
            raise Problem(429, self._words, Retry_After=str(wait))
