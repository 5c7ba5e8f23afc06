"""Languages the encoder was not taught, word by word in the languages of the phrases: enough to know what is asked."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from services.texts.foreign import foreign

_FILE: Final = Path(__file__).with_name("glossaries.toml")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_REST: Final = "*"
ENOUGH: Final = 0.5
"""Share of the words that must be known where letters or frequent words tell the language."""
TELLING: Final = 0.8
"""The same where nothing else tells it."""
A_SENTENCE: Final = 3
"""Words of one."""
_EVEN: Final = str.maketrans("қғңәөұүһієґ’ʼ", "кгнаоуухиег''")
"""Letters as those write them whose keyboard lacks them."""

Meanings = tuple[str, ...]
"""What a word means in each of the languages of the file, in its order."""


@dataclass(frozen=True, slots=True)
class Glossary:
    whole: Mapping[str, Meanings]
    beginnings: Mapping[str, Meanings]
    """Of words with any ending."""

    def meaning(self, word: str) -> Meanings | None:
        """Return what a word means by the longest entry that fits."""
        if (found := self.whole.get(word)) is not None:
            return found
        cuts = (word[:length] for length in range(len(word), 0, -1))
        return next((self.beginnings[cut] for cut in cuts if cut in self.beginnings), None)


def translations(text: str) -> list[str]:
    """Return a text in Russian and in English; nothing where it is in no language of the glossaries, or unclear."""
    words = [_even(word) for word in _WORD.findall(text)]
    code = foreign(text)
    if code is None and len(words) < A_SENTENCE:
        return []
    tried = _glossaries().values() if code is None else filter(None, [_glossaries().get(code)])
    read = [[(word, glossary.meaning(word)) for word in words] for glossary in tried]
    best = max(read, key=_known, default=[])
    if _known(best) < (TELLING if code is None else ENOUGH) * len(words):
        return []
    return [" ".join(_told(best, place)) for place in range(2)]


def _known(found: list[tuple[str, Meanings | None]]) -> int:
    return sum(meaning is not None for _, meaning in found)


def _told(found: list[tuple[str, Meanings | None]], place: int) -> Iterator[str]:
    """Give what is known in one language; names and loanwords stay."""
    for word, meaning in found:
        if told := word if meaning is None else meaning[place]:
            yield told


def _even(word: str) -> str:
    """Write a word without the signs above and below its letters, as many do."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in parts if not unicodedata.combining(char)).translate(_EVEN)


@cache
def _glossaries() -> Mapping[str, Glossary]:
    return {code: _glossary(words) for code, words in tomllib.loads(_FILE.read_text("utf-8")).items()}


def _glossary(words: Mapping[str, list[str]]) -> Glossary:
    whole: dict[str, Meanings] = {}
    beginnings: dict[str, Meanings] = {}
    for word, meanings in words.items():
        kind = beginnings if word.endswith(_REST) else whole
        kind.setdefault(_even(word.rstrip(_REST)), tuple(meanings))
    return Glossary(whole, beginnings)
