"""Working hours as a value: what holds in a usual week, and what holds on single dates instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

A_DAY: Final = 24 * 60
WEEK: Final = 7


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of a day to another, the last one left out; past `A_DAY` where it ends on the next day."""

    start: int
    end: int


Spans = tuple[Span, ...]
"""Of one day, in order and apart from each other; none on a day off."""


@dataclass(frozen=True, slots=True)
class Dates:
    """A date, or a row of them; without a year they come each year, and a row may pass the turn of the year."""

    first: tuple[int, int]
    """Month and day."""
    last: tuple[int, int]
    first_year: int | None = None
    last_year: int | None = None

    def holds(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first_year is not None and self.last_year is not None:
            return (self.first_year, *self.first) <= (day.year, *here) <= (self.last_year, *self.last)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last

    def comes(self, today: date, days: int) -> bool:
        """Whether it holds today, or within so many days."""
        return any(self.holds(today + timedelta(days=ahead)) for ahead in range(days + 1))

    def over(self, today: date) -> bool:
        """Whether it never comes again."""
        return self.last_year is not None and (self.last_year, *self.last) < (today.year, today.month, today.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The hours of the team, on the clock of its zone."""

    week: tuple[Spans, ...]
    """Monday first."""
    exceptions: Mapping[Dates, Spans] = field(default_factory=dict)

    def on(self, day: date) -> Spans:
        """Return the spans that begin on a day. A date with a year goes before one of every year."""
        held = [(dates, spans) for dates, spans in self.exceptions.items() if dates.holds(day)]
        named = [spans for dates, spans in held if dates.first_year is not None]
        if named or held:
            return (named or [held[-1][1]])[-1]
        return self.week[day.weekday()]


ALWAYS: Final = Schedule(week=((Span(0, A_DAY),),) * WEEK)
"""Where nobody has said when they work: at any time."""
