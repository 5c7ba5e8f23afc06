"""Text as a sparse vector: stems of words and pairs of words; and pieces of words, the defence against typos."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import Stemmer
from numpy.typing import NDArray

from services.classify.local.rows import Floats, Ints
from services.classify.local.sounds import sound
from services.classify.local.spelling import CYRILLIC, tokens

SHORTEST, LONGEST = 2, 4
STRANGE: Final = 0.25
"""Weight of an unknown term in a text's length: one known piece of gibberish must not pass for all of a message."""
_RUSSIAN: Final = Stemmer.Stemmer("russian")
_ENGLISH: Final = Stemmer.Stemmer("english")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the stem as it sounds: a Russian word in Latin letters, once spelled back, has the same."""
    stemmer = _RUSSIAN if CYRILLIC.search(word) else _ENGLISH
    return sound(str(stemmer.stemWord(word)))


def word_terms(words: Sequence[str]) -> list[str]:
    stems = [stem(word) for word in words]
    return stems + [f"{left} {right}" for left, right in pairwise(stems)]


def pieces(word: str) -> tuple[str, ...]:
    """Every run of 2 to 4 characters of a word with its borders; a shorter word once, whole."""
    edged = f" {word} "
    sizes = range(SHORTEST, min(LONGEST, len(edged)) + 1)
    return tuple(edged[at : at + size] for size in sizes for at in range(len(edged) - size + 1))


KEPT_WORDS: Final = 8192
"""Words whose pieces are remembered: customers write the same ones all day."""
NOWHERE: Final = np.zeros(0, np.int32)
ONCE: Final = np.ones(1, bool)
HALF: Final = np.float32(math.sqrt(0.5))
"""Either block is half of a vector's squared length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The terms of one kind that were seen in training."""

    ids: dict[str, int]
    counts: Ints
    """In how many phrases each was seen."""
    weights: Floats
    """How telling each is."""
    rarest: float
    """How telling a term would be that was never seen."""

    @classmethod
    def of(cls, terms: Sequence[str], counts: Ints, phrases: int) -> Block:
        rarest = 1 + math.log(1 + phrases)
        weights = (rarest - np.log1p(counts)).astype(np.float32)
        ids = {term: place for place, term in enumerate(terms)}
        return cls(ids=ids, counts=counts, weights=weights, rarest=rarest)

    @property
    def strangeness(self) -> float:
        """Return what an unknown term adds to the squared length."""
        return STRANGE * self.rarest**2

    def values(self, columns: Ints, found: NDArray[np.integer]) -> Floats:
        """Weigh columns that were found so many times each."""
        return np.asarray((1 + np.log(found, dtype=np.float32)) * self.weights[columns])

    def places(self, terms: Sequence[str]) -> Ints:
        """Return the columns of the known terms, as often as they occur."""
        ids = self.ids
        return np.array([ids[term] for term in terms if term in ids], np.int32)

    def strange(self, terms: Iterable[str]) -> frozenset[str]:
        return frozenset(term for term in terms if term not in self.ids)

    def weigh(self, places: Ints, strange: int) -> tuple[Ints, Floats]:
        """Return the columns and their values, of length 1 together with so many unknown terms."""
        if not len(places):
            return places, np.zeros(0, np.float32)
        columns, found = _counted(places)
        values = self.values(columns, found)
        return columns, values / np.float32(math.sqrt(float(values @ values) + strange * self.strangeness))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    columns: Ints
    values: Floats
    known: tuple[float, float]
    """Share of the words, and of the pieces, that were seen in training: 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    words: Block
    letters: Block
    spelt: dict[str, tuple[Ints, frozenset[str]]] = field(default_factory=dict, repr=False, compare=False)
    """Words met lately: the columns of their known pieces, and the unknown pieces."""

    def read(self, text: str) -> Vector:
        words = tokens(text)
        terms, spelt = word_terms(words), [self._spelt(word) for word in words]
        stems, stem_values = self.words.weigh(self.words.places(terms), len(self.words.strange(terms)))
        strange = len(frozenset[str]().union(*(unknown for _, unknown in spelt)))
        pieces, piece_values = self.letters.weigh(np.concatenate([NOWHERE, *(places for places, _ in spelt)]), strange)
        single = tuple(set(terms[: len(words)]))
        return Vector(
            columns=np.concatenate((stems, pieces + np.int32(len(self.words.ids)))),
            values=np.concatenate((stem_values, piece_values)) * HALF,
            known=(
                _share(len(self.words.places(single)), len(single)),
                _share(int(np.count_nonzero(self.letters.counts[pieces] > 1)), len(pieces) + strange),
            ),
        )

    def _spelt(self, word: str) -> tuple[Ints, frozenset[str]]:
        known = self.spelt.get(word)
        if known is None:
            if len(self.spelt) >= KEPT_WORDS:
                self.spelt.clear()
            parts = pieces(sound(word))
            known = self.spelt[word] = (self.letters.places(parts), self.letters.strange(parts))
        return known


def _counted(places: Ints) -> tuple[Ints, NDArray[np.int64]]:
    """Return what occurs and how often: `np.unique` without its ceremony, which costs more than the work here."""
    ordered = np.sort(places)
    first = np.concatenate((ONCE, ordered[1:] != ordered[:-1])).nonzero()[0]
    found = np.empty_like(first)
    found[:-1], found[-1] = first[1:], len(ordered)
    return ordered[first], found - first


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
