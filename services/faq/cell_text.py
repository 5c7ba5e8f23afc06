"""What a cell of a workbook shows: a file holds 0.1 where people read 10 %."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

_CURRENCY: Final = re.compile(r"\[\$([^\]\-]*)[^\]]*\]")
_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
"""Colours and conditions."""
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|[_*].')
"""Quoted text, an escaped sign; room as wide as a sign, or a sign that fills the cell, shows nothing."""
_DIGITS: Final = re.compile(r"[#0?](?:[#0?, ]*[#0?])?(?:\.([#0?]+))?")
_GENERAL: Final = ".10g"
_MIDNIGHT: Final = time()
_FIRST_YEAR: Final = 1901
"""What has no day, Excel counts from the beginning of 1900."""


def shown(value: object, number_format: str | None) -> str:
    """Return a cell's value as its number format writes it.

    Currencies, percents, decimals and words of the format are kept. Groups of thousands are not, since their sign
    depends on the country. A date is 25.12.2026 where the format has the day first, else 2026-12-25; a time is 18:00.
    """
    told = number_format or "General"
    if value is None:
        return ""
    if isinstance(value, datetime):
        day = "" if value.year < _FIRST_YEAR else _day(value.date(), told)
        hour = "" if day and value.time() == _MIDNIGHT else _hour(value.time())
        return f"{day} {hour}".strip()
    if isinstance(value, date):
        return _day(value, told)
    if isinstance(value, time):
        return _hour(value)
    if isinstance(value, timedelta | bool) or not isinstance(value, int | float):
        return str(value)
    return _number(value, told)


def _day(value: date, number_format: str) -> str:
    plain = number_format.lower()
    first = "d" in plain and -1 < plain.find("d") < plain.find("m")
    return value.strftime("%d.%m.%Y") if first else value.isoformat()


def _hour(value: time) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def _number(value: float, number_format: str) -> str:
    positive, *others = number_format.split(";")
    section = others[0] if others and value < 0 else positive
    signed = value < 0 and not others
    literals: list[str] = []

    def kept(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or "")
        return "\0"

    plain = _CURRENCY.sub(lambda found: f'"{found[1]}"', section)
    plain = _LITERAL.sub(kept, _BRACKETS.sub("", plain))
    digits = _DIGITS.search(plain)
    if digits is None or re.search(r"[E/]", plain):  # General, scientific, fractions
        return str(int(value)) if value == int(value) else format(value, _GENERAL)
    scaled = abs(value) * (100 if "%" in plain else 1)
    decimals = digits[1] or ""
    text = f"{scaled:.{len(decimals)}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text.removesuffix("0")
    text = text.removesuffix(".")
    said = plain[: digits.start()] + text + plain[digits.end() :]
    words = iter(literals)
    said = "".join(next(words) if sign == "\0" else sign for sign in said)
    return " ".join(f"{'-' if signed else ''}{said}".split())
