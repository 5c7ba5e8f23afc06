"""Cards in disguise: groups with commas or bars between, letters that look like digits."""

from __future__ import annotations

import re
from typing import Final

from services.classify.masking.numbers import is_card

_ALIKE: Final = str.maketrans("OoОоlIІі|ЗзSБбB", "000011111335668")
_SIGN: Final = r"[\dOoОоlIІі|ЗзSБбB]"
_DISGUISED: Final = re.compile(rf"(?<![\w|]){_SIGN}(?:[ \t.,-]{{0,2}}{_SIGN}){{12,18}}(?![\w|])")
_DIGITS_LEAST: Final = 4
"""Real digits that a disguised card must have where no word says that it is one."""
_GROUPED: Final = re.compile(r"(?<!\d)\d{1,6}(?:[^\w\r\n]{1,4}\d{1,6}){2,18}(?!\d)")
_GROUPS: Final = re.compile(r"\d+")
_SHAPES: Final = frozenset(
    {
        (4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (4, 6, 5), (4, 6, 4), (4, 4, 5),
        *((1,) * count for count in (13, 14, 15, 16, 19)), (2,) * 8, (5, 5, 6), (6, 6, 4), (6, 4, 6),
    }
)  # fmt: skip
_CARD: Final = re.compile(
    r"(?:карт\w{0,3}|card|visa|виза|mastercard|мир|mir|maestro|pan)\W{0,3}(?:[^\W\d]{1,12}\W{1,3}){0,3}$", re.IGNORECASE
)
_BEFORE: Final = 48
_FOURS: Final = 4


def hide_cards(text: str) -> str:
    """Put a placeholder for each card that is not written as a plain number."""
    return _GROUPED.sub(_grouped, _DISGUISED.sub(_disguised, text))


def _disguised(found: re.Match[str]) -> str:
    raw = found[0]
    digits = sum(map(str.isdecimal, raw))
    plain = "".join(sign for sign in raw.translate(_ALIKE) if sign.isdecimal())
    told = _is_told(found)
    if digits == len(plain) or not (digits >= _DIGITS_LEAST or told):
        return raw
    if is_card(plain):
        return "[CARD]"
    return "[NUMBER]" if told else raw


def _grouped(found: re.Match[str]) -> str:
    groups = _GROUPS.findall(found[0])
    if tuple(map(len, groups)) not in _SHAPES:
        return found[0]
    if is_card("".join(groups)):
        return "[CARD]"
    fours = len(groups) >= _FOURS and {len(group) for group in groups[:_FOURS]} == {_FOURS}
    return "[NUMBER]" if fours and _is_told(found) else found[0]


def _is_told(found: re.Match[str]) -> bool:
    """Whether the words before speak of a card."""
    return _CARD.search(found.string[max(0, found.start() - _BEFORE) : found.start()]) is not None
