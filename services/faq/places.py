"""Where a piece of a document stands, for who looks for it.

It is kept as the command line says it (`line 12`, `row 3 of Delivery`), and read back to say it in another language.
"""

from __future__ import annotations

import re
from typing import Final, get_args

from services.texts import label, text_key
from services.texts.keys import FaqPlaceKey

_KINDS: Final[tuple[FaqPlaceKey, ...]] = get_args(FaqPlaceKey)
_PLACE: Final = re.compile(rf"({'|'.join(_KINDS)}) (\d+)(?: of (.+))?", re.DOTALL)


def place_of(kind: FaqPlaceKey, number: int, whole: str = "") -> str:
    """Return it as it is kept. `whole`: what it is a part of, a sheet's name or the place of a table."""
    return f"{kind} {number} of {whole}" if whole else f"{kind} {number}"


def place_words(place: str, language: str) -> str:
    """Say it in a language; what is no place stays as it is."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return place
    kind, number, whole = found.groups()
    key = next(one for one in _KINDS if one == kind)
    within, named = (place_words(whole, language), _PLACE.fullmatch(whole) is None) if whole else ("", False)
    return label(text_key("faq_place", key), language, number=number, whole=within, named=named)
