"""One alphabet for both scripts, so that `vernite dengi` meets `верните деньги`, and `login` meets `логин`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PAIRS: Final = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "ya": "я", "ja": "я", "yu": "ю",
    "ju": "ю", "yo": "е", "jo": "е", "ye": "е", "je": "е", "ph": "ф", "iy": "ий", "ij": "ий", "yy": "ый", "yj": "ый",
    "ay": "ай", "ey": "ей", "oy": "ой", "uy": "уй",
}  # fmt: skip
_LETTERS: Final = dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхийклмнопкрстувшхыз", strict=True)) | {
    "w": "в", "'": "ь", "’": "ь", "4": "ч", "6": "ш",
}  # fmt: skip
_SPELLED: Final = re.compile("|".join([*sorted(_PAIRS, key=len, reverse=True), *_LETTERS]))
_TABLE: Final = _LETTERS | _PAIRS
_FOLDED: Final = str.maketrans({"й": "и", "ы": "и", "э": "е", "щ": "ш", "ь": "", "ъ": "", "ё": "е"})


@lru_cache(maxsize=2048)
def spelled(word: str) -> str:
    """Write a lower-case Latin word in Cyrillic, as those who type Russian that way mean it."""
    return _SPELLED.sub(lambda found: _TABLE[found.group()], word)


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Spell a lower-case word of either script by its sound, in Cyrillic; what is neither stays."""
    return spelled(word).translate(_FOLDED) or word
