"""All that training leaves behind: what judging reads and the file keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from services.classify.local.calibration import Sharpness, Trust
from services.classify.local.features import Vector, Vocabulary
from services.classify.local.rows import Floats, Ints, Rows
from services.classify.verdict import UNKNOWN
from storage.records import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A phrase to learn. Label: the number of its scenario; one past the last scenario is the background."""

    text: str
    language: str
    label: int


def lessons(pack: Pack) -> tuple[Lesson, ...]:
    """Return the pack's phrases by label; the same words twice under one label teach nothing new."""
    return tuple(dict.fromkeys(_lessons(pack)))


def version(keys: Sequence[str], known: Iterable[Lesson]) -> str:
    """Name what is to be learned, whatever its order: an answer that was edited needs no new training."""
    taught = [list(keys), sorted((lesson.text, lesson.language, lesson.label) for lesson in known)]
    return sha256(json.dumps(taught).encode()).hexdigest()[:16]


def borders(known: tuple[Lesson, ...], classes: int) -> NDArray[np.int64]:
    return np.searchsorted([lesson.label for lesson in known], np.arange(classes + 1)).astype(np.int64)


def _lessons(pack: Pack) -> Iterator[Lesson]:
    for label, scenario in enumerate(pack.scenarios):
        for language, texts in sorted(scenario.phrases.items()):
            yield from (Lesson(text=text, language=language, label=label) for text in texts)
    for line in pack.background:
        yield Lesson(text=line.text, language=line.language, label=len(pack.scenarios))


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    version: str
    """Digest of the keys and lessons."""
    keys: tuple[str, ...]
    """Scenario keys; the class after the last one is the background."""
    lessons: tuple[Lesson, ...]
    borders: NDArray[np.int64]
    """The lessons of class `c` are those from `borders[c]` up to `borders[c + 1]`."""
    vocabulary: Vocabulary
    weights: Floats
    """One row per feature, one column per class."""
    bias: Floats
    postings: Rows
    """Which lessons hold a feature: one row per feature."""
    sharpness: Sharpness
    trust: Trust

    @property
    def classes(self) -> int:
        return len(self.keys) + 1

    def name(self, label: int) -> str:
        return self.keys[label] if label < len(self.keys) else UNKNOWN

    def similarities(self, vector: Vector) -> Floats:
        """Return the cosine to every lesson."""
        return cosines(self.postings, vector.columns, vector.values)

    def indexed(self, vector: Vector) -> float:
        """Return the similarity of a text to itself: the index leaves out what very many lessons hold."""
        held = self.postings.starts[vector.columns + 1] > self.postings.starts[vector.columns]
        return float(vector.values[held] @ vector.values[held])

    def linear(self, vector: Vector) -> Floats:
        """Return the scores of the classes."""
        return np.asarray(vector.values @ self.weights[vector.columns] + self.bias)


def cosines(postings: Rows, columns: Ints, values: Floats) -> Floats:
    """Return the products of one vector with every row, given which rows hold a column."""
    places, lengths = postings.flat(columns)
    products = postings.values[places] * np.repeat(values, lengths)
    return np.bincount(postings.columns[places], products, minlength=postings.width).astype(np.float32)


def closest(similarities: Floats, borders: NDArray[np.integer]) -> Floats:
    """Return, from `[..., lesson]`, the best of each class `[borders[c], borders[c + 1])`; 0 where it has none."""
    best = np.zeros((*similarities.shape[:-1], len(borders) - 1), np.float32)
    present = np.flatnonzero(np.diff(borders))
    if len(present):
        best[..., present] = np.maximum.reduceat(similarities, borders[present], axis=-1)
    return best
