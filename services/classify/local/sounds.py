"""One alphabet for both scripts, so that `vernite dengi` meets `верните деньги`, and `login` meets `логин`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PAIRS: Final = {
    "shch": "ш", "sch": "ш", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "ya": "я", "ja": "я", "yu": "ю",
    "ju": "ю", "yo": "е", "jo": "е", "ye": "е", "je": "е", "ph": "ф", "iy": "и", "ij": "и", "yi": "и", "yy": "и",
}  # fmt: skip
_LETTERS: Final = dict(zip("abcdefghijklmnopqrstuvwxyz'", "абкдефгхийклмнопкрстувшхиз'", strict=True)) | {
    "j": "и", "y": "и", "w": "в", "'": "", "q": "к", "c": "к",
}  # fmt: skip
_SOUNDS: Final = re.compile("|".join([*sorted(_PAIRS, key=len, reverse=True), *_LETTERS]))
_TABLE: Final = _LETTERS | _PAIRS
_FOLDED: Final = str.maketrans({"й": "и", "ы": "и", "э": "е", "щ": "ш", "ь": "", "ъ": "", "ё": "е"})


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Spell a lower-case word by its sound, in Cyrillic; what is neither script stays."""
    if word.isascii():
        word = _SOUNDS.sub(lambda found: _TABLE[found.group()], word)
    return word.translate(_FOLDED) or word
