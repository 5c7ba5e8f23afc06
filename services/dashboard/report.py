"""The figures of a span for the dashboard: what `/stats` counts, in working time, beside the span before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from services.autopilot.ladder import Step, ladder
from services.autopilot.policies import Policies
from services.reports.figures import Figures, Report, middle, slowest
from services.reports.span import Span, read_span
from services.reports.statistics import report_of
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from services.working_hours.reckoning import worked
from services.working_hours.schedule import Schedule
from storage.span_counts import Day, SpanCounts, TicketTimes
from storage.store import Store
from storage.units import Unit

__all__ = ["Group", "Numbers", "Reading", "Reports"]
POINTS_MOST: Final = 92
"""Pieces of a chart; of longer spans every few days are one."""
ROWS_MOST: Final = 100
ASKED_MOST: Final = 30
Name = Literal[
    "questions",
    "people",
    "answered",
    "auto_share",
    "clarified",
    "helped",
    "person",
    "tickets",
    "proposed",
    "spam",
    "first_answer",
    "first_answer_slow",
    "resolution",
    "resolution_slow",
    "rating",
    "rated",
    "unanswered",
    "cost",
]
Numbers = Mapping[Name, int | float | None]
"""What a span comes to; times in seconds, shares in percent. None: there is nothing to measure it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one operator group had to do. `id`: None is the first one."""

    id: int | None
    tickets: int
    first_answer: float | None
    """In seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A span, counted."""

    report: Report
    now: Numbers
    before: Numbers
    days: Sequence[Day]
    groups: Sequence[Group]
    ladder: Sequence[Step]
    """Every answer, who gives it, and how right it has been."""
    working_time: bool
    """Whether times are counted in working hours; the business has not said when it works otherwise."""

    @property
    def span(self) -> Span:
        return self.report.span

    @property
    def counts(self) -> SpanCounts:
        return self.report.counts


class Reports:
    """Counts spans."""

    def __init__(self, *, store: Store, knowledge: Knowledge, policies: Policies, team: Team) -> None:
        self._store = store
        self._knowledge = knowledge
        self._policies = policies
        self._team = team

    async def read(self, words: str) -> Reading | None:
        """Return what `7d`, or two dates, come to; None for what cannot be read."""
        span = read_span(words, self._store.now(), self._team.zone)
        if span is None:
            return None

        growth = await self._policies.growth()

        def look(unit: Unit) -> tuple[Report, Sequence[Day], list[Step]]:
            report = report_of(unit, span, rows_most=ROWS_MOST, examples_most=ASKED_MOST)
            report = replace(report, moved=self._policies.moved)
            return report, unit.spans.days(span.edges(POINTS_MOST)), ladder(unit, report.rungs, growth)

        report, days, steps = await self._store.read(look)
        hours, zone = self._knowledge.facts.hours, self._team.zone
        clock = _Clock(hours, zone)
        return Reading(
            report=report,
            now=_numbers(report.now, report.counts, clock),
            before=_numbers(report.before, report.counts_before, clock),
            days=days,
            ladder=steps,
            groups=_groups(report.counts.times, clock),
            working_time=hours is not None,
        )

    def title(self, scenario: str, language: str, answer: str | None = None) -> str:
        return self._knowledge.title(scenario, language, answer) or answer or scenario


@dataclass(frozen=True, slots=True)
class _Clock:
    """Counts working time, where the business has said when it works."""

    hours: Schedule | None
    zone: ZoneInfo

    def between(self, start: datetime, end: datetime) -> timedelta:
        return end - start if self.hours is None else worked(self.hours, self.zone, start, end)


def _numbers(figures: Figures, counts: SpanCounts, clock: _Clock) -> Numbers:
    answers, solved = _first_answers(counts.times, clock), _solved(counts.times, clock)
    return {
        "questions": counts.questions,
        "people": counts.people,
        "answered": figures.answered,
        "auto_share": figures.auto_share,
        "clarified": figures.clarified,
        "helped": figures.helped,
        "person": figures.person,
        "tickets": counts.tickets,
        "proposed": counts.reasons.get("suggested", 0),
        "spam": counts.spam,
        "first_answer": _seconds(middle(answers)),
        "first_answer_slow": _seconds(slowest(answers)),
        "resolution": _seconds(middle(solved)),
        "resolution_slow": _seconds(slowest(solved)),
        "rating": None if counts.rated.average is None else round(counts.rated.average, 2),
        "rated": counts.rated.count,
        "unanswered": counts.not_known,
        "cost": round(figures.cost_usd, 4),
    }


def _first_answers(times: Sequence[TicketTimes], clock: _Clock) -> list[timedelta]:
    return [clock.between(one.opened_at, one.answered_at) for one in times if one.answered_at is not None]


def _solved(times: Sequence[TicketTimes], clock: _Clock) -> list[timedelta]:
    return [clock.between(one.opened_at, one.closed_at) for one in times if one.closed_at is not None and not one.spam]


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds())


def _groups(times: Sequence[TicketTimes], clock: _Clock) -> list[Group]:
    found: defaultdict[int | None, list[TicketTimes]] = defaultdict(list)
    for one in times:
        found[one.group_id].append(one)
    groups = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return [Group(id=key, tickets=len(t), first_answer=_seconds(middle(_first_answers(t, clock)))) for key, t in groups]
