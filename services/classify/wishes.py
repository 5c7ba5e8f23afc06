"""Whether somebody asks for a person in so many words: read beside the engines, so that none can overrule it.

The words stand in `wishes.toml`. A wish that is declined ("no operator, please") is taken out before the rest is read.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

PERSON: Final = "HUMAN_OPERATOR"
"""The scenario of the starter pack that asks for a person."""
_FILE: Final = Path(__file__).with_name("wishes.toml")
_COMMAND: Final = re.compile(r"(?<!\S)/operator\b")
_NOT_A_WORD: Final = re.compile(r"[^\w]+")


def asks_for_person(text: str) -> bool:
    """Return whether these words ask for a person rather than the bot."""
    lowered = text.lower().replace("ё", "е")
    if _COMMAND.search(lowered):
        return True
    said = _NOT_A_WORD.sub(" ", lowered).strip()
    return any(asks.search(declines.sub(" ", said).strip()) for asks, declines in _languages())


def declines_person(text: str) -> bool:
    """Return whether these words say that no person is wanted, and none do the contrary."""
    said = _NOT_A_WORD.sub(" ", text.lower().replace("ё", "е")).strip()
    return any(declines.search(said) for _, declines in _languages()) and not asks_for_person(text)


@cache
def _languages() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return what asks and what declines, for each language."""
    document = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple((_any(language, "asks"), _any(language, "declines")) for language in document.values())


def _any(language: dict[str, dict[str, str] | list[str]], kind: str) -> re.Pattern[str]:
    words, patterns = language["words"], language[kind]
    if not isinstance(words, dict) or not isinstance(patterns, list):
        raise TypeError(f"{_FILE.name}: words is a table, {kind} a list")
    return re.compile("|".join(rf"(?:{_spelled(pattern, words)})" for pattern in patterns))


def _spelled(pattern: str, words: dict[str, str]) -> str:
    """Put the named groups of words in: `<person>` stands for any of them, whole."""
    return re.sub(r"<(\w+)>", lambda name: rf"\b(?:{words[name[1]]})\b", pattern)
