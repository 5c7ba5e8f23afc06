"""A message that somebody tries: what the bot makes of it, and what it would make of it once a change is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from services.classify.examples import places, sure, words
from services.classify.matters import SMALL_TALK
from services.classify.remarks import remark_of
from services.classify.sentences import worded
from services.classify.sureness import Policy
from services.classify.urgency import highest, of_words, urgency_of
from services.classify.verdict import Question, Verdict
from services.classify.wishes import asks_for_person
from services.customers.decisions import decide, further
from services.customers.offers import offered_by
from services.customers.plans import (
    Acknowledge,
    Choose,
    Clarify,
    Escalate,
    GiveAnswer,
    Keep,
    LeaveToOwner,
    Plan,
    Relay,
    TakeComment,
)
from services.customers.situation import Situation
from services.editing.previews import as_read
from services.scenarios.answers import Answers
from services.scenarios.knowledge import Knowledge
from services.texts import LANGUAGES, label, text_key
from services.texts.titles import full_title, title_of
from storage.closed_sets import Language, Priority
from storage.matters import Matter, matters_of, place_of
from storage.records import Pack, Scenario
from storage.store import Store

LIKELY: Final = 0.2
"""Chance from which small talk is taken for what was meant."""
Find = Callable[[str], Scenario | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What would be done, in words, and what the customer would read."""

    outcome: str
    answers: bool
    html: str | None = None
    missing: tuple[str, ...] = ()
    """Facts without which the text is not given."""
    choices: tuple[str, ...] = ()
    """What the customer could press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A topic or a question, and how likely it is meant."""

    name: str
    title: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An answer that a message may belong to."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All that there is to see of it."""

    title: str
    scenario: str
    answer: str | None
    confidence: float
    engine: str
    reasoning: str
    nearest: tuple[Likely, ...]
    phrases: tuple[str, ...]
    """Phrases of the pack that are nearest."""
    places: tuple[Place, ...]
    """All answers, the likeliest first: one of them is what it asks for, or none."""
    priority: Priority
    urgent_because: str | None
    now: Said
    after: Said | None
    """What would be done once the change is saved; None: there is no change."""


def places_by_likelihood(verdict: Verdict, scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the names of all answers, the likeliest of a verdict first.

    What is small talk or people's anyway comes last, unless it is likely.
    """
    known = {one.key: one for one in scenarios}
    aside = {key for key, one in known.items() if key in SMALL_TALK or one.action == "escalate"}
    guessed = [one.scenario for one in verdict.nearest if one.scenario not in aside or one.confidence >= LIKELY]
    rest = sorted(known, key=lambda key: key in aside)
    ranked = [one.scenario for one in verdict.answers]
    named: dict[str, None] = {}
    for key in (*guessed, *rest):
        if scenario := known.get(key):
            answers = [one.key for one in scenario.answers]
            first = [one for one in ranked if one in answers] if key == verdict.scenario else []
            ordered = dict.fromkeys((*first, *answers))
            named |= dict.fromkeys(place_of(key, one) for one in ordered) or {key: None}
    return tuple(named)


class Trials:
    """Asks the engines as a customer would, and stores nothing."""

    def __init__(
        self, *, store: Store, knowledge: Knowledge, answers: Answers, policy: Callable[[str], Policy]
    ) -> None:
        self._store = store
        self._knowledge = knowledge
        self._answers = answers
        self._policy = policy

    async def of(self, text: str, language: Language, speak: str, changed: Scenario | None) -> Trial:
        """Try a text. `changed`: a scenario as it would be; only its exact phrases are known without learning."""
        verdict = await self._knowledge.classify(Question(text=text, language=language))
        now = self._said(text, verdict, language, speak, self._knowledge.scenario)
        after = self._changed(text, verdict, language, speak, changed) if changed else None
        urgency = urgency_of(text)
        matter = self._matter(verdict)
        return Trial(
            title=self._title(verdict.scenario, verdict.answer, speak),
            scenario=verdict.scenario,
            answer=verdict.answer,
            confidence=verdict.answer_confidence if verdict.answer else verdict.confidence,
            engine=verdict.engine,
            reasoning=worded(verdict.grounds, speak, self._knowledge.titles),
            nearest=tuple(self._nearest(verdict, speak)),
            phrases=verdict.near,
            places=await self._places(verdict, speak),
            priority=highest(urgency.priority, verdict.urgency, matter.priority if matter else None),
            urgent_because=label(text_key("urgency", urgency.reason), speak) if urgency.reason else None,
            now=now,
            after=after,
        )

    async def _places(self, verdict: Verdict, speak: str) -> tuple[Place, ...]:
        """Return the answers that there are, those too that are still being learned."""
        there = await self._store.read(lambda unit: unit.scenarios.outlines())
        matters = {one.name: one for scenario in there for one in matters_of(scenario)}
        return tuple(
            Place(name=name, title=full_title(matters[name].scenario, matters[name].answer, speak))
            for name in places_by_likelihood(verdict, there)
        )

    def _changed(self, text: str, verdict: Verdict, language: Language, speak: str, changed: Scenario) -> Said:
        known = {one.key: one for one in self._knowledge.scenarios} | {changed.key: changed}
        pack = Pack(scenarios=tuple(known.values()), background=(), version="")
        exact = places(pack).get(words(text))
        return self._said(text, sure(verdict, *exact) if exact else verdict, language, speak, known.get)

    def _matter(self, verdict: Verdict) -> Matter | None:
        scenario = self._knowledge.scenario(verdict.scenario)
        return Matter(scenario, scenario.answer(verdict.answer)) if scenario else None

    def _title(self, key: str, answer: str | None, speak: str) -> str:
        return self._knowledge.title(key, speak, answer) or label("pack_try.background", speak)

    def _nearest(self, verdict: Verdict, speak: str) -> list[Likely]:
        scenario = self._knowledge.scenario(verdict.scenario)
        found = [
            Likely(name=one.scenario, title=self._title(one.scenario, None, speak), confidence=one.confidence)
            for one in verdict.nearest
        ]
        if scenario is None:
            return found
        return found + [
            Likely(
                name=f"{scenario.key}.{one.scenario}",
                title=self._title(scenario.key, one.scenario, speak),
                confidence=one.confidence,
            )
            for one in verdict.answers[:3]
        ]

    def _said(self, text: str, verdict: Verdict, language: Language, speak: str, find: Find) -> Said:
        situation = Situation(
            ticket=None, asks=asks_for_person(text), urgency=of_words(text), remark=remark_of(text), stranger=False
        )
        scenario = find(verdict.scenario)
        policy = self._policy(verdict.engine)
        also = further(verdict, find, policy)
        plan = decide(situation, verdict, scenario, policy, also, offerable=offered_by(find))
        return self._worded(plan, language, speak, find)

    def _worded(self, plan: Plan, language: Language, speak: str, find: Find) -> Said:
        match plan:
            case GiveAnswer():
                return self._answered(plan, language, speak)
            case Clarify(guesses):
                known = [scenario for one in guesses if (scenario := find(one.scenario))]
                choices = tuple(title_of(one, language) for one in known)
                return Said(outcome=label("pack_try.clarify", speak), answers=False, choices=choices)
            case Choose(answers=offered):
                choices = tuple(title_of(one, language) for one in offered)
                return Said(outcome=label("pack_try.choose", speak), answers=False, choices=choices)
            case Escalate(reason, suggested=suggested):
                why = label(text_key("reason", reason), speak)
                html, missing = self._read(suggested, language, speak)
                outcome = label("pack_try.people", speak, reason=why)
                return Said(outcome=outcome, answers=False, html=html, missing=missing)
            case Acknowledge(key):
                spoken = language if language in LANGUAGES else speak
                return Said(
                    outcome=label("pack_try.nothing", speak),
                    answers=False,
                    html=label(text_key("customer", key), spoken),
                )
            case Relay() | Keep() | TakeComment() | LeaveToOwner():
                raise AssertionError("a first line meets no ticket, no limit and no rating")
            case _ as never:
                assert_never(never)

    def _answered(self, plan: GiveAnswer, language: Language, speak: str) -> Said:
        html, missing = self._read((plan.matter, *plan.also), language, speak)
        if missing:
            why = label(text_key("reason", "unfilled"), speak)
            outcome = label("pack_try.people", speak, reason=why)
            return Said(outcome=outcome, answers=False, html=html, missing=missing)
        outcome = label("pack_try.answer_people" if plan.handover else "pack_try.answer", speak)
        return Said(outcome=outcome, answers=True, html=html)

    def _read(self, matters: Sequence[Matter], language: Language, speak: str) -> tuple[str | None, tuple[str, ...]]:
        """Return answers as a customer reads them, and the facts that they lack."""
        read = [as_read(self._answers, one, language, speak, self._store.now()) for one in matters]
        html = "\n\n".join(words for words, _ in read if words)
        return html or None, tuple(dict.fromkeys(key for _, keys in read for key in keys))
