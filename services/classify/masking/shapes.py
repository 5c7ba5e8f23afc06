"""What a thing to hide looks like, what is put in its place, and a cheap way to see that it cannot be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

BREAK: Final = r"[\r\n\v\f\x85\u2028\u2029]"
"""The end of a line; short lines of one customer are joined by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    hints: tuple[str, ...]
    """In lower case: where none of them stands in a text, the pattern is not tried. Empty: always tried."""
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]


def shape(hints: str, pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Shape:
    """Make one of words with blanks between and of a pattern that knows no case."""
    return Shape(hints=tuple(hints.split()), pattern=re.compile(pattern, re.IGNORECASE), replacement=replacement)


def hide(text: str, shapes: Sequence[Shape]) -> str:
    """Put the replacement of each shape, in their order, where it is found."""
    lower = text.lower()
    for each in shapes:
        if not each.hints or any(hint in lower for hint in each.hints):
            text = each.pattern.sub(each.replacement, text)
    return text


def one_of(words: str, *phrases: str) -> str:
    """Join words, with blanks between, and phrases into a group that matches any: the longest must come first."""
    return "(?:" + "|".join(_longest_first([*phrases, *words.split()])) + ")"


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
