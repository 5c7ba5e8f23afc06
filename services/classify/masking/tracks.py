"""Numbers of parcels: they open nothing, and say what a message is about."""

from __future__ import annotations

import re
from typing import Final

_AROUND: Final = 32
_POSTAL: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2} ?(?P<digits>\d{9}|\d{3} \d{3} \d{3}) ?[A-Z]{2}(?![A-Za-z0-9])")
"""RA123456789RU, as postal services of all countries write it."""
_PARCEL: Final = (
    r"(?:трек\w{0,4}|трэк\w{0,4}|отслеживани\w|отследить|посыл\w{1,5}|отправлени\w{1,2}|бандерол\w{1,3}|накладн\w{2,3}|шпи|рпо|"
    r"почтов\w{2,3}|track\w{0,4}|parcel|shipment|package|waybill|consignment|awb)"
)
_BEFORE: Final = re.compile(
    rf"(?<!\w){_PARCEL}(?:[\s-](?:номер|number|id|code|код)\w?)?[^\d\r\n]{{0,16}}(?:[A-Za-z0-9]{{1,8}})?$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(rf"[^\w\r\n]{{1,3}}(?:(?:это|мой|номер|is|my|the)\s){{0,3}}{_PARCEL}(?!\w)", re.IGNORECASE)
_LENGTHS: Final = range(9, 23)
_RUSSIAN_POST: Final = 14
_NEVER: Final = frozenset({"[PHONE]", "[SNILS]", "[PASSPORT]"})


def is_track(found: re.Match[str], label: str | None) -> bool:
    """Whether a run of digits is a parcel's number, by its letters or by the words around it.

    A card is one only where it has the length that Russian Post uses, and cards hardly ever have.
    """
    text, digits = found.string, sum(map(str.isdecimal, found[0]))
    start = max(0, found.start() - 3)
    if any(postal.start("digits") == found.start() for postal in _POSTAL.finditer(text, start, found.end() + 4)):
        return True
    if label in _NEVER or digits not in _LENGTHS or (label == "[CARD]" and digits != _RUSSIAN_POST):
        return False
    before = text[max(0, found.start() - _AROUND) : found.start()]
    behind = text[found.end() : found.end() + _AROUND]
    return _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None
