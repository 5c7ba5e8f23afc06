"""The number of an order as customers write it: "order 5521", «заказ № 5521», "#A-1002".

Who gave it is not asked for it, and to an engine one number is as good as another. What the number counts ("заказ на
5000 руб", "order 300 pieces") is none, nor is what is as long as a card's.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 20
LIKE_ANY: Final = "12345"
"""What engines read instead of any of them."""
_ORDER: Final = (
    r"(?:заказ|посылк|отправлени|покупк|накладн|бронировани)[а-я]{0,3}|order|parcel|shipment|purchase|booking|"
    r"трек(?:-?номер[а-я]{0,2})?|tracking|зак|ord|п/?н"
)
_NUMBER: Final = r"number|no\.?|num\.?|nr\.?|id|номер[а-я]{0,2}|ном\.?|под|is|это|мой|my|the|:"
_ID: Final = r"(?:[a-zа-я]{1,4}[-_/]?)?\d{3,12}(?:[-_/]\d{1,8}){0,2}(?:[a-z]{1,3})?"
_COUNTS: Final = (
    r"(?!\w|[.,:]\d|[\s-]{1,3}\d|\s?(?:руб|р\b|₽|тыс|грн|тенге|тг\b|usd|eur|dollars?|euros?|pounds?|\$|€|£|шт|штук|ед|кг|г\b|км|%|"
    r"pcs|pieces|items|units|kg|дн|день|дня|час|мин|days?|hours?|год|г\.|years?))"
)
_FOUND: Final = re.compile(
    rf"(?<![\w-])(?:(?:{_ORDER})\s?(?:(?:{_NUMBER})\s?){{0,3}}[#№\s:(«\"]{{0,3}}|(?:номер|number)\s[#№]?\s?|[#№]\s?)"
    rf"(?P<number>{_ID}){_COUNTS}",
    re.IGNORECASE,
)

_MARK: Final = re.compile(r"[#№]\s*$")


def order_number(text: str) -> str:
    """Return the first number of an order in a text, as it is written; empty where there is none."""
    found = _FOUND.search(text)
    return found["number"][:LONGEST] if found else ""


def numbers_alike(text: str) -> str:
    """Return the text with every number of an order by one and the same."""
    return _FOUND.sub(lambda found: _MARK.sub("", found[0].removesuffix(found["number"])) + LIKE_ANY, text)
