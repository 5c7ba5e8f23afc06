"""A guess at languages that the bot itself does not speak: by letters that only they have, and by frequent words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("foreign.toml")
_WORD: Final = re.compile(r"[^\W\d_]+")
SIGNS: Final = 2
"""One word may be a name, or stand in many languages."""
SHARE: Final = 0.3
"""Share of the words that must be among the frequent ones where no letter tells."""
SCRIPTS: Final = {
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}


@lru_cache(maxsize=256)
def foreign(text: str) -> str | None:
    """Return the ISO 639-1 code of a language other than Russian and English; None where nothing tells of one.

    Each part of an answer asks about the same message: what was said of it lately is remembered.
    """
    return _by_script(text) or _by_signs(_WORD.findall(text.lower()))


def _by_script(text: str) -> str | None:
    """Return what a script tells that most letters belong to."""
    letters = [char for char in text if char.isalpha()]
    strange = [char for char in letters if char >= "\u0370" and not "\u0400" <= char <= "\u04ff"]
    if not strange or len(strange) * 2 < len(letters):
        return None
    script = Counter(unicodedata.name(char, "").split(" ")[0].split("-")[0] for char in strange).most_common(1)[0][0]
    return SCRIPTS.get(script)


def _by_signs(words: list[str]) -> str | None:
    """Return the language with the most signs, if they are enough."""
    best, most = None, 0
    said, spelt = set(words), set("".join(words))
    for code, (letters, frequent) in _table().items():
        known = 0 if said.isdisjoint(frequent) else sum(word in frequent for word in words)
        seen = len(spelt & letters)
        enough = known >= SHARE * len(words) or seen
        if (signs := known + seen) > most and signs >= SIGNS and enough:
            best, most = code, signs
    return best


@cache
def _table() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    document = tomllib.loads(_FILE.read_text("utf-8"))
    return {code: (frozenset(of["letters"]), frozenset(of["words"].split())) for code, of in document.items()}
