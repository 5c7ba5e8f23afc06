"""The day's money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


class Budget:
    """Lets calls go while the UTC day's limit holds. A call reserves its estimate, so that many at once cannot overrun.

    It counts this process only; `spent` tells it what was spent today before it was born, `learn` what others spend.
    """

    def __init__(self, limit: float | None, *, now: Callable[[], datetime] = utc_now, spent: float = 0.0) -> None:
        self._limit = limit
        self._now = now
        self._day = self._today()
        self._spent = spent
        self._reserved = 0.0

    @property
    def spent_today(self) -> float:
        self._turn_the_page()
        return self._spent

    @property
    def exhausted(self) -> bool:
        return self._limit is not None and self.spent_today + self._reserved >= self._limit

    def reserve(self, estimate: float) -> bool:
        """Set money aside for a call; False when there is none. What is reserved must be settled."""
        if self.exhausted or (self._limit is not None and self._spent + self._reserved + estimate > self._limit):
            return False
        self._reserved += estimate
        return True

    def settle(self, estimate: float, paid: float) -> None:
        self._turn_the_page()
        self._reserved = max(0.0, self._reserved - estimate)
        self._spent += paid

    def learn(self, spent_today: float) -> None:
        """Hear the sum of all processes, this one's included as far as it is known there."""
        self._turn_the_page()
        self._spent = max(self._spent, spent_today)

    def _turn_the_page(self) -> None:
        if (today := self._today()) != self._day:
            self._day, self._spent = today, 0.0

    def _today(self) -> date:
        return self._now().astimezone(UTC).date()
