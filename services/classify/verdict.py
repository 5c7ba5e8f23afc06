"""What a classifier says of a message. Every engine answers in this shape, and nothing else travels on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from services.classify.grounds import Grounds, encode
from services.classify.urgency import UrgencyReason
from storage.closed_sets import Priority
from storage.records import StoredVerdict

UNKNOWN: Final = "UNKNOWN"
"""The scenario of a message that belongs to none."""
LOCAL: Final = "local"
"""The built-in engine, as its verdicts name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A scenario and the calibrated chance, 0 to 1, that it is the right one."""

    scenario: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a verdict took of a language model, whether it helped or not."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            calls=self.calls + other.calls,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost_usd=self.cost_usd + other.cost_usd,
        )


NOTHING: Final = Spent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The scenario of a message, how sure the engine is, and why, for people."""

    scenario: str
    """A scenario key, or `UNKNOWN`."""
    confidence: float
    """Calibrated: of the verdicts at .9, nine in ten are right. 0 to 1."""
    reasoning: str
    """One or two sentences for the operator, in the team's language."""
    engine: str
    """`local` or `llm`: who said so."""
    version: str
    """Version of what the engine has learned: phrases, or the words of its prompt. Edited answers do not change it."""
    language: str | None = None
    """Language of the phrases that decided; it tells transliterated Russian from English. None: no opinion."""
    nearest: tuple[Guess, ...] = field(default=())
    """Up to three, best first: what "did you mean" offers."""
    near: tuple[str, ...] = ()
    """Phrases of the pack that are nearest to the message, as far as the engine knows any."""
    latency_ms: float = 0.0
    spent: Spent = NOTHING
    answer: str | None = None
    """Key of the answer that the message asks for; None: the engine has no opinion, or the scenario has one text."""
    answer_confidence: float = 0.0
    """Calibrated chance that scenario and answer are both right. 0 to 1."""
    answers: tuple[Guess, ...] = ()
    """Answers of the scenario, best first: `Guess.scenario` holds the key of the answer."""
    more: tuple[Verdict, ...] = ()
    """Further matters of the same message, each sure of its own."""
    rest: bool = False
    """Something else is asked in the message that nobody is sure of."""
    declines: bool = False
    """The message only says that something is not needed: nobody has to do anything."""
    grounds: Grounds = ()
    """What `reasoning` says, for other languages."""
    urgency: Priority | None = None
    """How soon people should look, by what is said. None: no opinion, the scenario's own priority stands."""
    presses: UrgencyReason | None = None
    """Why they should look soon, where the engine can tell."""

    def stored(self) -> StoredVerdict:
        """Return it as it is kept."""
        return StoredVerdict(
            scenario=self.scenario,
            confidence=self.confidence,
            reasoning=self.reasoning,
            engine=self.engine,
            version=self.version,
            latency_ms=self.latency_ms,
            cost_usd=self.spent.cost_usd,
            tokens_in=self.spent.tokens_in,
            tokens_out=self.spent.tokens_out,
            answer=self.answer,
            grounds=encode(self.grounds),
            answer_confidence=self.answer_confidence if self.answers else None,
        )


def confirmed(scenario: str, version: str, answer: str | None = None) -> Verdict:
    """Return what a customer says they meant: nobody knows better."""
    return Verdict(scenario=scenario, answer=answer, confidence=1.0, reasoning="", engine="customer", version=version)


def nothing(verdict: Verdict) -> Verdict:
    """Return the verdict as certain that no scenario fits."""
    return replace(
        verdict,
        scenario=UNKNOWN,
        confidence=0.0,
        nearest=tuple(replace(guess, confidence=0.0) for guess in verdict.nearest),
        answer=None,
        answer_confidence=0.0,
        answers=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a classifier is asked: the customer's words, and the last lines of the conversation before them."""

    text: str
    language: str
    """The customer's language as known so far; the engine may know better."""
    key: str = ""
    """What caused it: lets a later word on the same question find its message."""
    context: tuple[str, ...] = ()
    """Earlier lines since the last closed ticket, oldest first."""
    names: tuple[str, ...] = ()
    """First and last name of the customer: masked before the question leaves for a model."""


class Classifier(Protocol):
    """Names the scenario of a message. Never raises for what a message contains."""

    async def classify(self, question: Question) -> Verdict: ...
