"""Which span of time somebody asks about: `7d`, `30d`, two dates; in the team's zone, in whole days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAYS: Final = 7
DAYS_MOST: Final = 366
_LAST: Final = re.compile(r"(\d{1,3})\s*(?:d|д|дн|дней|days?)?", re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whole days where the team lives: from the first to the last, both included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def since(self) -> datetime:
        return _midnight(self.first, self.zone)

    @property
    def until(self) -> datetime:
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def before(self) -> Span:
        """The span of the same length that ends where this one begins."""
        long = timedelta(days=self.days)
        return Span(first=self.first - long, last=self.first - timedelta(days=1), zone=self.zone)

    def edges(self, most: int) -> list[datetime]:
        """Return where its days begin, and its end; of a long span every few days only."""
        step = -(-self.days // most)
        begins = range(0, self.days, step)
        return [*(_midnight(self.first + timedelta(days=day), self.zone) for day in begins), self.until]


def last_days(days: int, today: date, zone: ZoneInfo) -> Span:
    return Span(first=today - timedelta(days=days - 1), last=today, zone=zone)


def read_span(words: str, now: datetime, zone: ZoneInfo) -> Span | None:
    """Return the span that is asked for; the last seven days where nothing is said, None for what cannot be read."""
    today, words = now.astimezone(zone).date(), words.strip()
    if not words:
        return last_days(DAYS, today, zone)
    if (last := _LAST.fullmatch(words)) and 1 <= int(last[1]) <= DAYS_MOST:
        return last_days(int(last[1]), today, zone)
    dates = _dates(words, today)
    if not dates or dates[0] > dates[-1] or dates[0] > today:
        return None
    span = Span(first=dates[0], last=min(dates[-1], today), zone=zone)
    return span if span.days <= DAYS_MOST else None


def _dates(words: str, today: date) -> list[date]:
    """Return one or two days; a day without a year is the last one of that name."""
    found = [*_ISO.finditer(words)] or [*_DOTTED.finditer(words)]
    left = words
    for one in found:
        left = left.replace(one[0], "", 1)
    if len(found) not in (1, 2) or re.search(r"\w", left):
        return []
    try:
        dates = [_date(one, today) for one in found]
        if dates[-1] < dates[0] and not _names_year(found[-1]) and dates[0].year == today.year:
            dates[-1] = dates[-1].replace(year=today.year)  # "01.11-30.11" within November: what there is of it
    except ValueError:
        return []
    return dates


def _names_year(found: re.Match[str]) -> bool:
    return len(found[1]) == 4 or bool(found[3])  # noqa: PLR2004  # as below


def _date(found: re.Match[str], today: date) -> date:
    if len(found[1]) == 4:  # noqa: PLR2004  # a year comes first
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found[3]:
        return date(int(found[3]), int(found[2]), int(found[1]))
    this_year = date(today.year, int(found[2]), int(found[1]))
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
