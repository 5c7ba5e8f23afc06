"""Words as a search compares them: without case and endings, the same for both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import Stemmer

_WORD: Final = re.compile(r"[^\W_]+")
_CYRILLIC: Final = re.compile(r"[а-я]")
WORD_MOST: Final = 40
TEXT_MOST: Final = 10_000
"""Characters of a message that are looked at: more than Telegram lets anybody write."""


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text with their places."""
    return _WORD.finditer(text[:TEXT_MOST])


def stem(word: str) -> str:
    """Return a word without its ending."""
    return stems(word)


def stems(text: str) -> str:
    """Return what a text is found by: its stems in order, each once.

    A stemmer must not be used by two threads at once, so each call makes its own: a few microseconds.
    """
    russian, english = Stemmer.Stemmer("russian"), Stemmer.Stemmer("english")
    plain = (match[0].lower().replace("ё", "е")[:WORD_MOST] for match in words_of(text))
    found = ((russian if _CYRILLIC.search(word) else english).stemWord(word) for word in plain)
    return " ".join(dict.fromkeys(found))
