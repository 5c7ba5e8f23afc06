"""What a value of each type looks like. A fault is named by a code; `fact_fault` in the texts has its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from services.texts import label, text_key
from services.texts.keys import FactFaultKey
from services.working_hours.reading import read
from services.working_hours.tokens import Code, Unreadable
from storage.closed_sets import FactType

MOST: Final = 500
"""Characters of a value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, and with which part of it."""

    code: FactFaultKey
    part: str = ""

    def words(self, language: str) -> str:
        """Return what is wrong and how to mend it."""
        return label(text_key("fact_fault", self.code), language, part=self.part)


_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
_NUMBER: Final = re.compile(r"[-+−]?\d{1,3}(?:[ \u00a0]\d{3})*(?:[.,]\d+)?|[-+−]?\d+(?:[.,]\d+)?")
_PHONE: Final = re.compile(r"\+?[\d(][\d\s().–-]*\d")
_DIGITS: Final = range(3, 16)
"""Of a phone: short numbers of a country have three, the longest in the world fifteen."""
_EMAIL: Final = re.compile(r"[^@\s<>]+@[^@\s<>.]+(?:\.[^@\s<>.]+)+")


def cleaned(value: str) -> str:
    """Take away what nobody sees: spaces around it, control characters, other systems' line ends."""
    lines = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def fault(kind: FactType, value: str) -> Fault | None:
    """Return what is wrong with a cleaned value; None for one that will do."""
    if not value:
        return Fault("empty")
    if len(value) > MOST:
        return Fault("too_long")
    if kind == "hours":
        return _of_hours(value)
    return None if kind == "text" or _SHAPES[kind](value) else Fault(kind)


def _of_hours(value: str) -> Fault | None:
    """Return a mistake in hours. What is said in other words than ours is none: it is shown as it stands."""
    hours = read(value)
    if not isinstance(hours, Unreadable) or hours.code == "unknown":
        return None
    return Fault(_HOURS[hours.code], hours.part)


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _is_phone(value: str) -> bool:
    return _PHONE.fullmatch(value) is not None and sum(char.isdigit() for char in value) in _DIGITS


def _is_email(value: str) -> bool:
    return _EMAIL.fullmatch(value) is not None


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not re.search(r"[\s<>\"]", value)


_HOURS: Final[Mapping[Code, FactFaultKey]] = {
    "time": "hours_time",
    "date": "hours_date",
    "same": "hours_same",
    "overlap": "hours_overlap",
    "days": "hours_days",
    "hours": "hours_none",
    "week": "hours_week",
    "break": "hours_break",
}
_SHAPES: Final[Mapping[FactType, Callable[[str], bool]]] = {
    "number": _is_number,
    "phone": _is_phone,
    "email": _is_email,
    "url": _is_url,
}
