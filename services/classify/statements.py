"""A line that only tells what the customer has done asks for no text: "documents uploaded" is no upload that fails.

Engines that weigh words hear "documents" and "upload", or "thanks" in "thanks for nothing". People read such a line
instead: something may have to be done. So they do where an address of mail is all that is given: "hello@…" greets
nobody, and where a cancelled order is wanted again: an engine hears "cancel" and "order". A bare "cancel" does not say
what: it is asked back. The words stand in `statements.toml` and `remarks.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from services.classify.grounds import ground
from services.classify.local.spelling import WHERE
from services.classify.remarks import is_sour
from services.classify.sentences import because
from services.classify.verdict import Classifier, Question, Verdict, nothing
from storage.records import Pack

THANKS: Final = "THANKS"
"""The scenario of the starter pack that thanks."""
LONGEST: Final = 60
"""Characters above which a line says more."""
MORE: Final = 2
"""So many words beside what was done name it: "documents"."""
ASKED_BACK: Final = 0.7
"""What a bare word is worth: enough to ask back, not to answer."""
_FILE: Final = Path(__file__).with_name("statements.toml")
_WORD: Final = re.compile(r"[^\W\d_]+")


class Statements:
    """A classifier that asks another one, and does not believe it about lines that only tell, nor about sour thanks."""

    def __init__(self, engine: Classifier, pack: Pack, *, language: str = "ru") -> None:
        """`language`: the team's."""
        self._engine = engine
        self._people = frozenset(one.key for one in pack.scenarios if one.action == "escalate")
        self._language = language

    async def classify(self, question: Question) -> Verdict:
        verdict = await self._engine.classify(question)
        if verdict.scenario == THANKS and is_sour(question.text):
            return self._doubted(verdict, "sour")
        if names_nothing(question.text):
            return replace(verdict, confidence=ASKED_BACK, answer_confidence=0.0)
        if verdict.scenario not in self._people and only_tells(question.text):
            return self._doubted(verdict, "statement")
        if verdict.scenario not in self._people and only_gives(question.text):
            return self._doubted(verdict, "address")
        if verdict.scenario not in self._people and takes_back(question.text):
            return self._doubted(verdict, "undone")
        return verdict

    def _doubted(self, verdict: Verdict, why: str) -> Verdict:
        return because(nothing(verdict), self._language, ground(why))


def names_nothing(text: str) -> bool:
    """Whether a line asks for an action and does not say to what."""
    words = " ".join(_WORD.findall(text.lower().replace("ё", "е")))
    return any(of["bare"].fullmatch(words) for of in _languages())


def only_tells(text: str) -> bool:
    """Whether a line says that something was done, and nothing else."""
    if len(text) > LONGEST or "?" in text:
        return False
    words = _WORD.findall(text.lower().replace("ё", "е"))
    return any(_tells(words, of["done"], of["fill"], of["other"]) for of in _languages())


def only_gives(text: str) -> bool:
    """Whether a line is an address of mail, or of a page, and says no more than whose it is."""
    rest, found = WHERE.subn(" ", text.lower().replace("ё", "е"))
    words = _WORD.findall(rest)
    return bool(found) and "?" not in rest and any(all(map(of["gives"].fullmatch, words)) for of in _languages())


def takes_back(text: str) -> bool:
    """Whether a cancelled order is wanted again."""
    words = " ".join(_WORD.findall(text.lower().replace("ё", "е")))
    return any(of["undone"].search(words) for of in _languages())


def _tells(words: list[str], done: re.Pattern[str], fill: re.Pattern[str], other: re.Pattern[str]) -> bool:
    if not any(done.fullmatch(word) for word in words) or any(other.fullmatch(word) for word in words):
        return False
    return sum(not (done.fullmatch(word) or fill.fullmatch(word)) for word in words) <= MORE


@cache
def _languages() -> tuple[dict[str, re.Pattern[str]], ...]:
    document = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple({kind: re.compile(words) for kind, words in of.items()} for of in document.values())
