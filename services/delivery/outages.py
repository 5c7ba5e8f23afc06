"""Whether sending works, learned from sending: a server may answer every question and take no message.

One answer that is no answer is the trouble of its call. Three in a row, without a clear answer to any send since the
calls began, are the server's: then sends are held, and one at a time goes out to see, at growing distances. The first
clear answer opens the way again, widening as more follow.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from services.queues.outcomes import Postpone

log = structlog.get_logger()
IN_A_ROW: Final = 3
WIDE: Final = 1_000_000
"""Sends at once, while nothing speaks against any number."""
NARROW: Final = 2
"""Sends at once, right after the first clear answer."""
HELD: Final = timedelta(0)
"""What is held back is due at once: the worker takes it when the way is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patient to be, in seconds; tests are in more of a hurry."""

    probe_first: float = 0.5
    probe_most: float = 2.0
    """Between questions whether the server takes messages, which cost nothing."""
    send_most: float = 3.0
    """Between sends that may be in vain, and in doubt from then on."""
    widening: float = 1.0
    """After the first clear answer; a server that has just come back is not hit by everybody at once."""
    breath: float = 2.0
    """Before a send in doubt is looked at again."""
    single: float = 2.0
    """For so long others' sends may tell whether one that was cut off was an exception."""
    single_sick: float = 5.0
    """The same, where the server itself has said that it is not well."""
    proven: float = 5.0
    """So long a process lives before it sends again what a stop cut off: in a row of crashes the only further try of
    whatever comes first would be cut off as well."""
    apart: float = 0.2
    """Between two of these, for the same reason."""
    calm: float = 10.0
    """Before the third try of what a sick server has answered twice; doubled for each after it."""
    calm_most: float = 300.0


@dataclass(slots=True, kw_only=True)
class GuardedCall:
    """One effect on its way out, guarded by the circuit breaker."""

    began: float
    probe: bool
    spent: bool = False
    """Whether a send has left that may have been carried out."""


class Outages:
    """Lets sends through, holds them, and counts what came of them. Of one process: replicas learn for themselves."""

    def __init__(self, *, pace: Pace | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.pace = pace or Pace()
        self.clock = clock
        self.answered_at = float("-inf")
        """When a send last had a clear answer."""
        self.failed_at = float("-inf")
        """When a call last had none."""
        self._in_a_row = 0
        self._down_since: float | None = None
        self._probing = False
        self._probe_at = 0.0
        self._distance = self.pace.probe_first
        self._wide_at = 0.0
        self._width = NARROW
        self._under_way = 0

    @property
    def down(self) -> bool:
        return self._down_since is not None

    def rest(self) -> float:
        """Return the seconds until a worker should look for work; 0: now."""
        return max(0.0, self._probe_at - self.clock()) if self.down else 0.0

    def room(self) -> int:
        """How many more effects may be taken on now."""
        if self.down:
            return 0 if self._probing or self.rest() > 0 else 1
        if self.clock() < self._wide_at:
            return max(0, self._width - self._under_way)
        return WIDE

    @contextmanager
    def guarded(self) -> Iterator[GuardedCall]:
        """Carry an effect out in here. Raises Postpone while the way is closed."""
        if self.down and self.room() == 0:
            raise Postpone(HELD, "the messenger does not take messages")
        call = GuardedCall(began=self.clock(), probe=self.down)
        self._probing = self._probing or call.probe
        self._under_way += 1
        try:
            yield call
        finally:
            self._under_way -= 1
            self._probing = self._probing and not call.probe

    def check(self, call: GuardedCall) -> None:
        """Ask once more as a call leaves, after it has waited for its turn. Raises Postpone."""
        if self.down and not call.probe:
            raise Postpone(HELD, "the messenger does not take messages")
        call.began = self.clock()
        call.spent = True

    def answered(self) -> None:
        """Note that a send had a clear answer, yes or no."""
        self.answered_at = self.clock()
        self._in_a_row = 0
        self._width += 1
        if self._down_since is not None:
            log.info("outages.over", seconds=round(self.clock() - self._down_since, 1))
            self._down_since = None
            self._width = NARROW
            self._wide_at = self.clock() + self.pace.widening

    def failed(self, call: GuardedCall) -> None:
        """Note that a call had no clear answer, or found no server."""
        self.failed_at = now = self.clock()
        self._in_a_row = self._in_a_row + 1 if call.began > self.answered_at else 1
        self._width = max(1, self._width // 2)
        if self._down_since is None and self._in_a_row >= IN_A_ROW:
            log.warning("outages.down")
            self._down_since = self._probe_at = now
            self._distance = self.pace.probe_first
        elif call.probe:
            self._probe_at = now + self._distance
            most = self.pace.send_most if call.spent else self.pace.probe_most
            self._distance = max(self._distance, min(self._distance * 2, most))
