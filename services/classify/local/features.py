"""Text as a sparse vector: stems of words and pairs of words; and pieces of words, the defence against typos."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import Stemmer

from services.classify.local.rows import Floats, Ints
from services.classify.local.sounds import sound
from services.classify.local.spelling import CYRILLIC, tokens

SHORTEST, LONGEST = 2, 4
STRANGE: Final = 0.25
"""Weight of an unknown term in a text's length: one known piece of gibberish must not pass for all of a message."""
FEW: Final = 50
"""Phrases up to which even a piece seen once is kept."""
_RUSSIAN: Final = Stemmer.Stemmer("russian")
_ENGLISH: Final = Stemmer.Stemmer("english")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return the stem as it sounds: a Russian word in Latin letters, once spelled back, has the same."""
    stemmer = _RUSSIAN if CYRILLIC.search(word) else _ENGLISH
    return sound(str(stemmer.stemWord(word)))


def word_terms(words: Sequence[str]) -> list[str]:
    stems = [stem(word) for word in words]
    return stems + [f"{left} {right}" for left, right in pairwise(stems)]


def letter_terms(words: Sequence[str]) -> list[str]:
    return [piece for word in words for piece in pieces(sound(word))]


@lru_cache(maxsize=2048)
def pieces(word: str) -> tuple[str, ...]:
    """Every run of 2 to 4 characters of a word with its borders; a shorter word once, whole."""
    edged = f" {word} "
    sizes = range(SHORTEST, min(LONGEST, len(edged)) + 1)
    return tuple(edged[at : at + size] for size in sizes for at in range(len(edged) - size + 1))


BLOCKS: Final = (word_terms, letter_terms)
Document = tuple[list[str], ...]
"""The terms of a text, block by block."""


def document(text: str) -> Document:
    words = tokens(text)
    return tuple(terms(words) for terms in BLOCKS)


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
    def learn(cls, documents: Sequence[Sequence[str]], at_least: int) -> Block:
        seen = Counter(term for terms in documents for term in set(terms))
        kept = sorted(term for term, count in seen.items() if count >= at_least)
        return cls.of(kept, np.array([seen[term] for term in kept], np.int32), len(documents))

    @classmethod
    def of(cls, terms: Sequence[str], counts: Ints, phrases: int) -> Block:
        rarest = 1 + math.log(1 + phrases)
        weights = (rarest - np.log1p(counts)).astype(np.float32)
        ids = {term: place for place, term in enumerate(terms)}
        return cls(ids=ids, counts=counts, weights=weights, rarest=rarest)

    def weigh(self, terms: Iterable[str]) -> tuple[Ints, Floats]:
        """Return the known terms and their values, of length 1 together with the unknown ones."""
        counts = Counter(terms)
        known = sorted((self.ids[term], count) for term, count in counts.items() if term in self.ids)
        if not known:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        columns, found = np.array(known, np.int32).T
        values = (1 + np.log(found, dtype=np.float32)) * self.weights[columns]
        strange = (len(counts) - len(known)) * STRANGE * self.rarest**2
        return columns, values / np.float32(math.sqrt(float(values @ values) + strange))

    def known(self, terms: set[str], beyond: int) -> float:
        """Return the share of terms that were seen in more than so many phrases."""
        places = [self.ids[term] for term in terms if term in self.ids]
        return np.count_nonzero(self.counts[places] > beyond) / len(terms) if places else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    columns: Ints
    values: Floats
    known: tuple[float, float]
    """Share of the words, and of the pieces, that were seen in training: 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    blocks: tuple[Block, ...]

    @classmethod
    def learn(cls, documents: Sequence[Document]) -> Vocabulary:
        at_least = (1, 2) if len(documents) > FEW else (1, 1)
        columns = zip(*documents, strict=True) if documents else ((),) * len(BLOCKS)
        return cls(blocks=tuple(Block.learn(terms, least) for terms, least in zip(columns, at_least, strict=True)))

    @property
    def width(self) -> int:
        return sum(len(block.ids) for block in self.blocks)

    def read(self, text: str) -> Vector:
        return self.weigh(document(text))

    def weigh(self, terms: Document, *, own: bool = False) -> Vector:
        """Weigh the terms of a text; `own`: it is one of the phrases learned from, and does not know itself."""
        columns, values, offset = [], [], 0
        for block, here in zip(self.blocks, terms, strict=True):
            places, weights = block.weigh(here)
            columns.append(places + np.int32(offset))
            values.append(weights / np.float32(math.sqrt(len(self.blocks))))
            offset += len(block.ids)
        words, pieces = {term for term in terms[0] if " " not in term}, set(terms[1])
        known = (self.blocks[0].known(words, int(own)), self.blocks[1].known(pieces, 1 + int(own)))
        return Vector(columns=np.concatenate(columns), values=np.concatenate(values), known=known)
