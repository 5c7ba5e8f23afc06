"""The day's money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import structlog

log = structlog.get_logger()


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
        self._over = False
        """Nothing fits any more today, whoever gives back what they reserved."""
        self._weigh()

    @property
    def spent_today(self) -> float:
        self._turn_the_page()
        return self._spent

    @property
    def exhausted(self) -> bool:
        spent = self.spent_today
        return self._over or (self._limit is not None and spent + self._reserved >= self._limit)

    def reserve(self, estimate: float) -> bool:
        """Set money aside for a call; False when there is none. What is reserved must be settled."""
        self._turn_the_page()
        self._weigh(estimate)
        if self.exhausted or (self._limit is not None and self._spent + self._reserved + estimate > self._limit):
            return False
        self._reserved += estimate
        return True

    def settle(self, estimate: float, paid: float) -> None:
        self._turn_the_page()
        self._reserved = max(0.0, self._reserved - estimate)
        self._spent += paid
        self._weigh()

    def learn(self, spent_today: float) -> None:
        """Hear the sum of all processes, this one's included as far as it is known there."""
        self._turn_the_page()
        self._spent = max(self._spent, spent_today)
        self._weigh()

    def _weigh(self, estimate: float = 0.0) -> None:
        """Call it a day once what is spent leaves no room for a call, so that people hear of it: once."""
        if self._over or self._limit is None:
            return
        if self._spent >= self._limit or self._spent + estimate > self._limit:
            self._over = True
            log.warning("llm.over_budget", limit_usd=self._limit, spent_usd=round(self._spent, 6))

    def _turn_the_page(self) -> None:
        if (today := self._today()) != self._day:
            self._day, self._spent, self._over = today, 0.0, False

    def _today(self) -> date:
        return self._now().astimezone(UTC).date()
