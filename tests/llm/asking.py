"""Small things that the tests of this folder say often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from services.classify.verdict import Question


def ask(text: str = "верните деньги", language: str = "ru", *context: str) -> Question:
    return Question(text=text, language=language, context=context)


async def until(truth: Callable[[], bool]) -> None:
    """Let others run until it is so; the test's own time-out is the end."""
    while not truth():  # noqa: ASYNC110 - the truth is another's state, which tells nobody of its changes
        await asyncio.sleep(0)
