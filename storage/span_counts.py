"""What is counted of a span of time, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage.closed_sets import Reason

NOT_KNOWN: Final[tuple[Reason, ...]] = ("unsure", "unanswerable", "unfilled")
"""Why people were asked what the bot could not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day, or another piece of a span."""

    since: datetime
    answers: int
    """Given by the bot."""
    tickets: int
    """Opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCount:
    """How often one answer was given, and what became of it."""

    scenario: str
    answer: str | None
    given: int
    helped: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How customers have rated what people did."""

    count: int = 0
    average: float | None = None
    """From 1, bad, to 5, excellent; None where nobody has rated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorCount:
    """What one operator did."""

    name: str
    replies: int
    closed: int
    rated: Rated = Rated()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTimes:
    """When one ticket went on: from these come times of any clock."""

    group_id: int | None
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    spam: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanCounts:
    """All of it."""

    questions: int
    """Lines of customers."""
    people: int
    """Customers who wrote."""
    answers: tuple[AnswerCount, ...]
    """The most frequent first."""
    tickets: int
    reasons: dict[str, int]
    scenarios: dict[str, int]
    """Tickets by what they are about."""
    spam: int
    operators: tuple[OperatorCount, ...]
    rated: Rated
    rated_scenarios: dict[str, Rated]
    """By what the ticket was about."""
    unanswered: tuple[str, ...]
    """The last questions that the bot could not answer."""
    times: tuple[TicketTimes, ...]
    """Of every ticket that was opened."""

    @property
    def first_answers(self) -> tuple[timedelta, ...]:
        """From a ticket's opening to the first line of an operator."""
        return tuple(one.answered_at - one.opened_at for one in self.times if one.answered_at)

    @property
    def resolutions(self) -> tuple[timedelta, ...]:
        """From opening to closing; spam is left out."""
        return tuple(one.closed_at - one.opened_at for one in self.times if one.closed_at and not one.spam)

    @property
    def not_known(self) -> int:
        """Tickets that the bot opened because it could not answer."""
        return sum(self.reasons.get(reason, 0) for reason in NOT_KNOWN)
