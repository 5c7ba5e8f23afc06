"""Working hours cut into what they consist of: days, dates, times, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from services.working_hours.schedule import A_DAY, Dates, Span
from services.working_hours.vocabulary import vocabulary

Code = Literal["unknown", "time", "date", "same", "overlap", "days", "hours", "week", "break"]
"""What is wrong. `unknown`: words that are none of ours; everything else is a mistake in what was understood."""
Sign = Literal["closed", "whole", "break"]


class Unreadable(Exception):
    """A text that is no working hours; it says which part, and why."""

    def __init__(self, code: Code, part: str) -> None:
        super().__init__(code, part)
        self.code: Final[Code] = code
        self.part: Final = part


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week, Monday 0."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """What was understood, and the words that said so."""

    means: Days | Dates | Span | Sign
    part: str


_DASH: Final = r"\s*(?:-|–|—|−|\.\.\.?|…)\s*"
_APART: Final = r"(?:\s*(?:–|—|\.\.\.?|…)\s*|\s+-\s+)"
_HALF: Final = r"\s*([ap])\.?m\b\.?"
_CLOCK: Final = rf"(\d{{1,2}})(?:[:.](\d{{2}}))?(?:{_HALF})?"
_RANGE: Final = re.compile(rf"{_CLOCK}(?:{_DASH}|\s*(?:до|to|till|until)\s*){_CLOCK}(?![\d:])", re.IGNORECASE)
_ISO: Final = r"(\d{4})-(\d{2})-(\d{2})"
_ISO_DATES: Final = re.compile(rf"{_ISO}(?:(?:{_DASH}){_ISO})?")
_DOTTED: Final = r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?"
_DOTTED_DATES: Final = re.compile(rf"{_DOTTED}(?:{_DASH}{_DOTTED})?(?![\d.:])")
_SHORT: Final = r"(\d{2})-(\d{2})"
_SHORT_DATES: Final = re.compile(rf"{_SHORT}(?:{_APART}{_SHORT})?(?![\d.:])")
_NUMBER: Final = r"(\d{1,2})"
_SKIPPED: Final = re.compile(r"[\s,:.()–—-]+")
_DATE_LIKE: Final = re.compile(r"\d{1,2}[.-]\d{1,2}(?![\d:])")
_WORD: Final = re.compile(r"\S+")
_YEAR: Final = r"(?:,?\s+(\d{4})(?!\d))?"


def tokens(entry: str, *, short_dates: bool) -> Iterator[Token]:
    """Yield what stands between two semicolons. `short_dates`: `12-31` may be a date. Raises Unreadable."""
    at, dates_may_stand, behind_days = 0, True, False
    while at < len(entry):
        if blank := _SKIPPED.match(entry, at):
            at = blank.end()
            continue
        found: tuple[Days | Dates | Span | Sign | None, int] | None = (
            _dates(entry, at, short=short_dates and dates_may_stand, dotted=dates_may_stand)
            or _span(entry, at)
            or _word(entry, at, behind_days=behind_days)
        )
        if found is None:
            raise _not_known(entry, at)
        means, end = found
        if means is not None:
            yield Token(means, entry[at:end].strip())
            dates_may_stand = dates_may_stand and isinstance(means, Dates)
            behind_days = isinstance(means, Dates | Days)
        at = end


def _not_known(entry: str, at: int) -> Unreadable:
    if date_like := _DATE_LIKE.match(entry, at):
        return Unreadable("date", date_like[0])
    word = _WORD.match(entry, at)
    return Unreadable("unknown", word[0].strip("(),.") if word else entry)


def _dates(entry: str, at: int, *, short: bool, dotted: bool) -> tuple[Dates, int] | None:
    if found := _ISO_DATES.match(entry, at):
        y1, m1, d1, y2, m2, d2 = map(_number, found.groups())
        return _row(found[0], (y1, m1, d1), (y2, m2, d2) if m2 else None), found.end()
    if named := _named_dates(entry, at):
        return named
    if found := _DOTTED_DATES.match(entry, at):
        d1, m1, y1, d2, m2, y2 = map(_number, found.groups())
        if y1 or (dotted and _is_day(m1, d1) and (not m2 or _is_day(m2, d2)) and _hours_follow(entry, found.end())):
            return _row(found[0], (y1, m1, d1), (y2, m2, d2) if m2 else None), found.end()
    if short and (found := _SHORT_DATES.match(entry, at)):
        m1, d1, m2, d2 = map(_number, found.groups())
        if _is_day(m1, d1) and (not m2 or _is_day(m2, d2)) and _hours_follow(entry, found.end()):
            return _row(found[0], (None, m1, d1), (None, m2, d2) if m2 else None), found.end()
    return None


def _number(part: str | None) -> int | None:
    return int(part) if part else None


def _named_dates(entry: str, at: int) -> tuple[Dates, int] | None:
    """Find `1 January`, `January 1, 2026`, `1-8 января`, `31 декабря - 8 января`."""
    months = "|".join(sorted(vocabulary().months, key=len, reverse=True))
    one = rf"(?:{_NUMBER}\s+({months})\b\.?|({months})\b\.?\s+{_NUMBER}(?![\d:])){_YEAR}"
    several = rf"(?:{_NUMBER}{_DASH}(?=\d{{1,2}}\s+(?:{months})\b))?"
    found = re.compile(rf"{several}{one}(?:{_DASH}{one})?", re.IGNORECASE).match(entry, at)
    if found is None:
        return None
    before, *both = found.groups()
    first, last = _named(both[:5]), _named(both[5:])
    if before is not None and first is not None:
        first, last = (first[0], first[1], int(before)), last or first
    return (_row(found[0], first, last), found.end()) if first else None


def _named(parts: list[str | None]) -> tuple[int | None, int, int] | None:
    day, month, month_first, day_last, year = parts
    name, number = (month, day) if month else (month_first, day_last)
    if name is None or number is None:
        return None
    return int(year) if year else None, vocabulary().months[name.lower()], int(number)


def _row(
    part: str, first: tuple[int | None, int | None, int | None], last: tuple[int | None, int | None, int | None] | None
) -> Dates:
    """Return dates that exist, in order where they have years."""
    begins, ends = first, last or first
    years = (begins[0] or ends[0], ends[0] or begins[0])
    month, day, last_month, last_day = begins[1] or 0, begins[2] or 0, ends[1] or 0, ends[2] or 0
    if not (_is_day(month, day, years[0]) and _is_day(last_month, last_day, years[1])):
        raise Unreadable("date", part)
    if years[0] and years[1] and (years[1], last_month, last_day) < (years[0], month, day):
        raise Unreadable("date", part)
    return Dates(first=(month, day), last=(last_month, last_day), first_year=years[0], last_year=years[1])


def _is_day(month: int | None, day: int | None, year: int | None = None) -> bool:
    try:
        date(year or 2024, month or 0, day or 0)  # a leap year: 29 February is a date of some years
    except ValueError:
        return False
    return True


def _hours_follow(entry: str, at: int) -> bool:
    """Whether hours, or a word in their place, are still to come: else what looks like a date is the hours."""
    if _RANGE.search(entry, at):
        return True
    words = vocabulary()
    signs = (words.signs.get(" ".join(found[0].lower().split())) for found in words.pattern.finditer(entry, at))
    return any(sign in ("closed", "rest", "whole") for sign in signs)


def _span(entry: str, at: int) -> tuple[Span, int] | None:
    found = _RANGE.match(entry, at)
    if found is None:
        return None
    hour, minute, half, last_hour, last_minute, last_half = found.groups()
    if half is None and last_half and int(hour) <= int(last_hour):
        half = last_half  # 1-5 pm; but 9-6 pm begins in the morning
    elif half is None and last_half:
        half = "a"
    start, end = _minutes(found[0], hour, minute, half), _minutes(found[0], last_hour, last_minute, last_half)
    if start in (end, A_DAY):
        raise Unreadable("same", found[0])
    return Span(start, end if end > start else end + A_DAY), found.end()


def _minutes(part: str, hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:  # noqa: PLR2004  # as such a clock counts
            raise Unreadable("time", part)
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    if minutes > 59 or hours * 60 + minutes > A_DAY:  # noqa: PLR2004  # the last minute of an hour
        raise Unreadable("time", part)
    return hours * 60 + minutes


def _word(entry: str, at: int, *, behind_days: bool) -> tuple[Days | Sign | None, int] | None:
    """Find a word of ours; None in the first place for one that says nothing by itself."""
    words = vocabulary()
    found = words.pattern.match(entry, at)
    if found is None:
        return None
    word = " ".join(found[0].lower().split())
    if word in words.days:
        return _row_of_days(entry, words.days[word], found.end())
    if word in words.groups:
        first, last = words.groups[word]
        return Days(tuple(range(first - 1, last))), found.end()
    return _sign(words.signs[word], weekend=not behind_days and _hours_follow(entry, found.end())), found.end()


def _sign(sign: str, *, weekend: bool) -> Days | Sign | None:
    """Return what a word stands for. `weekend`: where it may mean the days as well as that they are off."""
    match sign:
        case "closed" | "whole" | "break" as said:
            return said
        case "rest":
            return Days((5, 6)) if weekend else "closed"
        case _:
            return None


def _row_of_days(entry: str, first: int, at: int) -> tuple[Days, int]:
    """Return a day, or the days from it to another: `Mo-Fr`, `с пн по пт`; `Fr-Mo` passes the end of the week."""
    words = vocabulary()
    link = re.compile(rf"\.?(?:{_DASH}|\s+(?:to|till|until|through|до|по)\s+)", re.IGNORECASE).match(entry, at)
    found = words.pattern.match(entry, link.end()) if link else None
    last = words.days.get(found[0].lower()) if found else None
    if found is None or last is None:
        return Days((first - 1,)), at
    return Days(tuple((first - 1 + step) % 7 for step in range((last - first) % 7 + 1))), found.end()
