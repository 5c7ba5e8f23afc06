"""What is to be learned: the phrases of a pack, in the order of what they teach."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.records import Pack, Scenario

FEW: Final = 40
"""Phrases of a scenario, below which they are few."""
YOUNG: Final = 8
"""Phrases of an answer up to which it is found by the nearest of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPhrase:
    """A phrase to learn."""

    text: str
    language: str
    label: int
    """The number of its scenario; one past the last scenario is the background."""
    answer: int = 0
    """The number of its answer within the scenario; one past the last answer: the scenario, and no single answer."""
    weight: float = 1.0
    """Less for what was learned from people than for what the authors of the pack wrote."""

    @property
    def said(self) -> tuple[str, str, int, int]:
        """What it says, whatever it weighs."""
        return self.text, self.language, self.label, self.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A scenario by its key, and the keys of its answers."""

    key: str
    answers: tuple[str, ...] = ()


def topics(pack: Pack) -> tuple[Topic, ...]:
    return tuple(
        Topic(key=scenario.key, answers=tuple(answer.key for answer in scenario.answers)) for scenario in pack.scenarios
    )


def training_phrases(pack: Pack) -> tuple[TrainingPhrase, ...]:
    """Return the pack's phrases, and those learned, by label and answer.

    The same words twice under one of them teach nothing new. Where phrases are few, what a scenario is called is one.
    """
    found: dict[tuple[str, str, int, int], TrainingPhrase] = {}
    written = tuple(_written(pack))
    titles = _titles(pack) if _few(pack, written) else ()
    for phrase in (*written, *titles, *_learned(pack)):
        found.setdefault(phrase.said, phrase)
    return tuple(sorted(found.values(), key=lambda phrase: (phrase.label, phrase.answer)))


def version(taught: Sequence[Topic], known: Iterable[TrainingPhrase]) -> str:
    """Name what is to be learned, whatever its order: a text that was edited needs no new training."""
    phrases = sorted((*phrase.said, *((phrase.weight,) if phrase.weight != 1 else ())) for phrase in known)
    content = [[[topic.key, topic.answers] for topic in taught], phrases]
    return sha256(json.dumps(content).encode()).hexdigest()[:16]


def borders(places: Sequence[int], classes: int) -> NDArray[np.int64]:
    """Return where each class begins among phrases that come by class, and the end of the last."""
    return np.searchsorted(places, np.arange(classes + 1)).astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRanges:
    """Where the phrases of a scenario, and of each of its answers, stand."""

    scenarios: NDArray[np.int64]
    """The phrases of class `c` are those from `scenarios[c]` up to `scenarios[c + 1]`; the last is the background."""
    answers: NDArray[np.int64]
    """The same for every answer of every scenario, with one more place behind each scenario's last answer."""
    first: NDArray[np.int64]
    """The places in `answers` of class `c` begin at `first[c]`."""
    sparse: bool
    """Whether most scenarios have few phrases: what was learned from their words is then not worth much."""
    lead: NDArray[np.float64]
    """How much larger each class is than most scenarios: the logarithm; 0 for the background."""
    answering: NDArray[np.bool_]
    """Which places are answers of a scenario that has several."""
    young: NDArray[np.bool_]
    """Which of these have few phrases, and at least one."""
    languages: frozenset[str]
    """Of the scenarios' phrases; the background may be borrowed, and in others."""

    @classmethod
    def of(cls, taught: Sequence[Topic], known: Sequence[TrainingPhrase]) -> ClassRanges:
        first = np.cumsum([0, *(len(topic.answers) + 1 for topic in taught), 1]).astype(np.int64)
        places = [int(first[phrase.label]) + phrase.answer for phrase in known]
        answers = borders(places, int(first[-1]))
        answering, counts = _answering(taught), np.diff(answers)
        scenarios = borders([phrase.label for phrase in known], len(taught) + 1)
        return cls(
            scenarios=scenarios,
            answers=answers,
            first=first,
            sparse=bool(taught) and float(np.median(np.diff(scenarios[:-1]))) < FEW,
            lead=_lead(np.diff(scenarios)),
            answering=answering,
            young=answering & (counts > 0) & (counts <= YOUNG),
            languages=frozenset(phrase.language for phrase in known if phrase.label < len(taught)),
        )


def _answering(taught: Sequence[Topic]) -> NDArray[np.bool_]:
    found = [answer < len(topic.answers) for topic in taught for answer in range(len(topic.answers) + 1)]
    return np.array([*found, False], bool)


def _lead(sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    held = np.maximum(sizes, 1).astype(float)
    served = held[:-1]
    return np.append(np.log(served / max(float(np.median(served)), 1.0)) if len(served) else served, 0.0)


def _written(pack: Pack) -> Iterator[TrainingPhrase]:
    for label, scenario in enumerate(pack.scenarios):
        yield from _of_scenario(scenario, label)
    for line in pack.background:
        yield TrainingPhrase(text=line.text, language=line.language, label=len(pack.scenarios))


def _few(pack: Pack, written: Iterable[TrainingPhrase]) -> bool:
    """Whether most scenarios have few phrases of their authors."""
    counts = Counter(phrase.label for phrase in written)
    return bool(pack.scenarios) and median(counts[label] for label in range(len(pack.scenarios))) < FEW


def _titles(pack: Pack) -> Iterator[TrainingPhrase]:
    """Return what scenarios of one text are called, in the languages of their phrases, also where it is their key."""
    for label, scenario in enumerate(pack.scenarios):
        for language in () if scenario.answers else sorted(scenario.examples):
            title = scenario.title.get(language, "").replace("_", " ").strip()
            if title and scenario.examples[language]:
                yield TrainingPhrase(text=title, language=language, label=label)


def _of_scenario(scenario: Scenario, label: int) -> Iterator[TrainingPhrase]:
    for number, examples in enumerate([*(answer.examples for answer in scenario.answers), scenario.examples]):
        for language, texts in sorted(examples.items()):
            yield from (TrainingPhrase(text=text, language=language, label=label, answer=number) for text in texts)


def _learned(pack: Pack) -> Iterator[TrainingPhrase]:
    """Return what was learned, as far as there still is what it names."""
    places = {
        (scenario.key, answer): (label, number)
        for label, scenario in enumerate(pack.scenarios)
        for number, answer in enumerate([*(one.key for one in scenario.answers), None])
    }
    for phrase in pack.learned:
        place = (len(pack.scenarios), 0) if phrase.scenario is None else places.get((phrase.scenario, phrase.answer))
        if place is not None:
            label, answer = place
            yield TrainingPhrase(
                text=phrase.text, language=phrase.language, label=label, answer=answer, weight=phrase.weight
            )
