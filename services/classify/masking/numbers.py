"""What a run of digits is: a card, a phone, a document, or a number of some other kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from stdnum import luhn
from stdnum.ru import inn

from services.classify.masking.shapes import BREAK

HARMLESS: Final = 8
"""Up to so many digits may be an order number, an amount, a year: they stay."""

INVISIBLE: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff"
"""Inside of a character class."""

_BLANKS: Final = r" \t\u00a0\u2007\u2009\u202f"
_SIGNS: Final = rf"{_BLANKS}.\-‐‑‒–—−()/_*\u20e3{INVISIBLE}"
LINE_BREAK: Final = rf"(?:{BREAK}{{1,2}}[{_BLANKS}(-]{{0,4}}+)"
_BETWEEN: Final = rf"[{_SIGNS}+]{{0,4}}+{LINE_BREAK}{{0,2}}+"
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE: Final = rf"(?:{_DAY}[./]{_MONTH}[./]{_YEAR}|{_YEAR}-{_MONTH}-{_DAY})(?!\d)"
_TIME: Final = r"\d{1,2}:\d\d(?!\d)"

NUMBERS: Final = re.compile(rf"(?P<date>(?<!\d){_DATE})|[+(]{{0,2}}\d(?:{_BETWEEN}(?!(?<=\s)(?:{_DATE}|{_TIME}))\d)*+")
"""Dates as `date`, and runs of digits with the signs people put between them. A date or a time ends a run."""

_SNILS: Final = re.compile(r"\d{3}-\d{3}-\d{3}[ -]\d{2}")
_PASSPORT: Final = re.compile(r"\d{2} ?\d{2} \d{6}")
_LOCAL_PHONE: Final = re.compile(r"\d{3}-\d{2}-\d{2}")
_GROUPED_PHONE: Final = re.compile(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}|\(\d{3,5}\).*")
_CARD_LENGTHS: Final = range(13, 20)
"""ISO/IEC 7812."""


def label(raw: str) -> str | None:
    """Return the placeholder for a run of digits, None for one that may stay."""
    digits = "".join(str(int(sign)) for sign in raw if sign.isdecimal())  # of whatever script
    if len(digits) <= HARMLESS:
        return "[PHONE]" if _LOCAL_PHONE.fullmatch(raw) else None
    return next((name for name, fits in _KINDS if fits(raw, digits)), "[NUMBER]")


def is_card(digits: str) -> bool:
    return len(digits) in _CARD_LENGTHS and luhn.is_valid(digits)


def _is_phone(raw: str, digits: str) -> bool:
    match len(digits), digits[0]:
        case (11, "7" | "8") | (10, "9"):
            return True
        case (9 | 10 | 11 | 12 | 13 | 14 | 15, _):
            return raw.startswith("+") or _GROUPED_PHONE.fullmatch(raw) is not None
        case _:
            return False


_KINDS: Final[tuple[tuple[str, Callable[[str, str], bool]], ...]] = (
    ("[SNILS]", lambda raw, _digits: _SNILS.fullmatch(raw) is not None),
    ("[PASSPORT]", lambda raw, _digits: _PASSPORT.fullmatch(raw) is not None),
    ("[CARD]", lambda _raw, digits: is_card(digits)),
    ("[PHONE]", _is_phone),
    ("[INN]", lambda _raw, digits: inn.is_valid(digits)),
)
