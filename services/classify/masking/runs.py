"""Hides numbers in a text, also those typed over several lines, as people type in a messenger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from services.classify.masking.numbers import HARMLESS, LINE_BREAK, NUMBERS, label
from services.classify.masking.tracks import is_track

LINES: Final = 5
"""A number is looked for over so many lines."""
_CARD, _LONGEST = 13, 19
_ABROAD: Final = re.compile(r"[+(]")
_BEGINNINGS: Final = {10: re.compile(r"[+(9]|\d{2,3}(?!\d)"), 11: re.compile(r"[+(78]|\d{3}-")}
_GROUP: Final = 4
"""A card is four groups of four. A longer group may be an order or an amount."""
_TURN: Final = re.compile(rf"([ \t\u00a0-]{{0,4}}{LINE_BREAK}{{1,2}})")
_GROUPS: Final = re.compile(r"\d+")
_ORDER: Final = re.compile(
    r"(?:заказ\w{0,3}|order|сч[её]т\w{0,2}|invoice|трек|track|сумм\w)(?:\s(?:номер|number|no|id)\.?)?[\s№#:]{0,4}$",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"\s?(?:[₽$€%]|руб|р\b|rub|usd|eur|шт|дн|час|мин|раз\b|times|days)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a run has on one line."""

    text: str
    digits: int
    whole: bool
    """It is a number of a known kind by itself: the next line is no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the words before and after a run make of it."""

    order: bool
    unit: bool


def hide_numbers(text: str) -> str:
    """Put a placeholder for each number that may not stay."""
    return NUMBERS.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    raw = found[0]
    if found["date"]:
        return raw
    pieces = _TURN.split(raw)
    if len(pieces) == 1:
        name = label(raw)
        if name == "[PHONE]" and raw.isdecimal() and _is_order(found):
            return "[NUMBER]"  # eleven digits in a row, and no sign of a phone but the first of them
        return raw if name is None or is_track(found, name) else name
    order = _is_order(found)
    return _over_lines(pieces, Around(order=order, unit=_UNIT.match(found.string, found.end()) is not None))


def _is_order(found: re.Match[str]) -> bool:
    """Whether the words before say that it is the number of an order or an invoice."""
    return _ORDER.search(found.string, max(0, found.start() - 20), found.start()) is not None


def _over_lines(pieces: list[str], around: Around) -> str:
    """Join as many lines as make one number of a known kind; the others are numbers of their own."""
    lines = [_line(piece) for piece in pieces[::2]]
    shown: list[str] = []
    at = 0
    while at < len(lines):
        last, name = _longest(lines, at, around)
        shown += [name or lines[at].text, *pieces[2 * last + 1 : 2 * last + 2]]
        at = last + 1
    return "".join(shown)


def _line(text: str) -> Line:
    digits = sum(map(str.isdecimal, text))
    return Line(text=text, digits=digits, whole=digits > HARMLESS and label(text) != "[NUMBER]")


def _longest(lines: list[Line], first: int, around: Around) -> tuple[int, str | None]:
    some = lines[first : first + LINES]
    digits = sum([line.digits for line in some])
    while len(some) > 1:
        if _can_be_one(some[0].text, digits) and not any(line.whole for line in some):
            name = _joined(" ".join([line.text for line in some]), around)
            if name is not None:
                return first + len(some) - 1, name
        digits -= some.pop().digits
    return first, label(some[0].text)


def _can_be_one(beginning: str, digits: int) -> bool:
    """Spare most of the lines a closer look: cards are long, phones and papers begin as they do."""
    if digits >= _CARD:
        return digits <= _LONGEST
    return digits > HARMLESS and _BEGINNINGS.get(digits, _ABROAD).match(beginning) is not None


def _joined(raw: str, around: Around) -> str | None:
    groups = _GROUPS.findall(raw)
    longest = max(map(len, groups))
    match label(raw):
        case "[CARD]" | "[SNILS]" as name:
            return name
        case "[PHONE]" as name if raw.startswith("+") or longest <= _GROUP or not (around.order or around.unit):
            return name
        case "[PASSPORT]" as name if len(groups[0]) < _GROUP:  # 45 09 123456, where 4509 may be an amount
            return name
        case str() if len(groups) == _GROUP == longest == min(map(len, groups)):  # a card with a slip
            return "[NUMBER]"
        case _:
            return None
