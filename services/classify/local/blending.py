"""What words and meaning say together, and how much to believe it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from services.classify.local.calibration import Doubles, Trust, softmax
from services.classify.local.knowledge import Knowledge
from services.classify.local.meaning import Meant
from services.classify.local.reading import Chosen, Reading, chosen

SHARE: Final = 0.5
SPARSE_SHARE: Final = 0.6
ANSWER_SHARE: Final = 0.6
"""Weights of the meaning beside the words: for scenarios, for those of few phrases, and for answers: what belongs to
one scenario shares more words."""
WORDS_LEAD: Final = 0.5
"""So much of its size a class gains by words; by meaning it gains all."""
FLOOR: Final = 1e-4
"""What no head thinks impossible: one alone must not rule a class out."""
TINY: Final = 1e-6
TWO: Final = 2
"""Of two classes one is the best, and the last is none of them."""
OTHERWISE: Final = 0.5
"""Of what the first head leaves to others than its best: so much for the one that both together name."""


def _fixed(*weights: float) -> Trust:
    signs = len(weights) - 1
    return Trust(centre=np.zeros(signs), spread=np.ones(signs), weights=np.array(weights))


SCENARIO: Final = _fixed(-0.57, -0.43, 0.82, -0.07, 0.18, 0.08, 0.32, 0.39, -0.21, 0.24)
ANSWER: Final = _fixed(0.55, 0.31, 0.08, 0.24, 1.47, -0.04, 0.78, -0.3, 0.9)
"""How much to believe both heads: the constant, and the weights of `_signs`. For scenarios also the length, the words'
chance of that class, what the meaning says against all of them, and the words against that one; for answers also how
near a phrase is, by words and by meaning, and the length."""
SCENARIO_SPARSE: Final = _fixed(1.21, 0.17, 1.09, 0.42)
"""The same about scenarios that have few phrases: the trust of the words, both together, and what speaks against all of
them; fitted on packs of eight phrases an intent (`benchmarks/classifier/scarce.py`)."""
SCENARIO_BY_WORDS: Final = _fixed(-0.41, 0.64, -0.26, 0.23, 0.21)
ANSWER_BY_WORDS: Final = _fixed(-0.1, 1.2, -0.11)
"""How much to believe the words alone where they leave no doubt: nobody asks for the meaning then.

All of these numbers were measured once, for every pack (`benchmarks/classifier/blend.py`), by what other hands wrote,
in other trades too: phrases are too much alike to tell how strangers are understood."""


def scenarios(knowledge: Knowledge, reading: Reading, meaning: Meant) -> tuple[Doubles, Doubles]:
    """Return the chances of the scenarios by words and meaning, and what speaks for the best."""
    meant = np.add.reduceat(meaning.chances, knowledge.ranges.first[:-1])
    if knowledge.ranges.sparse:
        lead = knowledge.ranges.lead
        both = _joined(_level(reading.chances, WORDS_LEAD * lead), _level(meant, lead), SPARSE_SHARE)
        first = _first(both, reading.chances, reading.trust)
        return both, np.array([first, _odds(float(both[:-1].max())), _beyond(both)])
    known, length = reading.vector.known[0], np.log1p(reading.words)
    both = _joined(reading.chances, meant, SHARE)
    best, words = int(both[:-1].argmax()), reading.chances
    against = _against(words[-1], words[best])
    return both, np.array([*_signs(both, meant, known), length, _odds(float(words[best])), _beyond(meant), against])


def _level(chances: Doubles, lead: Doubles) -> Doubles:
    """Take back what large classes gain by their size alone."""
    return softmax(np.log(chances + 1e-9) - lead)


def scenario_curve(knowledge: Knowledge) -> Trust:
    """Return how much to believe what speaks for the best scenario by words and meaning."""
    return SCENARIO_SPARSE if knowledge.ranges.sparse else SCENARIO


def answers(knowledge: Knowledge, reading: Reading, meaning: Meant, label: int) -> tuple[Chosen | None, Doubles | None]:
    """Return the same for the answers of one scenario, given that it is right; `trust` stays that of the words."""
    words = reading.chosen
    if words is None or words.label != label:
        words = chosen(knowledge, reading.vector, reading.near, label)
    if words is None:
        return None, None
    here = slice(*knowledge.ranges.first[label : label + 2])
    meant = meaning.chances[here] / max(float(meaning.chances[here].sum()), 1e-12)
    both = _joined(words.chances, meant, ANSWER_SHARE)
    best = int(both[:-1].argmax())
    shown = (float(reading.near[here][best]), float(meaning.near[here][best]), np.log1p(reading.words))
    return replace(words, chances=both), np.array([*_signs(both, meant, reading.vector.known[0]), *shown])


def scenario_signs_by_words(reading: Reading) -> Doubles:
    strange = 1 - reading.vector.known[0]
    return np.array([_odds(reading.trust), _beyond(reading.chances), strange, np.log1p(reading.words)])


def answer_signs_by_words(choice: Chosen, reading: Reading) -> Doubles:
    return np.array([_odds(choice.trust), 1 - reading.vector.known[0]])


def _joined(words: Doubles, meaning: Doubles, share: float) -> Doubles:
    """Join the chances of the same classes: their logarithms are added."""
    return softmax((1 - share) * np.log(words + FLOOR) + share * np.log(meaning + FLOOR))


def _signs(both: Doubles, meaning: Doubles, known: float) -> Doubles:
    """Return what speaks for the best class of both: against the last, strange words, meaning, itself, the second.

    The trust of the words is no sign. It is learned from the pack's own phrases, swings with every new one, and is bold
    about strangers.
    """
    best = int(both[:-1].argmax())
    second = np.partition(both[:-1], -2)[-2] if len(both) > TWO else 0.0
    lead = _against(both[best], second)
    return np.array([_beyond(both), 1 - known, _odds(float(meaning[best])), _odds(float(both[best])), lead])


def _first(both: Doubles, words: Doubles, trust: float) -> float:
    """Return the trust of the words in the best class of both, as odds."""
    return _odds(trust if words[:-1].argmax() == both[:-1].argmax() else OTHERWISE * min(trust, 1 - trust))


def _beyond(chances: Doubles) -> float:
    """Return what speaks for the last class, none of the others, against the best of them."""
    return _against(chances[-1], chances[:-1].max())


def _against(one: float, other: float) -> float:
    """Return what speaks for one chance against another; neither may be nothing."""
    return float(np.log(one + TINY) - np.log(other + TINY))


def _odds(chance: float) -> float:
    held = min(max(chance, FLOOR), 1 - FLOOR)
    return float(np.log(held / (1 - held)))
