"""All phrases read at once: the same vectors as one by one, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.features import HALF, Block, Vocabulary, pieces, word_terms
from services.classify.local.rows import Floats, Ints, Rows
from services.classify.local.sounds import sound
from services.classify.local.spelling import tokens

FEW: Final = 50
"""Phrases up to which even a piece seen once is kept."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    vocabulary: Vocabulary
    rows: Rows
    """One row per phrase."""
    known: NDArray[np.float64]
    """Shares of the words and of the pieces of each phrase that other phrases have too: `[phrase, block]`."""


def read(texts: Sequence[str]) -> Corpus:
    """Learn the terms of the texts, and weigh each text by them."""
    documents = [tokens(text) for text in texts]
    words, letters = _words(documents), _letters(documents)
    at_least = 2 if len(texts) > FEW else 1
    stems, stem_shelf = _shelved(words, len(texts), 1)
    parts, part_shelf = _shelved(letters, len(texts), at_least)
    single = np.array([" " not in name for name in words.names], bool)
    return Corpus(
        vocabulary=Vocabulary(words=stems, letters=parts),
        rows=_rows([stem_shelf, part_shelf], [len(stems.ids), len(parts.ids)], len(texts)),
        known=np.column_stack(
            (words.shared(len(texts), 1, single), letters.shared(len(texts), 2, np.ones(len(letters.names), bool)))
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finds:
    """Which terms stand in which phrase, and how often."""

    names: Sequence[str]
    owners: Ints
    terms: Ints
    counts: NDArray[np.integer]
    phrases: Ints
    """In how many phrases each term stands."""

    @classmethod
    def of(cls, names: Sequence[str], terms: Ints, lengths: Sequence[int]) -> _Finds:
        wide = np.int64(max(len(names), 1))
        owners = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        found, counts = np.unique(owners * wide + terms, return_counts=True)
        owners, terms = (part.astype(np.int32) for part in np.divmod(found, wide))
        phrases = np.bincount(terms, minlength=len(names)).astype(np.int32)
        return cls(names=names, owners=owners, terms=terms, counts=counts, phrases=phrases)

    def shared(self, texts: int, beyond: int, countable: Flags) -> NDArray[np.float64]:
        """Return, for each phrase, the share of its countable terms that stand in more than so many phrases."""
        every = self.owners[countable[self.terms]]
        some = self.owners[(countable & (self.phrases > beyond))[self.terms]]
        return np.bincount(some, minlength=texts) / np.maximum(np.bincount(every, minlength=texts), 1)


_Shelf = tuple[Ints, Ints, Floats]
"""Owners, columns and values."""


def _words(documents: Iterable[Sequence[str]]) -> _Finds:
    ids: dict[str, int] = {}
    terms = [word_terms(words) for words in documents]
    places = [ids.setdefault(term, len(ids)) for some in terms for term in some]
    return _Finds.of(list(ids), np.array(places, np.int32), [len(some) for some in terms])


def _letters(documents: Iterable[Sequence[str]]) -> _Finds:
    ids: dict[str, int] = {}
    spelt: dict[str, Ints] = {}
    lengths, found = [], [np.zeros(0, np.int32)]
    for words in documents:
        for word in words:
            if word not in spelt:
                spelt[word] = np.array([ids.setdefault(piece, len(ids)) for piece in pieces(sound(word))], np.int32)
        here = [spelt[word] for word in words]
        lengths.append(sum(map(len, here)))
        found += here
    return _Finds.of(list(ids), np.concatenate(found), lengths)


def _shelved(finds: _Finds, texts: int, at_least: int) -> tuple[Block, _Shelf]:
    """Keep the terms of at least so many phrases, in the order of the alphabet."""
    often = np.flatnonzero(finds.phrases >= at_least).tolist()
    kept = np.array(sorted(often, key=finds.names.__getitem__), np.int32)
    block = Block.of([finds.names[term] for term in kept], finds.phrases[kept], texts)
    place = np.full(len(finds.names), -1, np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    columns = place[finds.terms]
    known = columns >= 0
    owners, columns = finds.owners[known], columns[known]
    values = block.values(columns, finds.counts[known])
    strange = np.bincount(finds.owners[~known], minlength=texts)
    squares = np.bincount(owners, values**2, minlength=texts) + strange * block.strangeness
    return block, (owners, columns, (values / np.sqrt(squares)[owners]).astype(np.float32))


def _rows(shelves: Sequence[_Shelf], widths: Sequence[int], texts: int) -> Rows:
    """Join the blocks, each half of a row's length."""
    owners = np.concatenate([owners for owners, _, _ in shelves])
    order = np.argsort(owners, kind="stable")
    offsets = np.cumsum([0, *widths]).astype(np.int32)
    columns = np.concatenate([columns + offset for (_, columns, _), offset in zip(shelves, offsets, strict=False)])
    values = np.concatenate([values for _, _, values in shelves]) * HALF
    starts = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=texts))))
    return Rows(starts=starts, columns=columns[order], values=values[order], width=int(offsets[-1]))
