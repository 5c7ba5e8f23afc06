"""What the bot would make of messages as it is now: answered by itself, asked back or suggested, left to people."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from services.classify.remarks import remark_of
from services.classify.sureness import Policy
from services.classify.urgency import of_words
from services.classify.verdict import Question, Verdict
from services.classify.wishes import asks_for_person
from services.customers.decisions import decide, further
from services.customers.offers import offered_by
from services.customers.plans import Acknowledge, Choose, Clarify, Escalate, GiveAnswer, Plan
from services.customers.situation import Situation
from services.scenarios.facts import Facts
from storage.records import Scenario

MOST: Final = 300
"""Messages: the newest tell how it is."""
Find = Callable[[str], Scenario | None]
Handling = Literal["answered", "suggested", "people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Counts. Small talk that asks for nothing is not among them."""

    answered: int = 0
    suggested: int = 0
    """Asked back which was meant, or proposed to people."""
    people: int = 0
    of_tests: bool = False
    """They are the owner's test questions, since no customer has asked yet."""

    @property
    def n(self) -> int:
        return self.answered + self.suggested + self.people

    def share(self, count: int) -> int:
        """Return a count as per cent of all."""
        return round(100 * count / self.n) if self.n else 0


async def coverage(
    asked: Sequence[tuple[str, str]],
    classify: Callable[[Question], Awaitable[Verdict]],
    find: Find,
    policy: Policy,
    facts: Facts,
    *,
    of_tests: bool = False,
    seconds: float = 60.0,
) -> Coverage:
    """Ask about each message, as long as the time goes. `asked`: texts with the language of their author."""
    began, counts = time.monotonic(), dict[Handling, int]()
    for text, language in asked:
        if time.monotonic() - began > seconds:
            break
        verdict = await classify(Question(text=text, language=language))
        handling = _handling(_plan(text, verdict, find, policy), facts, verdict.language or language)
        if handling is not None:
            counts[handling] = counts.get(handling, 0) + 1
    return Coverage(of_tests=of_tests, **counts)


def _plan(text: str, verdict: Verdict, find: Find, policy: Policy) -> Plan:
    now = Situation(
        ticket=None, asks=asks_for_person(text), urgency=of_words(text), remark=remark_of(text), stranger=False
    )
    return decide(
        now, verdict, find(verdict.scenario), policy, further(verdict, find, policy), offerable=offered_by(find)
    )


def _handling(plan: Plan, facts: Facts, language: str) -> Handling | None:
    match plan:
        case Acknowledge():
            return None
        case GiveAnswer(matter=matter):
            texts = matter.scenario.texts(matter.answer)
            return "people" if facts.missing(texts, language) else "answered"
        case Clarify() | Choose() | Escalate(reason="suggested"):
            return "suggested"
        case _:
            return "people"
