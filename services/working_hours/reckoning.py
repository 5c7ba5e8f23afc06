"""Reckoning with working hours. Moments are aware; spans of days stand on the clock of the team's zone.

Where that clock is put forward a span is as much shorter, and longer where it is put back: what counts is time that
passes. A span that passes midnight belongs to the day on which it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.working_hours.schedule import A_DAY, Schedule, Span

FAR: Final = 400
"""Days ahead in which somebody works, or nobody ever does."""
NONE: Final = timedelta(0)


def is_open(hours: Schedule, zone: ZoneInfo, at: datetime) -> bool:
    """Whether the team works at a moment."""
    return any(start <= at < end for start, end in _stretches(hours, zone, at, days=1))


def next_opening(hours: Schedule, zone: ZoneInfo, after: datetime) -> datetime | None:
    """Return when the team begins to work next; None: never."""
    before: datetime | None = None
    for start, end in _stretches(hours, zone, after):
        if start > after and start != before:
            return start
        before = end
    return None


def worked(hours: Schedule, zone: ZoneInfo, start: datetime, end: datetime) -> timedelta:
    """Return how much of the time between two moments is working time."""
    total = NONE
    days = max(0, (end - start).days + 2)
    for begins, ends in _stretches(hours, zone, start, days=days):
        total += max(NONE, min(ends, end) - max(begins, start))
    return total


def after_work(hours: Schedule, zone: ZoneInfo, start: datetime, span: timedelta) -> datetime | None:
    """Return the moment when so much working time has passed; None: it never will."""
    left = span
    for begins, ends in _stretches(hours, zone, start):
        here = max(begins, start)
        if ends - here >= left:
            return here + left
        left -= max(NONE, ends - here)
    return None


def _stretches(
    hours: Schedule, zone: ZoneInfo, since: datetime, *, days: int = FAR
) -> Iterator[tuple[datetime, datetime]]:
    """Yield what is worked of the days from a moment on, in order and without overlaps, in UTC."""
    first = since.astimezone(zone).date() - timedelta(days=1)  # its last span may reach into today
    reached: datetime | None = None
    for number in range(days + 2):
        day = first + timedelta(days=number)
        for span in hours.on(day):
            start, end = _moments(day, span, zone)
            if reached is not None:
                start = max(start, reached)
            if start < end:
                reached = end
                if end > since:
                    yield start, end


def _moments(day: date, span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return both ends in UTC.

    Of an hour that comes twice a span begins with the first and ends with the second; a time that never comes, since
    the clock is put forward over it, stands for the one as much later.
    """
    start, end = _local(day, span.start, zone), _local(day, span.end, zone)
    return start.astimezone(UTC), max(end.astimezone(UTC), end.replace(fold=1).astimezone(UTC))


def _local(day: date, minute: int, zone: ZoneInfo) -> datetime:
    days, minute = divmod(minute, A_DAY)
    return datetime.combine(day + timedelta(days=days), time(*divmod(minute, 60)), zone)
