"""An opinion in one or two sentences for the operator."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from services.classify.local.opinion import Opinion, Phrase
from services.classify.verdict import UNKNOWN

TEXTS: Final = Path(__file__).with_name("texts.toml")
QUOTED: Final = 80


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(TEXTS.read_text("utf-8"))


def reasoning(opinion: Opinion, language: str, titles: Mapping[str, str]) -> str:
    """Quote what is near and what stands against it; a scenario without a title goes by its key."""
    words = texts().get(language) or texts()["en"]
    return " ".join(_sentences(opinion, words, titles))


def language_of(told: str) -> str | None:
    """Return the language in which this engine has said something; None for the words of another.

    A team that has changed its language would read a card in two.
    """
    return next((language for language, heads in _heads().items() if told.startswith(heads)), None)


@lru_cache(maxsize=1)
def _heads() -> Mapping[str, tuple[str, ...]]:
    """Return how its sentences begin: up to what is filled in."""
    return {language: tuple(words.partition("{")[0] for words in of.values()) for language, of in texts().items()}


def _sentences(opinion: Opinion, words: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[str]:
    if not opinion.guesses:
        yield words["no_scenarios"]
        return
    if not opinion.in_scope:
        yield words["out_of_scope"]
    yield _nearest(opinion.nearest_phrases, words)
    if opinion.against is not None:
        rival = opinion.against.scenario
        pattern = words["rival_background" if rival == UNKNOWN else "rival"]
        yield _filled(pattern, opinion.against, title=titles.get(rival, rival))


def _nearest(phrases: tuple[Phrase, ...], words: Mapping[str, str]) -> str:
    if not phrases:
        return words["nothing_near"]
    key = "nearest" if len(phrases) == 1 else "nearest_two"
    return _filled(words[key], *phrases[:2])


def _filled(pattern: str, phrase: Phrase, other: Phrase | None = None, *, title: str = "") -> str:
    return pattern.format(
        phrase=_quoted(phrase.text),
        other=_quoted(other.text) if other else "",
        title=title,
        similarity=round(phrase.similarity * 100),
    )


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}…"
