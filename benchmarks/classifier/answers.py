"""Which answer: cross-validated on the starter pack's own phrases, each judged by an engine that has not seen it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from services.classify.local import LocalClassifier
    from storage.records import Pack, Scenario

PARTS: Final = 5
THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A phrase of an answer, and what was made of it unseen."""

    scenario_right: bool
    answer_right: bool
    confidence: float
    """Of scenario and answer together; 0 where no single answer was named."""


def cross_validated(pack: Pack, parts: int = PARTS) -> None:
    """Print how answers were found. `parts` of `PARTS` are tried: each costs a training."""
    from services.classify.local import LocalClassifier, Model

    if not any(scenario.answers for scenario in pack.scenarios):
        print("\nAnswers: the pack has none.")
        return
    tried: list[Tried] = []
    for part in range(parts):
        rest, held = _without(pack, part)
        local = LocalClassifier(Model.train(rest))
        tried += [_tried(local, *phrase) for phrase in held]
    print("\n".join(_lines(tried)))


def _tried(local: LocalClassifier, text: str, scenario: str, answer: str) -> Tried:
    verdict = local.verdict(text)
    found = bool(verdict.nearest) and verdict.nearest[0].scenario == scenario
    return Tried(
        scenario_right=found,
        answer_right=found and verdict.answer == answer,
        confidence=verdict.answer_confidence,
    )


def _without(pack: Pack, part: int) -> tuple[Pack, list[tuple[str, str, str]]]:
    """Return the pack without a fifth of its answers' phrases, and those: `(text, scenario, answer)`."""
    held: list[tuple[str, str, str]] = []
    dice = random.Random(0)  # noqa: S311 - a draw that can be repeated, not a secret

    def kept(scenario: Scenario) -> Scenario:
        answers = []
        for answer in scenario.answers:
            examples: dict[str, tuple[str, ...]] = {}
            for language, texts in answer.examples.items():
                left_out = [dice.randrange(PARTS) == part for _ in texts]
                held.extend((text, scenario.key, answer.key) for text, out in zip(texts, left_out, strict=True) if out)
                examples[language] = tuple(text for text, out in zip(texts, left_out, strict=True) if not out)
            answers.append(replace(answer, examples=examples))
        return replace(scenario, answers=tuple(answers))

    return replace(pack, scenarios=tuple(kept(scenario) for scenario in pack.scenarios)), held


def _lines(tried: Sequence[Tried]) -> Iterator[str]:
    right = np.array([one.answer_right for one in tried])
    found = np.array([one.scenario_right for one in tried])
    sure = np.array([one.confidence for one in tried])
    yield f"\nAnswers, cross-validated: {len(tried)} phrases, scenario right {found.mean():.3f},"
    yield f"answer right {right.mean():.3f}, of those whose scenario was right {right[found].mean():.3f}"
    for threshold in THRESHOLDS:
        given = sure >= threshold
        precision = f"{right[given].mean():.3f}" if given.any() else "–"
        yield f"  at {threshold:.1f}: given to {given.mean():.3f}, right {precision}"
