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
FEW: Final = 50
"""Phrases up to which even a piece seen once is kept."""
_RUSSIAN: Final = Stemmer.Stemmer("russian")
_ENGLISH: Final = Stemmer.Stemmer("english")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    stemmer = _RUSSIAN if CYRILLIC.search(word) else _ENGLISH
    return str(stemmer.stemWord(word))


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
    """The terms of one kind that were seen in training, and how telling each is."""

    ids: dict[str, int]
    weights: Floats

    @classmethod
    def learn(cls, documents: Sequence[Sequence[str]], at_least: int) -> Block:
        seen = Counter(term for terms in documents for term in set(terms))
        kept = sorted(term for term, count in seen.items() if count >= at_least)
        rarity = [1 + math.log((1 + len(documents)) / (1 + seen[term])) for term in kept]
        return cls(ids={term: place for place, term in enumerate(kept)}, weights=np.array(rarity, np.float32))

    def weigh(self, terms: Iterable[str]) -> tuple[Ints, Floats, float]:
        """Return ids, values of length 1 together, and the share of the terms' weight that is known."""
        counts = Counter(terms)
        known = [(self.ids[term], count) for term, count in counts.items() if term in self.ids]
        if not known:
            return np.zeros(0, np.int32), np.zeros(0, np.float32), 0.0
        known.sort()
        columns, found = np.array(known, np.int32).T
        values = (1 + np.log(found, dtype=np.float32)) * self.weights[columns]
        return columns, values / np.linalg.norm(values), len(known) / len(counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    columns: Ints
    values: Floats
    known: float
    """Share of the terms that were seen in training, 0 to 1."""


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

    def weigh(self, terms: Document) -> Vector:
        columns, values, known, offset = [], [], [], 0
        for block, here in zip(self.blocks, terms, strict=True):
            places, weights, share = block.weigh(here)
            columns.append(places + np.int32(offset))
            values.append(weights / np.float32(math.sqrt(len(self.blocks))))
            known.append(share)
            offset += len(block.ids)
        return Vector(columns=np.concatenate(columns), values=np.concatenate(values), known=sum(known) / len(known))
