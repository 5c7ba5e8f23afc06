"""What both heads think together, and how much to believe it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from services.classify.local.calibration import Doubles, Trust, softmax

SHARE: Final = 0.5
"""Weight of the meaning beside the words: logarithms of chances are added."""
FLOOR: Final = 1e-4
"""What no head thinks impossible: one alone must not rule a class out."""
OTHERWISE: Final = 0.5
"""Of what the first head leaves to others than its best: so much for the one that both together name."""


def _fixed(*weights: float) -> Trust:
    signs = len(weights) - 1
    return Trust(centre=np.zeros(signs), spread=np.ones(signs), weights=np.array(weights))


SCENARIO: Final = _fixed(-0.41, 0.39, -0.18, 1.06, 0.35)
ANSWER: Final = _fixed(1.53, 0.34, 0.11, -0.43, 1.12)
"""The constant, and the weights of `signs_of`. Measured once, for every pack (`benchmarks/classifier/blend.py`), by
what other hands wrote, in other trades too: phrases are too much alike to tell how strangers are understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    chances: Doubles
    """Of the classes; the last is none of them."""
    trust: float
    """The chance that the best of the others is right."""


def blended(words: Doubles, meaning: Doubles, trust: float, known: float, of: Trust) -> Blend:
    """Join the chances of the same classes; `trust` is that of the first head's best, `known` the share of words."""
    joined = softmax((1 - SHARE) * np.log(words + FLOOR) + SHARE * np.log(meaning + FLOOR))
    return Blend(chances=joined, trust=float(of.chance(signs_of(joined, words, meaning, trust, known))))


def signs_of(joined: Doubles, words: Doubles, meaning: Doubles, trust: float, known: float) -> Doubles:
    """Return what speaks for the best class: words, the last class, strange words and meaning.

    Strange words speak *for* it once the rest is said: they have lowered the trust in the first head already.
    """
    best = int(joined[:-1].argmax())
    first = trust if words[:-1].argmax() == best else OTHERWISE * min(trust, 1 - trust)
    beyond = float(np.log(joined[-1] + 1e-6) - np.log(joined[best] + 1e-6))
    return np.array([_odds(first), beyond, 1 - known, _odds(float(meaning[best]))])


def _odds(chance: float) -> float:
    held = min(max(chance, FLOOR), 1 - FLOOR)
    return float(np.log(held / (1 - held)))
