"""One message, several matters: small talk beside a question, two questions, a long mail with one question inside.

An engine judges a message as a whole, which blends what is said in different sentences. Here the sentences are asked
about as well, and the questions that one sentence joins by "and" (`joined.py`); what they are sure of is put together.
What is decided of them stands in `combined` and `holds`, pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from services.classify.grounds import ground
from services.classify.joined import Joined, joined
from services.classify.sentences import because
from services.classify.sureness import Policy
from services.classify.urgency import ORDER
from services.classify.verdict import Classifier, Question, Verdict
from storage.matters import Matter, place_of
from storage.records import Pack

SMALL_TALK: Final = frozenset(("GREETING", "THANKS"))
"""Scenarios of the starter pack that ask for nothing."""
PARTS_MOST: Final = 12
MATTERS_MOST: Final = 3
"""More answers in one message are a leaflet: the rest goes to people."""
_ENDS: Final = re.compile(
    r"(?<=[.!?…])\s+|\n+|\s*[;,]?\s+(?=(?:и|а)\s+(?:ещ[её]|также)\b|and\s+also\b|also,\s)", re.IGNORECASE
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_ASKS: Final = re.compile(
    r"^(?:(?:и|а|но|and|but|also|ещ[её]|also,)\s+)*"
    r"(?:как\b|где\b|куда\b|когда\b|сколько\b|почём\b|какой|какая|какие|каков|можно\b|есть ли|подскажите|скажите|"
    r"how\b|where\b|when\b|what\b|which\b|can\b|could\b|do\s+you\b|is\s+there\b|are\s+there\b)",
    re.IGNORECASE,
)
_ASKS_LAST: Final = re.compile(
    r"(?<!знаю )(?<!понимаю )(?<!помню )(?<!понял )(?<!понять )(?<!know )(?<!sure )"
    r"\b(?:сколько|почём|как|где|когда|куда|какой|какая|какое|какие|how\s+much|how\s+long|how\s+many|where|when)$",
    re.IGNORECASE,
)
"""How a question ends that is written as it is spoken: "и гарантия сколько"."""


class Matters:
    """A classifier that asks another one about each sentence too."""

    def __init__(
        self,
        engine: Classifier,
        *,
        policy: Callable[[], Policy],
        language: str = "ru",
        people: frozenset[str] = frozenset(),
    ) -> None:
        """`policy`: what holds by now; `language`: the team's.

        `people`: the places (`place_of`) whose answer calls people, as `called_for` names them.
        """
        self._engine = engine
        self._policy = policy
        self._people = people
        self._language = language

    async def classify(self, question: Question) -> Verdict:
        whole, policy = await self._engine.classify(question), self._policy()
        parts = sentences(question.text)
        cuts = [joined(part) for part in parts]
        if not any(cuts):
            if not parts or parts == [question.text.strip()]:
                return whole
            if len(parts) == 1 and policy.settles(whole) and whole.scenario not in SMALL_TALK:
                return whole  # whatever the sentence says by itself, a number or a smile beside it
        pieces: list[tuple[str, Verdict]] = []
        for part, cut in zip(parts, cuts, strict=True):
            pieces += await self._cut(question, part, cut, whole)
        asked, told = [piece for piece, _ in pieces], [one for _, one in pieces]
        latency = whole.latency_ms + sum(one.latency_ms for one in told if one is not whole)
        soonest = max((whole, *told), key=lambda one: ORDER.index(one.urgency or "low"))
        found = replace(
            combined(whole, asked, told, policy=policy),
            latency_ms=latency,
            urgency=soonest.urgency,
            presses=soonest.presses,
        )
        several = 1 + len(found.more) + found.rest
        return found if several == 1 else because(found, self._language, ground("several", count=several))

    async def _cut(
        self, question: Question, part: str, cut: Joined | None, whole: Verdict
    ) -> list[tuple[str, Verdict]]:
        """Return a sentence with its verdict, or the questions that it joins with theirs."""
        if cut is not None:
            told = [await self._engine.classify(replace(question, text=piece)) for piece in cut.questions]
            if holds(cut, told, policy=self._policy(), people=self._people):
                return list(zip(cut.questions, told, strict=True))
        if part == question.text.strip():
            return [(part, whole)]
        return [(part, await self._engine.classify(replace(question, text=part)))]


def called_for(pack: Pack) -> frozenset[str]:
    """Return the places whose answer calls people: who asks about their own order, mostly."""
    matters = (Matter(scenario, answer) for scenario in pack.scenarios for answer in scenario.answers or (None,))
    return frozenset(matter.name for matter in matters if matter.action != "answer")


def holds(cut: Joined, told: Sequence[Verdict], *, policy: Policy, people: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence is several questions, by what is said of each.

    Where one goes on about another ("where is my order and when will it come"), all must be sure, and of different
    things: what else is asked of a matter that people look after (`people`) is theirs.
    """
    certain = [one for one in told if policy.settles(one) and one.scenario not in SMALL_TALK]
    if cut.apart:
        return bool(certain)
    places = {place(one) for one in certain}
    scenarios = {one.scenario for one in certain}
    if len(certain) < len(told) or len(places) < len(told):
        return False
    return len(scenarios) == len(told) or place(told[0]) not in people


def sentences(text: str) -> list[str]:
    """Return the sentences of a message, the first few of a long one; what has no letter in it asks nothing."""
    parts = (piece.strip() for piece in _ENDS.split(text))
    return [part for part in parts if _LETTER.search(part)][:PARTS_MOST]


def combined(whole: Verdict, parts: Sequence[str], told: Sequence[Verdict], *, policy: Policy) -> Verdict:
    """Return what a message is about, by what is said of it as a whole and sentence by sentence."""
    asked = [(part, one) for part, one in zip(parts, told, strict=True) if one.scenario not in SMALL_TALK]
    questions = [one for part, one in asked if asks(part)]
    matters = _distinct([one for one in questions if policy.settles(one)])
    open_ones = [one for one in questions if not policy.settles(one) and not _near(one, matters)]
    if matters and (len(matters) > 1 or open_ones):
        first = _first(whole, matters, policy)
        others = tuple(one for one in matters[:MATTERS_MOST] if place(one) != place(first))
        return replace(first, more=others, rest=bool(open_ones) or len(matters) > MATTERS_MOST)
    if policy.settles(whole) and whole.scenario not in SMALL_TALK:
        return whole
    certain = _distinct([one for _, one in asked if policy.settles(one)])
    if len(certain) == 1 and not open_ones:
        return certain[0]
    if whole.scenario in SMALL_TALK and questions:
        return questions[0]
    return whole


def asks(part: str) -> bool:
    """Whether a sentence asks for something to be told."""
    said = part.rstrip(" )»\"'")
    return said.endswith("?") or any(one.search(said.rstrip(".!…")) for one in (_ASKS, _ASKS_LAST))


def place(verdict: Verdict) -> str:
    return place_of(verdict.scenario, verdict.answer)


def _first(whole: Verdict, matters: Sequence[Verdict], policy: Policy) -> Verdict:
    """Return the matter to begin with: what the message is about as a whole, if it is one of them."""
    same = [one for one in matters if place(one) == place(whole)]
    return whole if same and policy.settles(whole) else matters[0]


def _distinct(verdicts: Sequence[Verdict]) -> list[Verdict]:
    found: dict[str, Verdict] = {}
    for one in verdicts:
        found.setdefault(place(one), one)
    return list(found.values())


def _near(one: Verdict, matters: Sequence[Verdict]) -> bool:
    """Whether a sentence goes on about a matter that is answered anyway."""
    return any(one.scenario == matter.scenario and one.answer in (None, matter.answer) for matter in matters)
