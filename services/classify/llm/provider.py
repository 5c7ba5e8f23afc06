"""The model's server as one shared thing: asking it, what that costs, how it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

import structlog

from services.classify.llm.admission import Admission
from services.classify.llm.breaker import Breaker
from services.classify.llm.budget import Budget, utc_now
from services.classify.llm.cache import Memory
from services.classify.llm.counters import LlmTally
from services.classify.llm.failures import LlmUnavailable, Reason
from services.classify.llm.prices import Usage, estimate, prices_of, spent
from services.classify.llm.prompt import Briefing
from services.classify.llm.replies import Choice, Proposed, Told
from services.classify.llm.settings import LlmSettings
from services.classify.llm.status import ModelStatus
from services.classify.verdict import NOTHING, Spent

if TYPE_CHECKING:
    from services.classify.llm.client import ModelClient

log = structlog.get_logger()
_ANSWER_TOKENS: Final = 150
_PROBE_S: Final = 4.0
Asked = tuple[str, str]
"""A briefing's version and the customer's data."""


class Provider:
    """Lives as long as the process, so that breaker, budget, memory and counters outlive every retraining."""

    def __init__(
        self,
        settings: LlmSettings,
        *,
        spent_today_usd: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Take what was spent today before this process began: only the caller can know it."""
        self.settings = settings
        self.tally = LlmTally()
        self._clock = clock
        self._client = _client(settings, self.tally)
        self._prices = settings.prices or prices_of(settings.model)
        self._budget = Budget(settings.daily_budget_usd, now=now, spent=spent_today_usd)
        self._breaker = Breaker(failures=settings.failures_to_open, cool_down_s=settings.cool_down_s, clock=clock)
        self._turns = Admission(
            count=settings.max_concurrency,
            wait_s=settings.queue_s,
            breaker=self._breaker,
            budget=self._budget,
            clock=clock,
        )
        self._memory: Memory[Asked, Told] = Memory(settings.memory_size)
        self._looking = asyncio.Lock()
        self._looked: tuple[float, Reason | None] | None = None

    @property
    def has_room(self) -> bool:
        """Whether a question that nobody waits for would be welcome now."""
        return self._turns.idle

    async def ask(self, briefing: Briefing, data: str) -> tuple[Choice, Spent]:
        """Return the choice and what it took this time. Raises `LlmUnavailable`."""
        told, paid = await self._told(briefing, data)
        if not isinstance(told, Choice):
            raise LlmUnavailable("off_schema", spent=paid)
        return told, paid

    async def propose(self, briefing: Briefing, data: str) -> tuple[Proposed, Spent]:
        """Return phrasings and what they took this time. Raises `LlmUnavailable`."""
        told, paid = await self._told(briefing, data)
        if not isinstance(told, Proposed):
            raise LlmUnavailable("off_schema", spent=paid)
        return told, paid

    async def _told(self, briefing: Briefing, data: str) -> tuple[Told, Spent]:
        self.tally.questions += 1
        asked = (briefing.version, data)
        if (known := self._memory.get(asked)) is not None:
            self.tally.remembered += 1
            return known, NOTHING
        self.tally.remembered += self._memory.is_asked(asked)
        paid: list[Spent] = []
        try:
            choice = await self._memory.ask(asked, lambda: self._call(briefing, data, paid))
        except LlmUnavailable as unavailable:
            self.tally.failures[unavailable.reason] += 1
            log.info("llm.unavailable", reason=unavailable.reason)
            raise LlmUnavailable(unavailable.reason, spent=sum(paid, NOTHING)) from None
        return choice, sum(paid, NOTHING)

    @property
    def dialect(self) -> str:
        """How the server is asked, for people."""
        return self._client.dialect

    async def pulse(self) -> ModelStatus:
        """Look at most every `pulse_s`, and not at all while calls go well or may not go."""
        async with self._looking:
            reason = self._turns.obstacle() or await self._seen() or self._turns.fresh_cause()
        return ModelStatus(
            reason=reason,
            cause=self._turns.cause,
            model=self.settings.model,
            breaker=self._breaker.state,
            spent_today_usd=self._budget.spent_today,
            priced=self._prices is not None,
        )

    def learn_spent(self, today_usd: float) -> None:
        """Hear what all processes have spent today; less than what is known here is old news."""
        self._budget.learn(today_usd)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _call(self, briefing: Briefing, data: str, paid: list[Spent]) -> Told:
        reserved = estimate(len(briefing.system) + len(data), _ANSWER_TOKENS, self._prices)
        async with self._turns.turn(reserved, paid):
            paid.append(Spent(calls=1))
            choice = await self._client.ask(briefing, data, lambda usage: self._pay(usage, paid))
        self._looked = (self._clock(), None)
        return choice

    def _pay(self, usage: Usage, paid: list[Spent]) -> None:
        paid.append(spent(usage, self._prices))
        self.tally.paid(paid[-1])

    async def _seen(self) -> Reason | None:
        if self._looked is None or self._clock() - self._looked[0] >= self.settings.pulse_s:
            found = await self._client.reach(min(_PROBE_S, self.settings.timeout_s))
            self._looked = (self._clock(), found)
        return self._looked[1]


def _client(settings: LlmSettings, tally: LlmTally) -> ModelClient:
    """Import the library only where there is a key: it costs a second and tens of megabytes."""
    from services.classify.llm.client import ModelClient

    return ModelClient(settings, tally)
