"""What the local engine thinks of a text, before anyone words it."""

from __future__ import annotations

from dataclasses import dataclass

from services.classify.urgency import UrgencyReason
from services.classify.verdict import Guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A known phrase and how near it is, 0 to 1."""

    text: str
    scenario: str
    """`UNKNOWN` for a background line."""
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    guesses: tuple[Guess, ...]
    """In scope only, best first; their sum is at most 1, the rest is the chance of belonging to none."""
    confidence: float
    """Chance that the first guess is right *and* the message in scope: its own confidence, or 0 without a guess."""
    in_scope: bool
    """False: nothing fits, and then `confidence` is below one half."""
    answer: str | None
    """Which answer of the first guess is asked for; None: it has none, or no single one is."""
    answers: tuple[Guess, ...]
    """The answers of the first guess, best first: `Guess.scenario` is the answer's key, and the confidence the chance
    that both are right."""
    language: str | None
    """Language of the phrases that decided, `ru` or `en`; Russian in Latin letters is `ru`."""
    nearest_phrases: tuple[Phrase, ...]
    """The known phrases of the first guess that are nearest, nearest first."""
    against: Phrase | None
    """The nearest phrase of what comes second: another scenario, or the background."""
    presses: UrgencyReason | None = None
    """Why the message is urgent by what it means; None too where nobody looked at what it means."""
