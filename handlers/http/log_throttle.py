"""Says again and again what happens again and again, but not each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import structlog

log = structlog.get_logger()
EVERY_S: Final = 60.0
MOST_SUBJECTS: Final = 50
"""Told of apart in one period; whoever sends made-up ones shall neither fill the memory nor the log."""


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
        if not self.over:
            return
        log.warning(self._event, times=self._times, **facts)
        self._times, self._next_at = 0, self._clock() + self._every_s

    @property
    def over(self) -> bool:
        """Whether the next one is said at once: it may be forgotten until then."""
        return self._next_at is None or self._clock() >= self._next_at


class LogThrottles:
    """The same for each subject of an event, such as the site of a request; past the most, for all others together."""

    def __init__(self, event: str, *, every_s: float = EVERY_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._new = partial(LogThrottle, event, every_s=every_s, clock=clock)
        self._of: dict[str, LogThrottle] = {}
        self._others = self._new()

    def note(self, subject: str, **facts: Any) -> None:
        if subject not in self._of and len(self._of) >= MOST_SUBJECTS:
            self._of = {known: one for known, one in self._of.items() if not one.over}
        if subject not in self._of and len(self._of) >= MOST_SUBJECTS:
            self._others.note(**facts)
        else:
            self._of.setdefault(subject, self._new()).note(**facts)
