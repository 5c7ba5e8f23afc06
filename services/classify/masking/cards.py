"""What stands on a card beside its number: until when it is valid, and the digits on its back."""

from __future__ import annotations

from typing import Final

from services.classify.masking.shapes import Shape, one_of, shape
from services.classify.masking.wording import CODE, NOT_COUNTED

CVV: Final = r"(?:[cсц][\s.]?[vв][\s.]?[vвcсs](?:[\s.]{0,2}2)?|cv2|cvn|csc|[сц]и[\s-]?ви[\s-]?(?:ви|си))"
"""In both alphabets and in a mixture of them."""
BACK: Final = r"(?:обратн\w{1,3}|оборот\w{0,2}|задн\w{1,3}\sстор\w{1,3}|тыльн\w{1,3}|сзади|back)"

_MONTH_AND_YEAR: Final = rf"(?:0[1-9]|1[0-2])(?:\s?[/.\\-]\s?|\s?)(?:20)?[2-4]\d(?!\d|[./-]\d){NOT_COUNTED}"
_VALID: Final = one_of(
    "mm/yy мм/гг",
    r"срок(?:\s(?:действия|карты|годности)){0,2}",
    r"valid(?:\s(?:thru|until|till|through|to))?|good\sthru",
    r"exp(?:\.|iry|ires|iration)?(?:\sdate)?",
    r"(?:действует|действительна|годна|карт[ауы])\sдо",
)
_HINTS: Final = "[card] [number] срок valid exp годна карт действ good mm/ мм/"

CARDS: Final[tuple[Shape, ...]] = (
    shape(
        "[card] [number]",
        rf"(\[(?:CARD|NUMBER)\](?:[\s,;:/|(-]{{1,4}}(?:{_VALID}|до))?[\s,;:/|(-]{{1,4}}){_MONTH_AND_YEAR}",
        r"\1[EXPIRY]",
    ),
    shape(_HINTS, rf"(?<!\w)({_VALID}[\s:=,-]{{0,4}}(?:(?:is|on|до|to|по|это)\s)?){_MONTH_AND_YEAR}", r"\1[EXPIRY]"),
    shape(_HINTS, rf"(\[EXPIRY\][\s,;:/|-]{{1,4}}(?:{CODE}[\s:]{{1,2}})?)\d{{3}}(?!\d){NOT_COUNTED}", r"\1[SECRET]"),
    shape(
        "c v с ц back об",
        r"(?<![\w.,-])\d{3,4}(?=[\s,(—–-]{1,3}(?:(?:это|мой|is|my|the)\s){0,3}"
        rf"(?:{CVV}(?!\w)|(?:{CODE}\s)?(?:[сc]|на|on\sthe)\s?{BACK}))",
        "[SECRET]",
    ),
)
