"""A sample of the sure verdicts goes to the model too, so that the figures of the local engine stay honest."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

import structlog

from services.classify.llm.failures import LlmUnavailable
from services.classify.llm.weighing import agree
from services.classify.verdict import Question, Verdict

log = structlog.get_logger()
AT_ONCE: Final = 8
OnAudit = Callable[[Question, Verdict, Verdict], Awaitable[None]]
"""Told the question, the local verdict that was used, and the model's own."""


class Adviser(Protocol):
    """The model's engine."""

    @property
    def has_room(self) -> bool:
        """Whether a question that nobody waits for would be welcome now."""
        ...

    async def classify(self, question: Question) -> Verdict:
        """Raises `LlmUnavailable`."""
        ...


class Audits:
    """Asks behind the customer's back: seldom, a few at a time, and only while the model has nothing better to do."""

    def __init__(
        self, *, share: float = 0.05, on_audit: OnAudit | None = None, rng: random.Random | None = None
    ) -> None:
        self._share = share
        self._on_audit = on_audit
        self._rng = rng or random.Random()  # noqa: S311 - draws a sample
        self._running: set[asyncio.Task[None]] = set()
        self.done = 0
        self.agreements = 0

    def consider(self, question: Question, local: Verdict, llm: Adviser) -> None:
        """Return at once, whether an audit was begun or not."""
        if self._rng.random() >= self._share or len(self._running) >= AT_ONCE or not llm.has_room:
            return
        task = asyncio.create_task(self._audit(question, local, llm))
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def settle(self) -> None:
        """Wait for the audits on their way."""
        while self._running:
            await asyncio.wait(self._running)

    async def aclose(self) -> None:
        """Give up the audits on their way."""
        for task in self._running:
            task.cancel()
        await self.settle()

    async def _audit(self, question: Question, local: Verdict, llm: Adviser) -> None:
        try:
            verdict = await llm.classify(question)
        except LlmUnavailable:
            return
        self.done += 1
        self.agreements += agree(local, verdict)
        if self._on_audit is not None:
            await self._on_audit(question, local, verdict)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("audit.failed", error=type(error).__name__)
