"""What engines say of a message, in one short line for the team.

Apart from the engines, so that reading it is quick. Their grounds are kept, and worded in the language of whoever reads
them. Of verdicts from before grounds were kept there is the line as it was said, which is known again by its words and
said anew. What a model says in its own words stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Final

from services.classify.grounds import SAID, Ground, Grounds, decode
from services.classify.verdict import Verdict
from storage.records import StoredVerdict

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


def worded(grounds: Grounds, language: str, titles: Titles = ()) -> str:
    """Return grounds as one line; a scenario by its title in that language, where that is known."""
    return " ".join(_sentence(one, language, titles) for one in grounds)


def because(verdict: Verdict, language: str, *grounds: Ground) -> Verdict:
    """Return a verdict on other grounds. `language`: the team's."""
    return replace(verdict, grounds=grounds, reasoning=worded(grounds, language))


def told_of(verdict: StoredVerdict, language: str, titles: Titles = ()) -> str:
    """Return why a verdict was given, in a language."""
    grounds = decode(verdict.grounds)
    return worded(grounds, language, titles) if grounds else retold(verdict.reasoning, language, titles)


def retold(told: str, language: str, titles: Titles = ()) -> str:
    """Return a line from before grounds were kept; the words of a model, and what nobody knows, as they are."""
    for of, pattern, key in _patterns(local=True):
        if found := pattern.fullmatch(told):
            return told if of == language else _sentence(Ground(key, found.groupdict()), language, titles)
    for of, pattern, key in _patterns(local=False):
        if found := pattern.fullmatch(told):
            own = found["own"].strip()
            if of == language:
                return told
            fields = {name: words for name, words in found.groupdict().items() if name != "own"}
            behind = _sentence(Ground(key, fields), language, titles)
            return f"{retold(own, language, titles)} {behind}" if own else behind
    return told


def _sentence(one: Ground, language: str, titles: Titles) -> str:
    if one.key == SAID:
        return one.fields["text"]
    all_texts = texts() if one.key in texts()["en"] else model_texts()
    words = all_texts.get(language) or all_texts["en"]
    fields = dict(one.fields)
    if "title" in fields:
        fields["title"] = _title(fields["title"], language, titles)
    return words[one.key].format(**fields)


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
