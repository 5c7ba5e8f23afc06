"""An opinion in one or two sentences for the operator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from services.classify.local.opinion import Opinion, Phrase
from services.classify.sentences import texts
from services.classify.verdict import UNKNOWN

QUOTED: Final = 80


def reasoning(opinion: Opinion, language: str, titles: Mapping[str, str]) -> str:
    """Quote what is near and what stands against it; a scenario without a title goes by its key."""
    words = texts().get(language) or texts()["en"]
    return " ".join(_sentences(opinion, words, titles))


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
