"""All that training leaves behind: what opinions are formed from and the file keeps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.classify.local.calibration import Sharpness, Trust
from services.classify.local.choices import Choice
from services.classify.local.features import Vector, Vocabulary
from services.classify.local.meaning import Meaning
from services.classify.local.mending import Spellings
from services.classify.local.rows import Floats, Ints, Rows
from services.classify.local.training_phrases import ClassRanges, Topic, TrainingPhrase
from services.classify.verdict import UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    version: str
    """Digest of the topics and phrases."""
    topics: tuple[Topic, ...]
    """The scenarios; the class after the last one is the background."""
    training_phrases: tuple[TrainingPhrase, ...]
    ranges: ClassRanges
    vocabulary: Vocabulary
    spellings: Spellings
    weights: Floats
    """One row per feature, one column per class."""
    bias: Floats
    postings: Rows
    """Which phrases hold a feature: one row per feature."""
    sharpness: Sharpness
    trust: Trust
    choices: tuple[Choice | None, ...]
    """One for each scenario; None where it has no answers to choose from."""
    choice_trust: Trust
    """The chance that the best answer is right, given the scenario is."""
    meaning: Meaning | None
    """None: learned without the encoder."""
    mute: NDArray[np.bool_]
    """Which phrases tell of no language: lines of the background whose words nobody else says ("asdf")."""

    @property
    def classes(self) -> int:
        return len(self.topics) + 1

    def name(self, label: int) -> str:
        return self.topics[label].key if label < len(self.topics) else UNKNOWN

    def similarities(self, vector: Vector) -> Floats:
        """Return the cosine to every phrase."""
        return cosines(self.postings, vector.columns, vector.values)

    def indexed(self, vector: Vector) -> float:
        """Return the similarity of a text to itself: the index leaves out what very many phrases hold."""
        held = self.postings.starts[vector.columns + 1] > self.postings.starts[vector.columns]
        return float(vector.values[held] @ vector.values[held])

    def linear(self, vector: Vector) -> Floats:
        """Return the scores of the classes."""
        return np.asarray(vector.values @ self.weights[vector.columns] + self.bias)


def mute(vocabulary: Vocabulary, postings: Rows, ranges: ClassRanges) -> NDArray[np.bool_]:
    """Return which phrases are of the background and share no word with another; what is very common is no word."""
    places, _ = postings.flat(np.flatnonzero(vocabulary.words.counts > 1))
    alone = np.ones(postings.width, bool)
    alone[postings.columns[places]] = False
    alone[: ranges.scenarios[-2]] = False
    return alone


def cosines(postings: Rows, columns: Ints, values: Floats) -> Floats:
    """Return the products of one vector with every row, given which rows hold a column."""
    places, lengths = postings.flat(columns)
    products = postings.values[places] * values.repeat(lengths)
    return np.bincount(postings.columns[places], products, minlength=postings.width).astype(np.float32)


def closest(similarities: Floats, borders: NDArray[np.integer]) -> Floats:
    """Return, from `[..., phrase]`, the best of each class `[borders[c], borders[c + 1])`; 0 where it has none."""
    best = np.zeros((*similarities.shape[:-1], len(borders) - 1), np.float32)
    present = (borders[1:] > borders[:-1]).nonzero()[0]
    if len(present):
        best[..., present] = np.maximum.reduceat(similarities, borders[present], axis=-1)
    return best
