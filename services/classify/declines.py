"""Clauses that decline: "the receipt is not needed" names a receipt and asks for none.

The words stand in `declines.toml`. A clause is what stands between marks of punctuation and words such as "but". What a
question or a condition says ("if I don't need it, can I…") declines nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import Stemmer

from services.classify.matters import asks

_FILE: Final = Path(__file__).with_name("declines.toml")
_CLAUSE: Final = re.compile(
    r"[.!?;…\n,]+|\s[-–—]+\s|\s(?=(?:но|а|зато|однако|лучше|просто|but|just|though|instead)\s)"
    r"|\s(?=(?:и|and)\s+(?:(?:я|мне|мы|нам|i|we)\s+)?(?:не|no|not|don['’]?t|do\s+not)\s)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?…\n]+")
_NOT_A_WORD: Final = re.compile(r"[^\w]+")
_RUSSIAN: Final = Stemmer.Stemmer("russian")
_ENGLISH: Final = Stemmer.Stemmer("english")
_INFINITIVE: Final = re.compile(r"(ть|ти|чь)(ся)?$")
STEM: Final = 5
"""Letters of a stem that are compared: "отменяйте" and "отменить" mean the same action."""
SHORTEST: Final = 3
LONGEST: Final = 9
"""Words of a clause above which it says more than that something is declined."""

Kind = Literal["needless", "forbidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """A declining clause."""

    clause: str
    kind: Kind
    """`needless`: nobody has to do anything. `forbidden`: something may be under way that is not to be done."""
    stems: frozenset[str]
    """What is declined, as `stems` names it."""
    own: bool = False
    """It is something that the customer has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A message, taken apart."""

    declines: tuple[Decline, ...]
    rest: str
    """What else it says, in its own words; empty where it says nothing else."""

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for one in self.declines for stem in one.stems)

    @property
    def wants(self) -> bool:
        """Whether something is asked for beside the refusal."""
        said = _said(self.rest)
        return asks(self.rest) or any(words.wants.search(said) for words in _languages())

    @property
    def has_own(self) -> bool:
        """Whether something that the customer has is declined."""
        return any(one.own for one in self.declines)

    @property
    def is_light(self) -> bool:
        """Whether nothing has to be done about what is declined."""
        return all(one.kind == "needless" for one in self.declines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of one language."""

    hint: re.Pattern[str]
    needless: re.Pattern[str]
    unwanted: re.Pattern[str]
    forbidden: re.Pattern[str]
    aside: re.Pattern[str]
    questions: re.Pattern[str]
    conditions: re.Pattern[str]
    fading: re.Pattern[str]
    own: re.Pattern[str]
    light: re.Pattern[str]
    wants: re.Pattern[str]
    fill: re.Pattern[str]


def read(text: str) -> Reading:
    """Take a message apart into what it declines and what else it says."""
    said = _said(text)
    if not any(words.hint.search(said) for words in _languages()):
        return Reading(declines=(), rest=text)
    found: list[Decline] = []
    kept: list[str] = []
    for clause, mark, questioned in _clauses(text):
        one = None if questioned else _decline(clause)
        if one is None:
            kept.append(clause + mark)
        else:
            found.append(one)
    rest = "".join(kept).strip(" ,;-–—") if found else text
    return Reading(declines=tuple(found), rest=rest if any(char.isalnum() for char in rest) else "")


def stems(text: str) -> frozenset[str]:
    """Return what the words of a text name, words that name nothing aside."""
    return frozenset(_stem(word) for word in _said(text).split() if len(word) >= SHORTEST and not _fills(word))


def _clauses(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each clause, the mark behind it, and whether the question mark of its sentence is its own."""
    at = 0
    for sentence in _SENTENCE.split(text):
        end = text.index(sentence, at) + len(sentence)
        asked = text[end : end + 1] == "?"
        parts = list(_parted(text, at, end))
        for number, (clause, mark) in enumerate(parts):
            yield clause, mark, asked and not any(_questions(later) for later, _ in parts[number + 1 :])
        at = end


def _questions(clause: str) -> bool:
    """Whether a clause is a question by its words."""
    said = _said(clause)
    return any(words.questions.search(said) for words in _languages())


def _parted(text: str, begin: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the clauses of a sentence with the marks behind them."""
    start = begin
    for found in _CLAUSE.finditer(text, begin, end):
        if text[start : found.start()].strip():
            yield text[start : found.start()], found[0]
        start = found.end()
    if text[start:end].strip():
        yield text[start:end], text[end : end + 1]


def _said(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text.lower().replace("ё", "е")).strip()


def _decline(clause: str) -> Decline | None:
    said = _said(clause)
    if not said or len(said.split()) > LONGEST:
        return None
    return next((one for words in _languages() if (one := _by(words, clause, said)) is not None), None)


def _by(words: _Words, clause: str, said: str) -> Decline | None:
    if (aside := words.aside.search(said)) is not None:
        return Decline(clause=clause.strip(), kind="needless", stems=stems(said[aside.end() :]))
    if words.questions.search(said) or words.conditions.search(said):
        return None
    if (action := words.forbidden.search(said)) is not None:
        return Decline(clause=clause.strip(), kind="forbidden", stems=stems(action[0].split()[-1]))
    mark = words.needless.search(said) or words.unwanted.search(said)
    if mark is None:
        return None
    left = f"{said[: mark.start()]} {said[mark.end() :]}"
    verbs = _verbs(mark, left, said[mark.end() :])
    does = [verb for verb in verbs if not words.light.search(verb)]
    own = not does and any(words.own.match(word) for word in left.split())
    heavy = does or own or words.fading.search(said)
    return Decline(
        clause=clause.strip(),
        kind="forbidden" if heavy else "needless",
        stems=stems(" ".join(does)) if does else stems(left),
        own=own,
    )


def _verbs(mark: re.Match[str], left: str, after: str) -> list[str]:
    """Return the actions that a clause says are not needed or not wanted."""
    russian = [word for word in left.split() if _INFINITIVE.search(word) and len(word) > SHORTEST]
    english = after.split()[:1] if mark[0].endswith(" to") else []
    return russian or english


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    stemmer = _ENGLISH if word.isascii() else _RUSSIAN
    return str(stemmer.stemWord(word))[:STEM]


@lru_cache(maxsize=4096)
def _fills(word: str) -> bool:
    return any(words.fill.fullmatch(word) for words in _languages())


@cache
def _languages() -> tuple[_Words, ...]:
    document = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(_Words(**{kind: _pattern(kind, words) for kind, words in of.items()}) for of in document.values())


def _pattern(kind: str, words: Any) -> re.Pattern[str]:
    if isinstance(words, list):
        return re.compile("|".join(words))
    if kind in ("hint", "questions", "conditions", "fading", "light", "wants"):
        return re.compile(rf"\b(?:{words})\b")
    return re.compile(words)
