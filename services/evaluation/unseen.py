"""Cross-validation of a pack: each phrase is judged by an engine that was taught without it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from services.classify.local import LocalClassifier, Model
from services.classify.verdict import UNKNOWN, Verdict
from services.evaluation.examples import Example
from services.evaluation.outcomes import Outcome
from storage.records import Answer, Pack, Scenario

PARTS: Final = 5
"""Every fifth phrase is left out at a time."""
Part = TypeVar("Part", Scenario, Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A phrase, and what was made of it unseen."""

    outcome: Outcome
    answer: str | None
    """The answer that it belongs to; None where its scenario has one text, or it is of the topic alone."""

    @property
    def verdict(self) -> Verdict:
        return self.outcome.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was tried, and how many of the parts there was time for."""

    tried: tuple[Tried, ...]
    parts: int


def cross_validated(
    pack: Pack, *, seconds: float, parts: int = PARTS, progress: Callable[[int], None] = lambda _phrases: None
) -> Trial:
    """Try the parts one after the other, the first in any case, as long as the next would end within `seconds`.

    The engine goes by words alone: what phrases mean would have to be learned anew for every part.
    """
    began, found, done = time.monotonic(), list[Tried](), 0
    for part in range(parts):
        spent = time.monotonic() - began
        if done and spent + spent / done > seconds:
            break
        rest, held = _without(pack, part)
        local = LocalClassifier(Model.train(rest))
        found += [_tried(local, example, answer) for example, answer in held]
        done += 1
        progress(len(held))
    return Trial(tried=tuple(found), parts=done)


def _tried(local: LocalClassifier, example: Example, answer: str | None) -> Tried:
    began = time.perf_counter()
    verdict = local.verdict(example.text)
    took = (time.perf_counter() - began) * 1000
    return Tried(outcome=Outcome(example=example, verdict=verdict, latency_ms=took), answer=answer)


def _without(pack: Pack, part: int) -> tuple[Pack, list[tuple[Example, str | None]]]:
    """Return a pack without every fifth of its phrases, and these."""
    held: list[tuple[Example, str | None]] = []

    def kept(one: Part, scenario: str, answer: str | None) -> Part:
        examples: dict[str, tuple[str, ...]] = {}
        for language, texts in one.examples.items():
            examples[language] = tuple(text for at, text in enumerate(texts) if at % PARTS != part)
            held.extend((Example(text=text, lang=language, scenario=scenario), answer) for text in texts[part::PARTS])
        return replace(one, examples=examples)

    scenarios = tuple(
        replace(
            kept(scenario, scenario.key, None),
            answers=tuple(kept(answer, scenario.key, answer.key) for answer in scenario.answers),
        )
        for scenario in pack.scenarios
    )
    background = tuple(line for at, line in enumerate(pack.background) if at % PARTS != part)
    held += [
        (Example(text=line.text, lang=line.language, scenario=UNKNOWN), None) for line in pack.background[part::PARTS]
    ]
    return replace(pack, scenarios=scenarios, background=background), held


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """Two things that the engine mixes up, and phrases at fault."""

    gold: str
    named: str
    count: int
    of: int
    phrases: tuple[str, ...]


MIXED_FROM: Final = 3
MIXED_SHARE: Final = 0.15
"""Share of the phrases of one that are taken for the other from which it is worth a line."""


def mixed_up(tried: Sequence[Tried]) -> list[Mixed]:
    """Return the pairs, the worst first: two scenarios, or two answers of one."""
    total: dict[str, int] = {}
    wrong: dict[tuple[str, str], list[str]] = {}
    for one in tried:
        if one.outcome.example.scenario == UNKNOWN:
            continue
        for gold, named in _names(one):
            total[gold] = total.get(gold, 0) + 1
            if gold != named:
                wrong.setdefault((gold, named), []).append(one.outcome.example.text)
    pairs = [
        Mixed(gold=gold, named=named, count=len(phrases), of=total[gold], phrases=tuple(phrases))
        for (gold, named), phrases in wrong.items()
        if len(phrases) >= MIXED_FROM and len(phrases) >= MIXED_SHARE * total[gold]
    ]
    return sorted(pairs, key=lambda pair: (-pair.count / pair.of, pair.gold, pair.named))


def _names(one: Tried) -> Iterator[tuple[str, str]]:
    """Yield what a phrase belongs to and what it was taken for: by scenario, and if that is right by answer."""
    gold = one.outcome.example.scenario
    named = one.outcome.guess
    yield gold, named
    if named == gold and one.answer is not None and one.verdict.answers:
        yield f"{gold}.{one.answer}", f"{gold}.{one.verdict.answers[0].scenario}"


def answer_figures(tried: Sequence[Tried], answer_at: float) -> Mapping[str, float]:
    """Return, of all phrases, the share that would get a text, and how many of these texts are right."""
    sent = [one for one in tried if _sure(one) >= answer_at]
    right = [one for one in sent if one.outcome.right and one.answer in (None, one.verdict.answer)]
    return {"sent": len(sent) / max(len(tried), 1), "right": len(right) / max(len(sent), 1)}


def _sure(one: Tried) -> float:
    verdict = one.verdict
    if verdict.scenario == UNKNOWN:
        return 0.0
    return verdict.answer_confidence if verdict.answers else verdict.confidence
