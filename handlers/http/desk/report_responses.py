"""How the desk tells of a span of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers.http.desk.answer_responses import AnswerMode
from handlers.http.desk.responses import Response


class Days(Response):
    """From the first day to the last, both included."""

    first: date
    last: date


class Point(Response):
    """A piece of the chart: from `since` to the next one."""

    since: datetime
    answers: int
    """Given by the bot."""
    tickets: int
    """Opened."""


class ReasonRow(Response):
    """Why people were asked."""

    reason: str
    title: str
    tickets: int


class ScenarioRow(Response):
    """What tickets were about. `rating`: from 1, bad, to 5."""

    scenario: str
    title: str
    tickets: int
    rating: float | None
    rated: int


class AnswerRow(Response):
    """An answer of the bot, and what customers pressed below it."""

    scenario: str
    answer: str | None
    title: str
    given: int
    helped: int
    person: int


class LadderRow(Response):
    """Who gives an answer, and how right it was in this mode: at least `sure` percent, at 90 % confidence.

    `asked`: questions of the span that people had although there is this answer. `answer_at`: from which confidence it
    is given where its newness keeps it back; it was `confirmed` so often, and about so many more (`needs`) bring it to
    where all others are given. null: it is given as early as they are, or too many are needed to count.
    """

    scenario: str
    answer: str | None
    title: str
    mode: AnswerMode
    who: str
    asked: int
    right: float
    of: float
    sure: float | None
    answer_at: float | None
    confirmed: int | None
    needs: int | None


class OperatorRow(Response):
    """What one operator did."""

    operator: str
    replies: int
    closed: int
    rating: float | None
    rated: int


class GroupRow(Response):
    """What one operator group had to do. `group`: null is the first one. `first_answer`: seconds, the median."""

    group: int | None
    tickets: int
    first_answer: float | None


class EngineRow(Response):
    """Who recognised the messages, in percent."""

    engine: str
    title: str
    share: int


class MovedRow(Response):
    """A threshold that the record of the built-in engine has moved."""

    answer_at: float
    """From which confidence it answers."""
    configured: float


class Report(Response):
    """What the bot and the people did in a span, beside the span of the same length before.

    `now` and `before` by name: times in seconds, shares in percent, the rating from 1 to 5, the cost in US dollars;
    null where there is nothing to measure. `working_time`: times are counted in the team's working hours.
    """

    span: Days
    span_before: Days
    working_time: bool
    open: int
    """Tickets open now."""
    waiting: int
    """Those in which the customer waits for the team."""
    now: Mapping[str, int | float | None]
    before: Mapping[str, int | float | None]
    points: Sequence[Point]
    reasons: Sequence[ReasonRow]
    scenarios: Sequence[ScenarioRow]
    answers: Sequence[AnswerRow]
    ladder: Sequence[LadderRow]
    operators: Sequence[OperatorRow]
    groups: Sequence[GroupRow]
    engines: Sequence[EngineRow]
    moved: MovedRow | None
    """null: the built-in engine answers from the confidence that is configured."""
    unanswered: Sequence[str]
    """The last questions that the bot could not answer, the oldest first."""
