"""Says again and again what happens again and again, but not each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import structlog

log = structlog.get_logger()
EVERY_S: Final = 60.0


class LogThrottle:
    """One event for the log, at most once in `every_s`: with the newest facts and how often it came since."""

    def __init__(self, event: str, *, every_s: float = EVERY_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._event = event
        self._every_s = every_s
        self._clock = clock
        self._times = 0
        self._next_at: float | None = None

    def note(self, **facts: Any) -> None:
        self._times += 1
        now = self._clock()
        if self._next_at is not None and now < self._next_at:
            return
        log.warning(self._event, times=self._times, **facts)
        self._times, self._next_at = 0, now + self._every_s
