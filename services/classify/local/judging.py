"""From what was read to an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.blending import ANSWER, SCENARIO, blended
from services.classify.local.calibration import Doubles, signs
from services.classify.local.knowledge import Knowledge
from services.classify.local.opinion import Opinion, Phrase
from services.classify.local.reading import Reading
from services.classify.local.rows import Floats
from services.classify.verdict import Guess

DOUBTLESS: Final = 0.99
"""Trust in the words from which nobody asks what they mean."""
LIKELY: Final = 0.5
FAINT: Final = 0.1
SHOWN: Final = 3
GUESSES: Final = 5
VOTERS: Final = 5
NEAR: Final = 0.5
"""As near as half of the nearest has a vote on the language."""
NONE: Final = Opinion(
    guesses=(), confidence=0.0, in_scope=False, answer=None, answers=(), language=None, nearest_phrases=(), against=None
)


def settled(knowledge: Knowledge, reading: Reading) -> bool:
    """Whether what the text means would change nothing: the words say enough, or nobody has learned meanings."""
    return knowledge.meaning is None or not knowledge.topics or reading.trust >= DOUBTLESS


def judge(knowledge: Knowledge, reading: Reading, vector: Floats | None = None) -> Opinion:
    """Judge by the words, and with the encoder's vector by the meaning too."""
    if not knowledge.topics:
        return NONE
    leaves = knowledge.meaning.chances(vector) if knowledge.meaning and vector is not None else None
    chances, trust = _chances(knowledge, reading, leaves)
    similarities = reading.similarities
    shown = similarities / max(knowledge.indexed(reading.vector), FAINT)
    order = np.argsort(-chances, kind="stable")
    best, second = _rivals(order, knowledge.classes)
    answer, answers = _answers(knowledge, reading, leaves, best, trust)
    return Opinion(
        guesses=_guesses(knowledge, chances, trust),
        answer=answer,
        answers=answers,
        confidence=trust,
        in_scope=bool(chances[-1] < chances[best]) or trust >= LIKELY,
        language=_language(knowledge, similarities),
        nearest_phrases=_phrases(knowledge, shown, best),
        against=next(iter(_phrases(knowledge, shown, second)), None),
    )


def _chances(knowledge: Knowledge, reading: Reading, leaves: Doubles | None) -> tuple[Doubles, float]:
    """Return the chances of the scenarios, and how much to believe the best."""
    if leaves is None:
        return reading.chances, reading.trust
    meant = np.add.reduceat(leaves, knowledge.shelves.first[:-1])
    both = blended(reading.chances, meant, reading.trust, reading.vector.known[0], SCENARIO)
    return both.chances, both.trust


def _answers(
    knowledge: Knowledge, reading: Reading, leaves: Doubles | None, label: int, trust: float
) -> tuple[str | None, tuple[Guess, ...]]:
    """Return the answer that is asked for, if it is a single one, and all of the scenario, best first."""
    choice, keys = knowledge.choices[label], knowledge.topics[label].answers
    if choice is None:
        return None, ()
    vector, here = reading.vector, slice(*knowledge.shelves.first[label : label + 2])
    chances = choice.chances(vector)
    shown = signs(chances, reading.near[here].astype(float), np.array(vector.known))
    first = float(knowledge.choice_trust.chance(shown))
    if leaves is not None:
        meant = leaves[here] / max(float(leaves[here].sum()), 1e-12)
        both = blended(chances, meant, first, vector.known[0], ANSWER)
        chances, first = both.chances, both.trust
    guesses = _shared(keys, chances, first, trust)
    return (guesses[0].scenario if chances[:-1].max() > chances[-1] else None), guesses


def _rivals(order: NDArray[np.integer], classes: int) -> tuple[int, int]:
    """Return the best class in scope, and what comes nearest to it, the background included."""
    ranked = [int(label) for label in order]
    best = next(label for label in ranked if label != classes - 1)
    return best, next(label for label in ranked if label != best)


def _guesses(knowledge: Knowledge, chances: Doubles, trust: float) -> tuple[Guess, ...]:
    return _shared([topic.key for topic in knowledge.topics], chances, trust)[:GUESSES]


def _shared(keys: Sequence[str], chances: Doubles, trust: float, of: float = 1.0) -> tuple[Guess, ...]:
    """Share what the first guess leaves among the others as the head saw them, never above the first.

    The last of the chances is that of none of them; `of` is the chance that there is anything to share.
    """
    served = chances[:-1]
    top = float(served.max())
    scale = min(trust / max(top, 1e-9), (1 - trust) / max(1 - top, 1e-9))
    first, *ranked = (int(label) for label in np.argsort(-served, kind="stable"))
    rest = (Guess(scenario=keys[label], confidence=float(served[label]) * scale * of) for label in ranked)
    return Guess(scenario=keys[first], confidence=trust * of), *rest


def _phrases(knowledge: Knowledge, similarities: Floats, label: int) -> tuple[Phrase, ...]:
    """Return the nearest phrases of a class, nearest first."""
    first, end = knowledge.shelves.scenarios[label : label + 2]
    nearest = first + np.argsort(-similarities[first:end], kind="stable")[:SHOWN]
    found = ((knowledge.lessons[place], min(float(similarities[place]), 1.0)) for place in nearest)
    return tuple(
        Phrase(text=lesson.text, scenario=knowledge.name(lesson.label), similarity=similarity)
        for lesson, similarity in found
        if similarity > 0
    )


def _language(knowledge: Knowledge, similarities: Floats) -> str | None:
    """Ask the nearest phrases."""
    near = np.flatnonzero(similarities >= NEAR * similarities.max(initial=0))
    nearest = near[np.argsort(-similarities[near], kind="stable")[:VOTERS]]
    votes: dict[str, float] = {}
    for place in nearest:
        language = knowledge.lessons[place].language
        votes[language] = votes.get(language, 0.0) + float(similarities[place]) ** 2
    best = max(votes, key=lambda language: votes[language], default=None)
    return best if best and votes[best] > 0 else None
