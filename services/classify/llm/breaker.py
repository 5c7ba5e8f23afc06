"""Leaves a failing server alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

State = Literal["closed", "open", "half_open"]


class Breaker:
    """Opens after some failures in a row; after the cool-down one call at a time probes whether the server is back."""

    def __init__(self, *, failures: int, cool_down_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._cool_down_s = cool_down_s
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    @property
    def state(self) -> State:
        if self._opened_at is None:
            return "closed"
        return "half_open" if self._clock() - self._opened_at >= self._cool_down_s else "open"

    @property
    def refuses(self) -> bool:
        """Whether a call now would be sent away. Takes no turn."""
        return self.state == "open" or (self.state == "half_open" and self._probing)

    def enter(self) -> bool:
        """Whether a call may go. One that may must tell how it ended: `succeeded`, `failed` or `left`."""
        if self.refuses:
            return False
        self._probing = self.state == "half_open"
        return True

    def succeeded(self) -> None:
        self._failures, self._opened_at, self._probing = 0, None, False

    def failed(self, *, hopeless: bool = False) -> None:
        self._failures += 1
        half_open, self._probing = self.state == "half_open", False
        if half_open or (self._opened_at is None and (hopeless or self._failures >= self._limit)):
            self._opened_at = self._clock()

    def left(self) -> None:
        """Note that a call ended without telling how the server is: what was counted stays."""
        self._probing = False
