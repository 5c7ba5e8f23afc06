"""Asking a classifier, and what came of each line."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.classify.verdict import UNKNOWN, Classifier, Question, Verdict
from services.evaluation.examples import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    example: Example
    verdict: Verdict
    latency_ms: float
    """Duration of the whole call, as the bot would wait for it."""

    @property
    def guess(self) -> str:
        """Return the best guess in scope; `UNKNOWN` only when the engine offers none."""
        if self.verdict.scenario != UNKNOWN or not self.verdict.nearest:
            return self.verdict.scenario
        return self.verdict.nearest[0].scenario

    @property
    def score(self) -> float:
        """Return the confidence that the guess is right and in scope; 0 for an `UNKNOWN` without a guess."""
        if self.verdict.scenario != UNKNOWN:
            return self.verdict.confidence
        return self.verdict.nearest[0].confidence if self.verdict.nearest else 0.0

    @property
    def in_scope(self) -> bool:
        return self.example.scenario != UNKNOWN

    @property
    def right(self) -> bool:
        """Say whether answering with the guess would be right: never, out of scope."""
        return self.in_scope and self.guess == self.example.scenario


async def evaluate(
    examples: Sequence[Example],
    classifier: Classifier,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    at_once: int = 1,
) -> tuple[Outcome, ...]:
    """Ask for every line, `at_once` at a time, in the order of the file; `progress` hears (done, all)."""
    gate, done = asyncio.Semaphore(at_once), 0

    async def ask(example: Example) -> Outcome:
        nonlocal done
        async with gate:
            began = time.perf_counter()
            verdict = await classifier.classify(Question(text=example.text, language=example.lang))
            took = (time.perf_counter() - began) * 1000
        done += 1
        progress(done, len(examples))
        return Outcome(example=example, verdict=verdict, latency_ms=took)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(example)) for example in examples]
    return tuple(task.result() for task in tasks)


def prediction(outcome: Outcome) -> dict[str, Any]:
    """Return one line of `--predictions`: the example, the verdict, whether it was right."""
    verdict = outcome.verdict
    return {
        "text": outcome.example.text,
        "lang": outcome.example.lang,
        "scenario": outcome.example.scenario,
        "predicted": verdict.scenario,
        "confidence": round(verdict.confidence, 4),
        "right": verdict.scenario == outcome.example.scenario or outcome.right,
        "nearest": [[guess.scenario, round(guess.confidence, 4)] for guess in verdict.nearest],
        "reasoning": verdict.reasoning,
        "engine": verdict.engine,
        "version": verdict.version,
        "language": verdict.language,
        "latency_ms": round(outcome.latency_ms, 3),
        **asdict(verdict.spent),
    }
