"""The cascade on messages written by others, with a model that is right 92 times in 100.

A wrong model errs either at random, or as models do: towards what the local engine, too, finds likely. The second is
the hard case, because then two engines agree on what is wrong.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from benchmarks.classifier.held_out import SCENARIOS, UNSEEN, messages
from benchmarks.shipped import ANSWER_AT, CLARIFY_AT, CONFIGURED
from services.classify.cascade import CascadeClassifier, CascadeTally
from services.classify.llm.audits import Audits
from services.classify.llm.classifier import RELIABILITY
from services.classify.local import LocalClassifier, Model
from services.classify.verdict import UNKNOWN, Classifier, Guess, Question, Verdict
from services.evaluation import Example
from services.scenarios.packs import read_pack

ROUNDS: Final = 30
Errors = Literal["random", "alike"]


@dataclass
class Pretended:
    """A model that knows the truth and says something else in some cases, about as sure of it."""

    truth: dict[str, str]
    keys: Sequence[str]
    local: LocalClassifier
    right: float
    errors: Errors
    rng: random.Random
    has_room: bool = True
    calls: int = field(default=0)

    async def classify(self, question: Question) -> Verdict:
        self.calls += 1
        gold = self.truth[question.text]
        right = self.rng.random() < self.right
        named = gold if right else self._error(question.text, gold)
        sure = RELIABILITY * self.rng.uniform(0.85 if right else 0.7, 1.0)
        known = named != UNKNOWN
        return Verdict(
            scenario=named,
            confidence=sure if known else min(1 - sure, 0.49),
            reasoning="",
            engine="llm",
            version="pretended",
            nearest=(Guess(scenario=named, confidence=sure),) if known else (),
        )

    def _error(self, text: str, gold: str) -> str:
        if self.errors == "random":
            return self.rng.choice([key for key in self.keys if key != gold])
        verdict = self.local.verdict(text)
        likely = [verdict.scenario, *(guess.scenario for guess in verdict.nearest)]
        return next(key for key in likely if key != gold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of all messages; `accuracy` of the answered ones."""

    calls: float
    answered: float
    accuracy: float
    clarified: float
    clarified_well: float
    """Of those asked back, how many were offered the right scenario."""


def figures(
    messages: Sequence[Example], local: LocalClassifier, *, errors: Errors, rounds: int, right: float = 0.92
) -> Figures:
    """Repeat with other luck each time, audits included."""
    return asyncio.run(_rounds(messages, local, errors=errors, rounds=rounds, right=right))


async def _rounds(
    messages: Sequence[Example], local: LocalClassifier, *, errors: Errors, rounds: int, right: float
) -> Figures:
    counts: Counter[str] = Counter()
    truth = {message.text: message.scenario for message in messages}
    for seed in range(rounds):
        rng = random.Random(seed)  # noqa: S311 - a simulation
        keys = sorted({*truth.values()})
        llm = Pretended(truth=truth, keys=keys, local=local, right=right, errors=errors, rng=rng)
        audits = Audits(share=0.05, rng=rng)
        tally = CascadeTally()
        cascade = CascadeClassifier(
            local=local, llm=llm, trust=ANSWER_AT, policy=lambda: CONFIGURED, audits=audits, tally=tally
        )
        counts += await _failures(messages, cascade)
        await audits.settle()
        counts["calls"] += llm.calls
    return _figures(counts)


async def _failures(messages: Sequence[Example], classifier: Classifier) -> Counter[str]:
    counts: Counter[str] = Counter(all=len(messages))
    for message in messages:
        said = await classifier.classify(Question(text=message.text, language=message.lang))
        if said.scenario == UNKNOWN or said.confidence < CLARIFY_AT:
            continue
        if said.confidence >= ANSWER_AT:
            counts["answered"] += 1
            counts["right"] += said.scenario == message.scenario
        else:
            counts["clarified"] += 1
            counts["offered"] += message.scenario in {guess.scenario for guess in said.nearest}
    return counts


def _figures(counts: Counter[str]) -> Figures:
    return Figures(
        calls=counts["calls"] / counts["all"],
        answered=counts["answered"] / counts["all"],
        accuracy=counts["right"] / max(1, counts["answered"]),
        clarified=counts["clarified"] / counts["all"],
        clarified_well=counts["offered"] / max(1, counts["clarified"]),
    )


def simulation() -> None:
    read = messages(UNSEEN)
    local = LocalClassifier(Model.train(read_pack(SCENARIOS)))
    alone = _figures(asyncio.run(_failures(read, local)))
    print(f"{len(read)} messages by hands never looked at, a model right 92 times in 100, audits of 5 % included")
    print("(goals: accuracy of the answered ≥ .95, calls ≤ 40 %)")
    print("model errs     calls   answered   accuracy   asked back   offered the right one")
    _row("no model", alone)
    _row("at random", figures(read, local, errors="random", rounds=ROUNDS))
    _row("alike", figures(read, local, errors="alike", rounds=ROUNDS))
    _row("alike, .80", figures(read, local, errors="alike", rounds=ROUNDS, right=0.8))


def _row(name: str, found: Figures) -> None:
    shares = f"{found.calls:>8.1%}{found.answered:>11.1%}{found.accuracy:>11.3f}{found.clarified:>13.1%}"
    print(f"{name:<12}{shares}{found.clarified_well:>24.1%}")
