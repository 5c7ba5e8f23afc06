"""Working hours in words, and when the team is back as a customer reads it: relative to their day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.texts import label, text_key
from services.working_hours.schedule import A_DAY, WEEK, Dates, Schedule, Span, Spans

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WHOLE: Final = (Span(0, A_DAY),)


def written(hours: Schedule, language: str, today: date | None = None, *, days: int | None = None) -> str:
    """Return the hours in words. Dates that are over on `today` are left out, and those that come later than `days`."""
    entries = [_entry(_weekdays(alike, language), spans, language) for alike, spans in _alike(hours.week)]
    entries += [
        _entry(_dates(dates, language), spans, language)
        for dates, spans in hours.exceptions.items()
        if today is None or (dates.comes(today, days) if days is not None else not dates.over(today))
    ]
    return ", ".join(entries)


def _alike(week: Sequence[Spans]) -> Iterator[tuple[list[int], Spans]]:
    """Yield days with the same hours together; days off are not named."""
    for spans in dict.fromkeys(week):
        if spans:
            yield [day for day in range(WEEK) if week[day] == spans], spans


def _entry(days: str, spans: Spans, language: str) -> str:
    if not spans:
        return label("hours.day_off", language, days=days)
    if spans == _WHOLE:
        said = label("hours.whole", language)
        return said if days == label("hours.daily", language) else label("hours.entry", language, days=days, spans=said)
    said = label("hours.and", language).join(f"{_time(span.start)}–{_time(span.end)}" for span in spans)
    return label("hours.entry", language, days=days, spans=said)


def _weekdays(days: Sequence[int], language: str) -> str:
    if len(days) == WEEK:
        return label("hours.daily", language)
    return ", ".join(_between(row, language) for row in _rows(days))


def _rows(days: Iterable[int]) -> list[list[int]]:
    """Return days that follow each other together."""
    rows: list[list[int]] = []
    for day in days:
        if rows and rows[-1][-1] == day - 1:
            rows[-1].append(day)
        else:
            rows.append([day])
    return rows


def _between(row: Sequence[int], language: str) -> str:
    names = [label(text_key("weekday", _DAYS[day]), language) for day in row]
    return ", ".join(names) if len(names) < 3 else f"{names[0]}–{names[-1]}"  # noqa: PLR2004  # two are no row


def _dates(dates: Dates, language: str) -> str:
    if dates.first[0] == dates.last[0] and dates.first_year == dates.last_year and dates.first[1] < dates.last[1]:
        return _named_day(dates.first[0], f"{dates.first[1]}–{dates.last[1]}", language, dates.first_year)
    first, last = (
        _named_day(*day, language, year)
        for day, year in ((dates.first, dates.first_year), (dates.last, dates.last_year))
    )
    return first if first == last else f"{first} – {last}"


def _named_day(month: int, day: int | str, language: str, year: int | None = None) -> str:
    named = label(text_key("day_of", _MONTHS[month - 1]), language, day=day)
    return named if year is None else label("hours.year", language, day=named, year=year)


def _time(minute: int) -> str:
    hours, minutes = divmod(minute if minute <= A_DAY else minute - A_DAY, 60)
    return f"{hours}:{minutes:02}"


def back(at: datetime, now: datetime, zone: ZoneInfo, language: str) -> str:
    """Return when the team is back: today, tomorrow, on a day of the week or a date, at which time of which zone.

    Telegram does not tell where a customer lives, so the day is the team's and its zone is named.
    """
    there, here = at.astimezone(zone), now.astimezone(zone)
    time = f"{there.hour}:{there.minute:02}"
    day = _relative(there.date(), here.date(), language)
    return label("hours.back", language, day=day, time=time, zone=zone_name(at, zone, language))


def _relative(day: date, today: date, language: str) -> str:
    days = (day - today).days
    if days <= 0:
        return label("hours.today", language)
    if days == 1:
        return label("hours.tomorrow", language)
    if days < WEEK:
        return label(text_key("on_weekday", _DAYS[day.weekday()]), language)
    return label("hours.on_date", language, day=_named_day(day.month, day.day, language))


def zone_name(at: datetime, zone: ZoneInfo, language: str) -> str:
    """Return the zone as a customer knows it: Moscow's by its name, any other by its distance from UTC."""
    if zone.key == "Europe/Moscow":
        return label("hours.moscow", language)
    distance = at.astimezone(zone).utcoffset() or timedelta()
    if not distance:
        return "UTC"
    hours, minutes = divmod(abs(round(distance.total_seconds() / 60)), 60)
    sign = "+" if distance > timedelta() else "−"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"
