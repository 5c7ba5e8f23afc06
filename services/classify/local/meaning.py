"""The second head: it scores scenarios and answers by what a text means, not by its words.

Half learned and half remembered: a regression that says what the phrases of an answer have in common, and beside it the
nearest phrase of each answer, for what is asked rarely and has nothing in common with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.axes import reduced
from services.classify.local.calibration import Doubles, softmax
from services.classify.local.rows import Floats, Ints
from services.classify.local.training_phrases import ClassRanges, TrainingPhrase

NEAREST: Final = 0.3
"""Weight of the nearest phrases beside the regression; nothing where phrases are few, and so seldom near."""
FIRST: Final = 128
"""Axes along which nearness is measured."""
KEENNESS: Final = 25.0
"""How much more likely a nearer phrase is: this times the difference of the cosines."""
UNKNOWN: Final = np.float32(-1)
"""How near an answer without phrases is."""
TINY: Final = 1e-6
PACE: Final = 5.0
MOMENTUM: Final = 0.9
DECAY: Final = np.float32(1e-5)
BATCH: Final = 256
ROUNDS: Final = 10
STEPS: Final = 500
"""A small pack takes more rounds, until it has taken so many steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a text means to each place of `ClassRanges.answers`, the background last."""

    chances: Doubles
    near: Floats
    """How near the nearest phrase is: the cosine of what both mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """Multinomial and logistic."""

    centre: Floats
    scale: np.float32
    weights: Floats
    """One row per dimension, one column per class."""
    bias: Floats

    def chances(self, vector: Floats) -> Doubles:
        scores = (vector - self.centre) * self.scale @ self.weights + self.bias
        return softmax(scores.astype(float))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The classes of both halves are the places of `ClassRanges.answers`."""

    regression: Regression
    share: float
    """Weight of the nearest phrases."""
    phrases: Floats
    """What each phrase means along the first axes, of length 1."""
    doubts: Floats
    """What phrases lose of their nearness that weigh less than others."""
    borders: NDArray[np.int64]
    """Where the phrases of each class begin, and the end of the last."""

    @classmethod
    def remembering(
        cls, regression: Regression, phrases: Floats, training_phrases: Sequence[TrainingPhrase], ranges: ClassRanges
    ) -> Meaning:
        """Put it beside the phrases that it was learned from."""
        doubts = (-np.log(np.maximum(_heft(training_phrases), TINY)) / KEENNESS).astype(np.float32)
        share = 0.0 if ranges.sparse else NEAREST
        return cls(regression=regression, share=share, phrases=phrases, doubts=doubts, borders=ranges.answers)

    def of(self, vector: Floats) -> Meant:
        """From what the encoder makes of one text."""
        small = reduced(vector)
        near = _nearest(self.phrases @ _direction(small) - self.doubts, self.borders)
        alike = softmax(KEENNESS * near.astype(float))
        chances = self.regression.chances(small)
        joined = (1 - self.share) * np.log(chances + TINY) + self.share * np.log(alike + TINY)
        return Meant(chances=softmax(joined), near=near)


def taught(vectors: Floats, training_phrases: Sequence[TrainingPhrase], ranges: ClassRanges) -> Meaning:
    """Learn by gradient descent in small batches: well below a second, where a solver takes a minute."""
    places = np.array([int(ranges.first[phrase.label]) + phrase.answer for phrase in training_phrases], np.int32)
    small = reduced(vectors)
    centre = small.mean(axis=0)
    inputs = small - centre
    scale = np.float32(1 / np.sqrt(max(float((inputs**2).sum(axis=1).mean()), 1e-6)))
    weights, bias = _descended(inputs * scale, places, int(ranges.first[-1]), _heft(training_phrases))
    regression = Regression(centre=centre, scale=scale, weights=weights, bias=bias)
    phrases = _direction(small).astype(np.float16).astype(np.float32)  # as they will come back from the file
    return Meaning.remembering(regression, phrases, training_phrases, ranges)


def _heft(training_phrases: Sequence[TrainingPhrase]) -> Floats:
    return np.array([phrase.weight for phrase in training_phrases], np.float32)


def _direction(small: Floats) -> Floats:
    """Return them along the first axes with the length 1, and nothing as nothing."""
    some = small[..., :FIRST]
    return np.asarray(some / np.maximum(np.linalg.norm(some, axis=-1, keepdims=True), np.float32(TINY)))


def _nearest(similarities: Floats, borders: NDArray[np.int64]) -> Floats:
    near = np.full(len(borders) - 1, UNKNOWN)
    present = np.flatnonzero(np.diff(borders))
    if len(present):
        near[present] = np.maximum.reduceat(similarities, borders[present])
    return near


def _descended(inputs: Floats, places: Ints, classes: int, heft: Floats) -> tuple[Floats, Floats]:
    dice = np.random.default_rng(0)
    weights, bias = np.zeros((inputs.shape[1], classes), np.float32), np.zeros(classes, np.float32)
    push, bias_push = np.zeros_like(weights), np.zeros_like(bias)
    a_round = -(-len(inputs) // BATCH)
    steps = a_round * max(ROUNDS, -(-STEPS // a_round))
    batches = (part for _ in range(steps) for part in np.array_split(dice.permutation(len(inputs)), a_round))
    for step, part in zip(range(steps), batches, strict=False):
        some = inputs[part]
        wrong = _chances(some @ weights + bias)
        wrong[np.arange(len(part)), places[part]] -= 1
        wrong *= heft[part, None]
        wrong *= np.float32(PACE * (1 - step / steps) / len(part))
        push = MOMENTUM * push - some.T @ wrong - np.float32(PACE * (1 - step / steps)) * DECAY * weights
        bias_push = MOMENTUM * bias_push - wrong.sum(axis=0)
        weights, bias = weights + push, bias + bias_push
    return weights, bias


def _chances(scores: Floats) -> Floats:
    """Return what `softmax` does, in half of the precision and of the time."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
