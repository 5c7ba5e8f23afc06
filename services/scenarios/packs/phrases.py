"""Phrases of a whole pack side by side: the same words must not teach two things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from services.scenarios.packs.problems import Problem

_MARKS: Final = re.compile(r"[^\w\s]+")


class Phrase(NamedTuple):
    """A phrase, what it teaches (a scenario key, or the background) and where it stands."""

    text: str
    teaches: str
    file: str
    line: int


def same_words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def bare_words(text: str) -> str:
    """Leave out the marks as well: they make two phrases of one, but not two meanings."""
    return same_words(_MARKS.sub(" ", text)) or same_words(text)


def contradictions(phrases: Iterable[Phrase]) -> Iterator[Problem]:
    """Report the second of two like phrases: an error when they teach two things, a notice when they teach one."""
    first: dict[str, Phrase] = {}
    meant: dict[str, Phrase] = {}
    for phrase in phrases:
        same = first.setdefault(same_words(phrase.text), phrase)
        like = meant.setdefault(bare_words(phrase.text), phrase)
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
