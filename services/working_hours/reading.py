"""Working hours as an owner types them: `Mo-Fr 9:00-13:00 14:00-18:00; Sa 10-15; 2026-12-31 9-12; 01-01 closed`.

Entries stand apart by semicolons or lines: days or dates first, then hours, or that it is closed. Days may be Russian
or English, hours `9-18`, `9:00-18:00`, `9am-6pm`, `с 9 до 18`; dates `2026-12-31`, `31.12.2026`, `31.12`, `12-31`,
`31 декабря`, `1-8 января`, `Dec 31`. What is said later goes before what was said earlier; a day that nobody names is
a day off. Without any days the hours hold every day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from services.working_hours.schedule import A_DAY, WEEK, Dates, Schedule, Span, Spans
from services.working_hours.tokens import Days, Sign, Token, Unreadable, tokens

_APART: Final = re.compile(r"[;\n]")
_EVERY_DAY: Final = Days(tuple(range(WEEK)))
_WHOLE: Final = Span(0, A_DAY)


@lru_cache(maxsize=64)
def read(text: str) -> Schedule | Unreadable:
    """Return the hours, or what is not understood of them and why."""
    entries = [entry for entry in _APART.split(text) if entry.strip()]
    try:
        return _Reading(entries, short_dates=True).schedule()
    except Unreadable as first:
        try:
            return _Reading(entries, short_dates=False).schedule()
        except Unreadable:
            return first


class _Reading:
    """One way to read a text."""

    def __init__(self, entries: Iterable[str], *, short_dates: bool) -> None:
        self._entries = [list(tokens(entry, short_dates=short_dates)) for entry in entries]
        self._week: dict[int, Spans] = {}
        self._exceptions: dict[Dates, Spans] = {}

    def schedule(self) -> Schedule:
        for entry in self._entries:
            for when, what in _rules(entry):
                self._hold(when, what)
        if not self._week:
            raise Unreadable("week", "")
        week = tuple(self._week.get(day, ()) for day in range(WEEK))
        return Schedule(week=week, exceptions=self._exceptions)

    def _hold(self, when: list[Token], what: list[Token]) -> None:
        part = " ".join(token.part for token in (*when, *what))
        if not what:
            raise Unreadable("hours", part)
        said, breaks = _spans_of(what)
        if not when:
            if not said and breaks and self._week:  # a break for all that has been said
                self._week = {day: _without(held, breaks, part) if held else () for day, held in self._week.items()}
                return
            if self._week:  # of which days?
                raise Unreadable("days", part)
        spans = _without(_in_order(said, part), breaks, part)
        for one in (token.means for token in when) if when else (_EVERY_DAY,):
            if isinstance(one, Days):
                self._week.update(dict.fromkeys(one.numbers, spans))
            elif isinstance(one, Dates):
                self._exceptions.pop(one, None)
                self._exceptions[one] = spans


def _rules(entry: Iterable[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield days and dates with the hours behind them: where days come again, another rule begins.

    One that begins with hours and ends with days has each behind: `9-18 on weekdays`.
    """
    entry = list(entry)
    if entry and not _names_days(entry[0]) and _names_days(entry[-1]):
        yield from ((when, what[::-1]) for when, what in _rules(entry[::-1]))
        return
    when: list[Token] = []
    what: list[Token] = []
    for token in entry:
        if _names_days(token):
            if what:
                yield when, what
                when, what = [], []
            when.append(token)
        else:
            what.append(token)
    if when or what:
        yield when, what


def _names_days(token: Token) -> bool:
    return isinstance(token.means, Days | Dates)


def _spans_of(what: Iterable[Token]) -> tuple[list[Span], list[Span]]:
    """Return the spans, and those of breaks."""
    spans: list[Span] = []
    breaks: list[Span] = []
    sign: Sign | None = None
    for token in what:
        match token.means:
            case Span() as span:
                (breaks if sign == "break" else spans).append(span)
            case "whole":
                spans.append(_WHOLE)
            case "closed" | "break" as said:
                sign = said
            case _:
                continue
    if sign == "closed" and spans:
        raise Unreadable("hours", " ".join(token.part for token in what))
    if sign == "break" and not breaks:
        raise Unreadable("break", " ".join(token.part for token in what))
    return spans, breaks


def _in_order(spans: Iterable[Span], part: str) -> Spans:
    ordered = sorted(spans)
    for one, other in pairwise(ordered):
        if other.start < one.end:
            raise Unreadable("overlap", part)
    return tuple(ordered)


def _without(spans: Spans, breaks: Iterable[Span], part: str) -> Spans:
    """Take breaks out of the spans that they lie in."""
    left = spans
    for pause in breaks:
        whole = next((span for span in left if span.start <= pause.start and pause.end <= span.end), None)
        if whole is None:
            raise Unreadable("break", part)
        pieces = (Span(whole.start, pause.start), Span(pause.end, whole.end))
        left = tuple(
            sorted([*(span for span in left if span != whole), *(one for one in pieces if one.start < one.end)])
        )
    return left
