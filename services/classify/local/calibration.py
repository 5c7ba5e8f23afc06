"""Scores become chances: a few numbers learned from rows the heads had not seen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
ROUNDS: Final = 30
SIGNS: Final = 6
STRETCH: Final = 1.25
SHIFT: Final = 0.45
"""A pack has each wording once, while customers repeat the common ones: so a phrase that is left out is harder to place
than what they write, and what it teaches is too modest. On 1,306 messages by five hands these two numbers set the
logarithmic odds right. Each hand judged by the other four: 1.24 to 1.38 and .43 to .60; these are on the safe side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharpness:
    """Chances of classes = softmax of their scores, times this."""

    factor: float

    @classmethod
    def fit(cls, scores: Doubles, labels: NDArray[np.integer], weights: Doubles) -> Sharpness:
        """Fit by Newton's method on `scores[row, class]` of rows that the scores had not seen."""
        factor, rows = 1.0, np.arange(len(labels))
        for _ in range(ROUNDS):
            chances = softmax(factor * scores)
            mean = (chances * scores).sum(axis=1)
            slope = weights @ (mean - scores[rows, labels]) + 1e-3 * factor
            curve = weights @ ((chances * scores**2).sum(axis=1) - mean**2) + 1e-3
            factor = min(max(factor - min(max(slope / curve, -3), 3), 0.05), 50)
        return cls(factor=float(factor))

    def chances(self, scores: Doubles) -> Doubles:
        """From `scores[..., class]` to chances of the same shape."""
        return softmax(self.factor * scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The chance that the best guess is right and in scope, from a few signs: a logistic curve."""

    centre: Doubles
    spread: Doubles
    weights: Doubles
    """The first is the constant."""

    @classmethod
    def fit(cls, signs: Doubles, right: NDArray[np.bool_], weights: Doubles) -> Trust:
        centre, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
        inputs = np.column_stack((np.ones(len(signs)), (signs - centre) / spread))
        found = np.zeros(inputs.shape[1])
        stiff = np.diag([1e-3] + [2.0] * signs.shape[1])
        smooth = np.where(right, (right.sum() + 1) / (right.sum() + 2), 1 / ((~right).sum() + 2))
        for _ in range(ROUNDS):
            chance = sigmoid(inputs @ found)
            slope = inputs.T @ (weights * (chance - smooth)) + stiff @ found
            curve = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + stiff
            found = found - np.clip(np.linalg.solve(curve, slope), -2, 2)
        return cls(centre=centre, spread=spread, weights=found)

    def for_messages(self) -> Trust:
        """Return it as what customers write wants it, when phrases that were left out have taught it."""
        shift = np.zeros_like(self.weights)
        shift[0] = SHIFT
        return replace(self, weights=self.weights * STRETCH + shift)

    def chance(self, signs: Doubles) -> Doubles:
        """From `signs[..., sign]` to `[...]`."""
        scaled = (signs - self.centre) / self.spread
        return sigmoid(self.weights[0] + scaled @ self.weights[1:])


def softmax(logits: Doubles) -> Doubles:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def sigmoid(logits: Doubles | float) -> Doubles:
    if isinstance(logits, float):  # a single number, which numpy takes ten times as long over
        return np.array(1 / (1 + math.exp(-min(max(logits, -40.0), 40.0))))
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -40, 40))))


def signs(chances: Doubles, closest: Doubles, known: Doubles) -> Doubles:
    """Return what speaks for the best in-scope class; the last class is the background.

    `closest[..., class]` is the similarity of the nearest phrase of each class, `known[..., block]` the shares of
    known terms.
    """
    served = chances[..., :-1]
    ranked = np.sort(served, axis=-1)[..., ::-1]
    best = ranked[..., 0]
    second = ranked[..., 1] if ranked.shape[-1] > 1 else np.zeros_like(best)
    own = np.where(served == best[..., None], closest[..., :-1], -1).max(axis=-1)
    odds = np.log(best + 1e-6) - np.log(1 - best + 1e-6)
    beyond = np.log(chances[..., -1] + 1e-6) - np.log(best + 1e-6)
    margin = np.log(best + 1e-6) - np.log(second + 1e-6)
    return np.stack((odds, beyond, margin, own, *np.moveaxis(known, -1, 0)), axis=-1)


def signs_of_one(chances: Doubles, closest: NDArray[np.floating[Any]], known: tuple[float, float]) -> Doubles:
    """Return `signs` of a single text: numpy takes far longer over a few numbers than they take to be compared."""
    served = chances[:-1].tolist()
    best = max(served)
    second = sorted(served)[-2] if len(served) > 1 else 0.0
    own = max(near for chance, near in zip(served, closest[:-1].tolist(), strict=True) if chance == best)
    odds = math.log(best + 1e-6) - math.log(1 - best + 1e-6)
    beyond = math.log(float(chances[-1]) + 1e-6) - math.log(best + 1e-6)
    margin = math.log(best + 1e-6) - math.log(second + 1e-6)
    return np.array((odds, beyond, margin, own, *known))
