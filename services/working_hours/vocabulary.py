"""The words of working hours, in Russian and English at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Each word in lower case; a phrase has single spaces between its words."""

    days: Mapping[str, int]
    """Monday is 1."""
    groups: Mapping[str, tuple[int, int]]
    months: Mapping[str, int]
    signs: Mapping[str, str]
    """Any other word, and what it stands for: closed, rest, whole, break, until or fill."""
    pattern: re.Pattern[str]
    """Finds any word or phrase, the longest first."""


@cache
def vocabulary() -> Vocabulary:
    """Return what is in `words.toml`."""
    found = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    signs = {word: sign for sign, words in found["words"].items() for word in words}
    known = {*found["days"], *found["groups"], *found["months"], *signs}
    longest_first = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(known, key=len, reverse=True))
    return Vocabulary(
        days=found["days"],
        groups={word: (first, last) for word, (first, last) in found["groups"].items()},
        months=found["months"],
        signs=signs,
        pattern=re.compile(rf"(?:{longest_first})(?![\w/])", re.IGNORECASE),
    )
