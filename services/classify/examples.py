"""A message that is one of the pack's own phrases, word for word, is what the phrase says: its author has decided.

A line of the background says that the message belongs to no scenario.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from services.classify.verdict import UNKNOWN, Classifier, Guess, Question, Verdict, nothing
from storage.records import Pack

CERTAIN: Final = 0.99
FIRM: Final = 0.8
"""What a learned phrase must weigh to be known by heart: operators have said so, and not customers alone."""
SAYS_ENOUGH: Final = 3
"""So many words of it, too: what was said in passing ("yes please") is about something else the next time."""
_MARKS: Final = re.compile(r"[^\w\s]+")
Place = tuple[str, str | None]
"""A scenario, and one of its answers or None."""


class Examples:
    """A classifier that knows the phrases by heart, and asks another one about everything else."""

    def __init__(self, engine: Classifier, pack: Pack) -> None:
        self._engine = engine
        self._places = places(pack)

    async def classify(self, question: Question) -> Verdict:
        verdict = await self._engine.classify(question)
        found = self._places.get(words(question.text))
        if found is None:
            return verdict
        return nothing(verdict) if found[0] == UNKNOWN else sure(verdict, *found)


def places(pack: Pack) -> Mapping[str, Place]:
    """Return what each phrase says; a phrase that says two things says nothing for certain.

    What operators have said of a customer's words is known too, as far as the pack does not say otherwise.
    """
    found: dict[str, set[Place]] = {}
    for scenario in pack.scenarios:
        for answer, part in scenario.parts:
            for phrase in (line for lines in part.examples.values() for line in lines):
                found.setdefault(words(phrase), set()).add((scenario.key, answer))
    for line in pack.background:
        found.setdefault(words(line.text), set()).add((UNKNOWN, None))
    learned = {words(one.text): (one.scenario or UNKNOWN, one.answer) for one in pack.learned if one.weight >= FIRM}
    written = {phrase: next(iter(said)) for phrase, said in found.items() if phrase and len(said) == 1}
    there = {(scenario.key, answer) for scenario in pack.scenarios for answer, _ in scenario.parts} | {(UNKNOWN, None)}
    firm = {phrase: said for phrase, said in learned.items() if len(phrase.split()) >= SAYS_ENOUGH and said in there}
    return written | {phrase: said for phrase, said in firm.items() if phrase not in found}


def words(text: str) -> str:
    """Return the words of a text, however they are written and set apart; nothing of marks alone."""
    return " ".join(_MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")).split())


def sure(verdict: Verdict, scenario: str, answer: str | None) -> Verdict:
    """Return the verdict as certain of what the phrase says; another opinion of the engine counts as mistaken."""
    others = tuple(one for one in verdict.nearest if one.scenario != scenario)
    ranked = tuple(one for one in verdict.answers if one.scenario != answer) if verdict.scenario == scenario else ()
    best = (Guess(scenario=answer, confidence=CERTAIN),) if answer else ()
    return replace(
        verdict,
        scenario=scenario,
        confidence=max(CERTAIN, verdict.confidence if verdict.scenario == scenario else 0.0),
        nearest=(Guess(scenario=scenario, confidence=CERTAIN), *others[:2]),
        answer=answer,
        answer_confidence=CERTAIN if answer else 0.0,
        answers=(*best, *ranked),
    )
