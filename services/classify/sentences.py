"""What engines say of a message, in one short line for the team, and how that line is said anew in another language.

Apart from the engines, so that reading it is quick. A line is kept as it was said; whoever reads another language than
the team spoke then gets it in theirs. What a model says in its own words stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Final

FOLDER: Final = Path(__file__).parent
LOCAL: Final = FOLDER / "local" / "texts.toml"
MODEL: Final = FOLDER / "llm" / "texts.toml"
"""What is said about the word of a model, behind that word."""
Titles = Iterable[Mapping[str, str]]
"""What scenarios are called, each by language."""


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(LOCAL.read_text("utf-8"))


@lru_cache(maxsize=1)
def model_texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(MODEL.read_text("utf-8"))


def retold(told: str, language: str, titles: Titles = ()) -> str:
    """Return a line of an engine in a language; the words of a model, and what nobody knows, as they are."""
    for of, pattern, key in _patterns(local=True):
        if found := pattern.fullmatch(told):
            return told if of == language else _said(texts(), language, key, found, titles)
    for of, pattern, key in _patterns(local=False):
        if found := pattern.fullmatch(told):
            own = found["own"].strip()
            if of == language:
                return told
            behind = _said(model_texts(), language, key, found, titles)
            return f"{retold(own, language, titles)} {behind}" if own else behind
    return told


def _said(
    all_texts: Mapping[str, Mapping[str, str]], language: str, key: str, found: re.Match[str], titles: Titles
) -> str:
    words = all_texts.get(language) or all_texts["en"]
    fields = found.groupdict()
    if "title" in fields:
        fields["title"] = _title(fields["title"], language, titles)
    return words[key].format(**fields)


def _title(told: str, language: str, titles: Titles) -> str:
    """Return what a scenario of this title is called in a language; the title where nobody knows it."""
    return next((one.get(language) or told for one in titles if told in one.values()), told)


@lru_cache(maxsize=2)
def _patterns(*, local: bool) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return how each line is known again: those with the most words of their own first."""
    found = (
        (language, words, key)
        for language, of in (texts() if local else model_texts()).items()
        for key, words in of.items()
    )
    longest = sorted(found, key=lambda one: -sum(len(literal) for literal, *_ in Formatter().parse(one[1])))
    before = "" if local else "(?P<own>.*?)"
    return tuple(
        (language, re.compile(before + "".join(_pieces(words)), re.DOTALL), key) for language, words, key in longest
    )


def _pieces(words: str) -> Iterator[str]:
    for literal, field, *_ in Formatter().parse(words):
        yield re.escape(literal)
        if field:
            yield f"(?P<{field}>.+)"
