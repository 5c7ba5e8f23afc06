"""How sure is sure enough: one function decides, of a message, of a part of it, and for a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from services.classify.grounds import ground
from services.classify.sentences import because
from services.classify.verdict import UNKNOWN, Classifier, Question, Verdict
from storage.matters import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Young:
    """An answer of few phrases, which has a threshold of its own."""

    answer_at: float
    confirmed: int
    """How often it was right here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The thresholds. 0 to 1, clarify_at ≤ answer_at."""

    answer_at: float
    clarify_at: float
    young: Mapping[str, Young] = field(default_factory=dict)
    """Answers with a threshold of their own, by name (`place_of`)."""

    def at(self, scenario: str, answer: str | None) -> float:
        """Return from which confidence an answer is given."""
        own = self.young.get(place_of(scenario, answer))
        return own.answer_at if own else self.answer_at

    def knows(self, verdict: Verdict) -> bool:
        """Whether the scenario is certain; where it has answers, enough so to ask which of them is meant."""
        own = self.at(verdict.scenario, verdict.answer if verdict.answers else None)
        return verdict.confidence >= (min(own, self.answer_at) if verdict.answers else own)

    def settles(self, verdict: Verdict) -> bool:
        """Whether a verdict is enough to answer; where a scenario has answers, of the answer too."""
        if verdict.scenario == UNKNOWN or not self.knows(verdict):
            return False
        return not verdict.answers or verdict.answer_confidence >= self.at(verdict.scenario, verdict.answer)

    def held_back(self, verdict: Verdict) -> Young | None:
        """Return the answer that would be given if it were not young; None where its youth changes nothing."""
        own = self.young.get(place_of(verdict.scenario, verdict.answer))
        if own is None or own.answer_at <= self.answer_at or self.settles(verdict):
            return None
        return own if replace(self, young={}).settles(verdict) else None


class Cautious:
    """A classifier that says of a verdict when only the youth of its answer keeps it from being given."""

    def __init__(self, engine: Classifier, policy: Callable[[], Policy], *, language: str = "ru") -> None:
        """`policy`: what holds by now; `language`: the team's."""
        self._engine = engine
        self._policy = policy
        self._language = language

    async def classify(self, question: Question) -> Verdict:
        verdict = await self._engine.classify(question)
        young = self._policy().held_back(verdict)
        if young is None:
            return verdict
        why = ground("young", at=round(100 * young.answer_at), confirmed=young.confirmed)
        return because(verdict, self._language, *verdict.grounds, why)
