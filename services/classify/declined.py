"""A declining clause is no request for what it names: "the receipt is not needed" gets no text about receipts.

Engines that weigh words hear "receipt". Here the clauses that decline are taken out, and where a verdict is about what
they decline, the rest of the message decides. A pack may mean a refusal ("I don't need the subscription any more" is
how people cancel): what the phrases of an answer decline themselves does not speak against it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from services.classify.declines import Reading, read, stems
from services.classify.grounds import ground
from services.classify.matters import SMALL_TALK
from services.classify.sentences import because
from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN, Classifier, Question, Verdict, nothing
from services.classify.wishes import PERSON, declines_person
from storage.records import Pack

Place = tuple[str, str | None]
"""A scenario, and one of its answers or None."""
DOUBT: Final = 0.5
USUAL: Final = 0.1
A_REMARK: Final = 5
"""So many words beside a refusal are its reason: "it fits" after "no refund"."""


class Declined:
    """A classifier that asks another one, and does not believe it about what is declined."""

    def __init__(self, engine: Classifier, pack: Pack, *, policy: Callable[[], Policy], language: str = "ru") -> None:
        """`policy`: what holds by now; `language`: the team's."""
        self._engine = engine
        self._wanted = _Wanted(pack)
        self._policy = policy
        self._language = language

    async def classify(self, question: Question) -> Verdict:
        whole = await self._engine.classify(question)
        reading = read(question.text)
        if whole.scenario == PERSON and declines_person(question.text) and not (reading.declines and reading.rest):
            return replace(self._doubted(whole, question.text), declines=True, nearest=())
        if not reading.declines:
            return whole
        if not reading.stems and not reading.wants:  # nothing at all is needed, whatever is told besides
            return self._nothing(whole, reading, against=True)
        against = await self._speaks_against(reading, whole)
        if whole.scenario != UNKNOWN and self._policy().knows(whole) and not against:
            more = [one for one in whole.more if not await self._speaks_against(reading, one)]
            return replace(whole, more=tuple(more))
        if not reading.rest:
            return self._nothing(whole, reading, against=against)
        return await self._by_rest(question, whole, reading, against=against)

    async def _by_rest(self, question: Question, whole: Verdict, reading: Reading, *, against: bool) -> Verdict:
        """Judge what is said beside the refusal."""
        rest = await self._engine.classify(replace(question, text=reading.rest))
        rest = replace(rest, latency_ms=whole.latency_ms + rest.latency_ms)
        if rest.scenario in SMALL_TALK:
            return self._nothing(whole, reading, against=against)
        fits = not await self._speaks_against(reading, rest)
        if fits and self._policy().settles(rest):
            return rest
        if rest.confidence < DOUBT and len(reading.rest.split()) <= A_REMARK and not reading.wants:
            return self._nothing(whole, reading, against=against)
        if not against or self._wanted.people_only(whole.scenario):
            return whole
        return rest if fits or reading.wants else self._doubted(whole, reading.declines[0].clause)

    def _nothing(self, whole: Verdict, reading: Reading, *, against: bool) -> Verdict:
        """Return that nothing is asked, if nothing has to be done about what is declined either."""
        calm = reading.is_light and (against or not reading.stems)
        if calm or (against and not self._wanted.people_only(whole.scenario)):
            doubted = self._doubted(whole, reading.declines[0].clause)
            return replace(doubted, declines=True, nearest=()) if calm else doubted
        return whole

    def _doubted(self, whole: Verdict, clause: str) -> Verdict:
        """Return that nothing is known: all that the engine heard is what is declined."""
        doubted = because(nothing(whole), self._language, ground("declined", clause=clause))
        return replace(doubted, more=(), rest=False)

    async def _speaks_against(self, reading: Reading, verdict: Verdict) -> bool:
        """Whether a verdict is about what the message declines."""
        place = _place(verdict)
        wanted = self._wanted.known.get(place)
        if wanted is None:  # a large scenario takes a tenth of a second
            wanted = await asyncio.to_thread(self._wanted.of, place)
        if reading.has_own and (wanted.leaves or reading.wants):
            return False
        return not wanted.stems.isdisjoint(reading.stems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the phrases of an answer ask for."""

    stems: frozenset[str]
    """What they name and do not decline."""
    leaves: bool
    """They decline something that the customer has: that is how people leave, and not against this answer."""


class _Wanted:
    """What the phrases of each answer ask for; read when it is first needed."""

    def __init__(self, pack: Pack) -> None:
        self.known: dict[Place, _Asked] = {}
        self._scenarios = {scenario.key: scenario for scenario in pack.scenarios}

    def people_only(self, key: str) -> bool:
        """Whether people are called for this scenario anyway."""
        scenario = self._scenarios.get(key)
        return scenario is not None and scenario.action == "escalate"

    def of(self, place: Place) -> _Asked:
        asked, declined, leaves = self._said(*place)
        around_asked, around_declined, _ = self._said(place[0], None) if place[1] else (asked, declined, leaves)
        # What an answer declines once is not against it; what its scenario does, where that is usual there.
        usual = {stem for stem, times in around_declined.items() if times >= USUAL * (times + around_asked[stem])}
        stays = frozenset(asked) - usual - (frozenset(declined) if place[1] else frozenset())
        self.known[place] = _Asked(stems=stays, leaves=leaves)
        return self.known[place]

    def _said(self, key: str, answer: str | None) -> tuple[Counter[str], Counter[str], bool]:
        """Return what phrases ask for, what they decline, and whether they decline something of the customer's own."""
        asked: Counter[str] = Counter()
        declined: Counter[str] = Counter()
        leaves = False
        for reading in map(read, self._phrases(key, answer)):
            asked.update(stems(reading.rest))
            declined.update(reading.stems)
            leaves = leaves or reading.has_own
        return asked, declined, leaves

    def _phrases(self, key: str, answer: str | None) -> Iterator[str]:
        """Yield the phrases of an answer; without one, all that the scenario has."""
        scenario = self._scenarios.get(key)
        for own, part in scenario.parts if scenario else ():
            if answer in (None, own):
                yield from (line for lines in part.examples.values() for line in lines)


def _place(verdict: Verdict) -> Place:
    """Return what a verdict is about; its likeliest answer where it is sure of none."""
    if verdict.scenario == UNKNOWN:
        return (verdict.nearest[0].scenario if verdict.nearest else UNKNOWN), None
    return verdict.scenario, verdict.answer or (verdict.answers[0].scenario if verdict.answers else None)
