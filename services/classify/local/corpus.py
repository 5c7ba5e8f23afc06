"""All phrases read at once: the same vectors as one by one, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.features import HALF, LONGEST, SHORTEST, Block, Vocabulary, stem
from services.classify.local.mending import OFTEN, Spellings, worth_knowing
from services.classify.local.rows import Floats, Ints, Rows, flat
from services.classify.local.sounds import sound
from services.classify.local.spelling import tokens

FEW: Final = 50
"""Phrases up to which even a piece seen once is kept."""
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    vocabulary: Vocabulary
    rows: Rows
    """One row per phrase."""
    spellings: Spellings
    known: NDArray[np.float64]
    """Shares of the words and of the pieces of each phrase that other phrases have too: `[phrase, block]`."""


def read(texts: Sequence[str]) -> Corpus:
    """Learn the terms of the texts, and weigh each text by them."""
    said = _Said.of(texts)
    words, letters = _words(said), _letters(said)
    at_least = 2 if len(texts) > FEW else 1
    stems, stem_shelf = _shelved(words, len(texts), 1)
    parts, part_shelf = _shelved(letters, len(texts), at_least)
    single = np.array([" " not in name for name in words.names], bool)
    return Corpus(
        vocabulary=Vocabulary(words=stems, letters=parts),
        rows=_rows([stem_shelf, part_shelf], [len(stems.ids), len(parts.ids)], len(texts)),
        spellings=Spellings.of(_frequent(said)),
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
    def of(cls, names: Sequence[str], owners: Places, terms: Places) -> _Finds:
        """Count; `owners` are the phrases in which the terms stand."""
        wide = np.int64(max(len(names), 1))
        found, counts = np.unique(owners * wide + terms, return_counts=True)
        owner, term = (part.astype(np.int32) for part in np.divmod(found, wide))
        phrases = np.bincount(term, minlength=len(names)).astype(np.int32)
        return cls(names=names, owners=owner, terms=term, counts=counts, phrases=phrases)

    def shared(self, texts: int, beyond: int, countable: Flags) -> NDArray[np.float64]:
        """Return, for each phrase, the share of its countable terms that stand in more than so many phrases."""
        every = self.owners[countable[self.terms]]
        some = self.owners[(countable & (self.phrases > beyond))[self.terms]]
        return np.bincount(some, minlength=texts) / np.maximum(np.bincount(every, minlength=texts), 1)


_Shelf = tuple[Ints, Ints, Floats]
"""Owners, columns and values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """The words of all phrases, one behind the other."""

    spelt: Sequence[str]
    """Each word once."""
    words: Ints
    lengths: NDArray[np.int64]
    """How many words each phrase has."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Said:
        documents = [tokens(text) for text in texts]
        ids: dict[str, int] = {}
        words = [ids.setdefault(word, len(ids)) for document in documents for word in document]
        return cls(
            spelt=list(ids),
            words=np.array(words, np.int32),
            lengths=np.array([len(document) for document in documents], np.int64),
        )


def _frequent(said: _Said) -> list[str]:
    """Return the words that many phrases have, the most frequent first, and then by the alphabet."""
    owners = np.repeat(np.arange(len(said.lengths)), said.lengths)
    finds = _Finds.of(said.spelt, owners, said.words.astype(np.int64))
    often = np.flatnonzero(finds.phrases >= OFTEN).tolist()
    worthy = [(-int(finds.phrases[word]), said.spelt[word]) for word in often if worth_knowing(said.spelt[word])]
    return [word for _, word in sorted(worthy)]


def _words(said: _Said) -> _Finds:
    """Find the stems, and the pairs of neighbours."""
    ids: dict[str, int] = {}
    stems = np.array([ids.setdefault(stem(word), len(ids)) for word in said.spelt], np.int64)[said.words]
    names, owners = list(ids), np.repeat(np.arange(len(said.lengths)), said.lengths)
    beside = owners[1:] == owners[:-1]
    pairs, places = np.unique(stems[:-1][beside] * len(names) + stems[1:][beside], return_inverse=True)
    lefts, rights = (part.tolist() for part in np.divmod(pairs, max(len(names), 1)))
    return _Finds.of(
        [*names, *(f"{names[left]} {names[right]}" for left, right in zip(lefts, rights, strict=True))],
        np.concatenate((owners, owners[1:][beside])),
        np.concatenate((stems, places + len(names))),
    )


def _letters(said: _Said) -> _Finds:
    """Find what `pieces` finds, of all words at once."""
    edged = [f" {sound(word)} " for word in said.spelt]
    text, sizes = "".join(edged), np.array([len(word) for word in edged], np.int64)
    names, owners, parts = _runs(text, np.repeat(np.cumsum(sizes), sizes))
    order = np.argsort(owners, kind="stable")
    ends = np.cumsum(sizes)
    of_word = np.searchsorted(owners[order], np.concatenate(([0], ends)))
    places, lengths = flat(of_word, said.words)
    phrases = np.repeat(np.repeat(np.arange(len(said.lengths)), said.lengths), lengths)
    return _Finds.of(names, phrases, parts[order][places])


def _runs(text: str, ends: Places) -> tuple[list[str], Places, Places]:
    """Return each run of characters once, and where one begins with the number of the run.

    `ends`: where the word of each character ends, which no run goes beyond.
    """
    _, signs = np.unique(np.frombuffer(text.encode("utf-32-le"), np.uint32), return_inverse=True)
    signs, wide = signs.astype(np.int64), int(signs.max(initial=0)) + 1
    names: list[str] = []
    owners, parts = [], []
    starts, runs = np.arange(len(text)), signs
    for size in range(2, LONGEST + 1):
        inside = starts + size <= ends[starts]
        starts = starts[inside]
        _, first, runs = np.unique(
            runs[inside] * wide + signs[starts + size - 1], return_index=True, return_inverse=True
        )
        if size >= SHORTEST:
            owners.append(starts)
            parts.append(runs + len(names))
            names += [text[at : at + size] for at in starts[first].tolist()]
    return names, np.concatenate(owners), np.concatenate(parts)


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


def _rows(ranges: Sequence[_Shelf], widths: Sequence[int], texts: int) -> Rows:
    """Join the blocks, each half of a row's length."""
    owners = np.concatenate([owners for owners, _, _ in ranges])
    order = np.argsort(owners, kind="stable")
    offsets = np.cumsum([0, *widths]).astype(np.int32)
    columns = np.concatenate([columns + offset for (_, columns, _), offset in zip(ranges, offsets, strict=False)])
    values = np.concatenate([values for _, _, values in ranges]) * HALF
    starts = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=texts))))
    return Rows(starts=starts, columns=columns[order], values=values[order], width=int(offsets[-1]))
