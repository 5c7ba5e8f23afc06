"""Phrases of a whole pack side by side: the same words must not teach two things."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from services.classify.examples import words
from services.scenarios.packs.problems import Problem

ENOUGH: Final = 12
"""Phrases in one language from which some messages are answered without a question back."""


class Phrase(NamedTuple):
    """A phrase, what it teaches (a scenario key, or the background) and where it stands."""

    text: str
    teaches: str
    file: str
    line: int


def same_words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def contradictions(phrases: Iterable[Phrase]) -> Iterator[Problem]:
    """Report the second of two like phrases: an error when they teach two things, a notice when they teach one."""
    first: dict[str, Phrase] = {}
    meant: dict[str, Phrase] = {}
    for phrase in phrases:
        written = same_words(phrase.text)
        same = first.setdefault(written, phrase)
        # Marks make two phrases of one, but not two meanings; where there is nothing else, they are the phrase.
        like = meant.setdefault(words(phrase.text) or written, phrase)
        if like.teaches != phrase.teaches:
            yield _clash(like, phrase)
        elif same is not phrase:
            yield _clash(same, phrase)


def _clash(earlier: Phrase, phrase: Phrase) -> Problem:
    place = f"{earlier.file}:{earlier.line}"
    if earlier.teaches == phrase.teaches:
        message, fix = f"{_quoted(phrase.text)} stands already at {place}", "remove one of them"
        return Problem(file=phrase.file, line=phrase.line, message=message, fix=fix, severity="notice")
    message = f"{_quoted(phrase.text)} teaches {phrase.teaches} here and {earlier.teaches} at {place}"
    return Problem(
        file=phrase.file, line=phrase.line, message=message, fix="keep it where it belongs, remove the other"
    )


def _quoted(text: str, limit: int = 60) -> str:
    return f'"{text if len(text) <= limit else text[:limit] + "…"}"'
