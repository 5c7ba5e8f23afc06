"""Who may ask now: a free turn, money left, and a server that is not left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import structlog

from services.classify.llm.breaker import Breaker
from services.classify.llm.budget import Budget
from services.classify.llm.failures import HOPELESS, OF_THE_SERVER, LlmUnavailable, Reason
from services.classify.verdict import Spent

log = structlog.get_logger()
_WAITERS: Final = 64
"""As many for each turn are a crowd that no wait would serve, whatever the server's pace."""
_TELLING_S: Final = 600.0
"""A call that failed longer ago, with none since, tells little."""
_WEIGHT: Final = 0.1
"""Weight of the newest call in the mean duration, so that about the last ten calls count."""


class Admission:
    """Every call is made inside a turn. Waiting for one is bounded in time, and nobody joins a hopeless queue."""

    def __init__(
        self,
        *,
        count: int,
        wait_s: float,
        breaker: Breaker,
        budget: Budget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._count = count
        self._wait_s = wait_s
        self._breaker = breaker
        self._budget = budget
        self._free = asyncio.Semaphore(count)
        self._clock = clock
        self._waiting = 0
        self._mean_s = 0.0
        """Mean duration of the latest calls; 0 until the first has ended."""
        self.cause: Reason | None = None
        """Why the server failed last; None once it has answered again."""
        self._failed_at = 0.0

    @property
    def idle(self) -> bool:
        """Whether a call could go at once and nobody waits."""
        return not self._free.locked() and self._breaker.state == "closed" and self.obstacle() is None

    def obstacle(self) -> Reason | None:
        """Return why no call may go now."""
        if self._breaker.refuses:
            return "circuit_open"
        return "over_budget" if self._budget.exhausted else None

    def fresh_cause(self) -> Reason | None:
        """Return why the last call failed, for as long as that tells how the server is."""
        return self.cause if self._clock() - self._failed_at < _TELLING_S else None

    @asynccontextmanager
    async def turn(self, reserved: float, paid: list[Spent]) -> AsyncIterator[None]:
        """Hold a turn and some money, and tell the breaker how the call ended. `paid` is read at the end."""
        _object(self.obstacle())
        await self._wait()
        try:
            _object(self._admitted(reserved))
            try:
                async with self._judged():
                    yield
            finally:
                self._budget.settle(reserved, sum(one.cost_usd for one in paid))
        finally:
            self._free.release()

    async def _wait(self) -> None:
        if self._hopeless:
            raise LlmUnavailable("crowded")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError:
            raise LlmUnavailable("crowded") from None
        finally:
            self._waiting -= 1

    @property
    def _hopeless(self) -> bool:
        """Whether those who wait already would take all the time there is to wait."""
        return self._waiting >= _WAITERS * self._count or self._waiting * self._mean_s / self._count > self._wait_s

    def _admitted(self, reserved: float) -> Reason | None:
        """Look again, as much may have happened during the wait; money first, as the breaker counts who enters."""
        if (obstacle := self.obstacle()) is not None:
            return obstacle
        if not self._budget.reserve(reserved):
            return "over_budget"
        self._breaker.enter()
        return None

    @asynccontextmanager
    async def _judged(self) -> AsyncIterator[None]:
        began = self._clock()
        try:
            yield
        except LlmUnavailable as unavailable:
            self._took(self._clock() - began)
            self._note(unavailable.reason)
            raise
        except BaseException:
            self._breaker.left()
            raise
        self._took(self._clock() - began)
        self._note(None)

    def _took(self, seconds: float) -> None:
        self._mean_s += (_WEIGHT if self._mean_s else 1.0) * (seconds - self._mean_s)

    def _note(self, reason: Reason | None) -> None:
        """A refusal counts neither way: it is about the words, and as a success it would hide a run of failures."""
        before = self._breaker.state
        if reason is None:
            self.cause = None
            self._breaker.succeeded()
        elif reason in OF_THE_SERVER:
            self.cause, self._failed_at = reason, self._clock()
            self._breaker.failed(hopeless=reason in HOPELESS)
        else:
            self._breaker.left()
        if self._breaker.state != before:
            log.warning("llm.breaker", state=self._breaker.state, before=before, reason=reason)


def _object(reason: Reason | None) -> None:
    if reason is not None:
        raise LlmUnavailable(reason)
