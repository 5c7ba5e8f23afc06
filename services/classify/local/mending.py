"""A misspelt word that nobody taught is read as the word of the phrases that it nearly is: `acount` is `account`.

Pieces of words forgive a typo to the words' head; the encoder, which cuts words in its own way, does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.classify.local.features import Block, stem
from services.classify.local.spelling import LONGEST

OFTEN: Final = 4
"""A word of fewer phrases is not what others are taken for."""
SHORTEST: Final = 5
"""Letters of a word that others are taken for, and of a slip, unless that has lost one."""
EXCHANGED: Final = 6
"""A word with one letter for another has at least so many: shorter ones have too many neighbours."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_APOSTROPHES: Final = "'’"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    words: tuple[str, ...]
    """What many phrases say, the most frequent first."""
    ranges: Mapping[tuple[str, int], Sequence[str]]
    """The same by first letter, which people hardly ever mistake, and length."""

    @classmethod
    def of(cls, words: Sequence[str]) -> Spellings:
        ranges: dict[tuple[str, int], list[str]] = {}
        for word in words:
            ranges.setdefault((word[0], len(word)), []).append(word)
        return cls(words=tuple(words), ranges=ranges)

    def mended(self, text: str, known: Block) -> str:
        """Return the text with its misspelt words as they are written; `known` are the stems that were taught."""
        if len(text) > LONGEST:
            return text
        return _WORD.sub(lambda found: self._mended(found.group(), known), text)

    def _mended(self, said: str, known: Block) -> str:
        word = said.lower().replace("ё", "е")
        if len(word) < SHORTEST - 1 or any(mark in word for mark in _APOSTROPHES) or stem(word) in known.ids:
            return said
        return next((other for other in self._alike(word) if _one_slip(word, other)), said)

    def _alike(self, word: str) -> Iterator[str]:
        """Yield those of about its length: the same first, then what lost a letter, then what has one too many."""
        for length in (len(word), len(word) + 1, len(word) - 1):
            yield from self.ranges.get((word[0], length), ())


def worth_knowing(word: str) -> bool:
    """Whether other words may be taken for this one."""
    return len(word) >= SHORTEST and word.isalpha()


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter is missing, too many, wrong, or two neighbours stand the wrong way round."""
    at = next((place for place, (left, right) in enumerate(zip(word, other, strict=False)) if left != right), None)
    if at is None:
        return len(word) != len(other)
    if len(word) != len(other):
        longer, shorter = sorted((word, other), key=len, reverse=True)
        return longer[at + 1 :] == shorter[at:]
    if word[at + 1 :] == other[at + 1 :]:
        return len(word) >= EXCHANGED
    return word[at : at + 2] == other[at : at + 2][::-1] and word[at + 2 :] == other[at + 2 :]
