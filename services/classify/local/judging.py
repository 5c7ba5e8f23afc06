"""From a text and knowledge to an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.calibration import Doubles, signs
from services.classify.local.features import Vector
from services.classify.local.knowledge import Knowledge, closest
from services.classify.local.opinion import Opinion, Phrase
from services.classify.local.rows import Floats
from services.classify.local.spelling import latin_russian, other_layout
from services.classify.verdict import Guess

CLEAR: Final = 0.6
"""Share of known words above which nobody asks what else the letters could mean."""
STRANGE: Final = 0.3
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


def judge(knowledge: Knowledge, text: str) -> Opinion:
    if not knowledge.topics:
        return NONE
    vector = _read(knowledge, text)
    similarities = knowledge.similarities(vector)
    near = closest(similarities, knowledge.shelves.answers)
    chances = knowledge.sharpness.chances(knowledge.linear(vector).astype(float))
    trust = 0.0
    if len(vector.columns):
        served = closest(near, knowledge.shelves.first)
        trust = float(knowledge.trust.chance(signs(chances, served.astype(float), np.array(vector.known))))
    shown = similarities / max(knowledge.indexed(vector), FAINT)
    order = np.argsort(-chances, kind="stable")
    best, second = _rivals(order, knowledge.classes)
    answer, answers = _answers(knowledge, vector, near, best, trust)
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


def _answers(
    knowledge: Knowledge, vector: Vector, near: Floats, label: int, trust: float
) -> tuple[str | None, tuple[Guess, ...]]:
    """Return the answer that is asked for, if it is a single one, and all of the scenario, best first."""
    choice, keys = knowledge.choices[label], knowledge.topics[label].answers
    if choice is None:
        return None, ()
    chances = choice.chances(vector)
    here = slice(*knowledge.shelves.first[label : label + 2])
    first = float(knowledge.choice_trust.chance(signs(chances, near[here].astype(float), np.array(vector.known))))
    guesses = _shared(keys, chances, first, trust)
    return (guesses[0].scenario if chances[:-1].max() > chances[-1] else None), guesses


def _read(knowledge: Knowledge, text: str) -> Vector:
    """Read the text as it stands, unless its words are strange and make more sense otherwise."""
    vector = knowledge.vocabulary.read(text)
    if vector.known[0] >= CLEAR:
        return vector
    others = [knowledge.vocabulary.read(other) for other in (other_layout(text), latin_russian(text))]
    best = max(others, key=lambda other: other.known)
    return best if best.known[0] > max(vector.known[0], STRANGE) and best.known[1] >= vector.known[1] else vector


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
