"""Small things that the tests of this folder say often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from services.classify.llm import LlmClassifier, LlmUnavailable
from services.classify.sureness import Policy
from services.classify.verdict import Question


def ask(text: str = "верните деньги", language: str = "ru", *context: str) -> Question:
    return Question(text=text, language=language, context=context)


async def until(truth: Callable[[], bool]) -> None:
    """Let others run until it is so; the test's own time-out is the end."""
    while not truth():  # noqa: ASYNC110 - the truth is another's state, which tells nobody of its changes
        await asyncio.sleep(0)


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 23, 0, tzinfo=UTC) + timedelta(seconds=self.seconds)


async def reason_of(llm: LlmClassifier, text: str = "верните деньги") -> str | None:
    try:
        await llm.classify(ask(text))
    except LlmUnavailable as failure:
        return failure.reason
    return None


def settled() -> Policy:
    """Return what holds where no answer is new."""
    return Policy(answer_at=0.8, clarify_at=0.5)
