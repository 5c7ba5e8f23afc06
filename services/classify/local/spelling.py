"""How people write, made even: case, emphasis, look-alike letters, digits, the wrong keyboard layout, Latin Russian."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from services.classify.local.companies import unnamed
from services.classify.local.sounds import spelled

LONGEST: Final = 2000
"""Characters read of one message: the first and the last part. What matters is said at an end."""

TOKENS: Final = re.compile(r"[46]?[^\W\d_]+(?:[46'’][^\W\d_]+)*|\d+|[^\w\s]")
STRETCHED: Final = re.compile(r"(\D)\1{2,}")
WHERE: Final = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}|(?:\bhttps?://|\bwww\.)\S+")
"""Addresses of mail and of pages: what they are made of is no word of the message ("hello@…" greets nobody)."""
ADDRESSED: Final = ("@", "://", "www.")
"""One of these is in each of them: most messages have none, and need not be searched."""
SOMEWHERE: Final = " somewhereonline "
SHADES: Final = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f]")
"""Of skin and of print: the sign before them is the same."""
LATIN: Final = re.compile(r"[a-z]")
CYRILLIC: Final = re.compile(r"[а-я]")
NOISE: Final = frozenset(".,;:-–—()[]{}\"'`«»“”„…/\\|*_~<>@#&+=^%")

_TWINS_LATIN: Final = "acekmopxybth"
_TWINS_CYRILLIC: Final = "асекморхувтн"
TO_CYRILLIC: Final = str.maketrans(_TWINS_LATIN, _TWINS_CYRILLIC)
TO_LATIN: Final = str.maketrans(_TWINS_CYRILLIC, _TWINS_LATIN)

_KEYS_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_KEYS_CYRILLIC: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
KEYS: Final = str.maketrans(_KEYS_LATIN + _KEYS_CYRILLIC, _KEYS_CYRILLIC + _KEYS_LATIN)


def plain(text: str) -> str:
    """Cut, lower, compose, squeeze: what is left means the same."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"
    text = text.encode("utf-8", "ignore").decode()  # half an emoji (a lone surrogate) breaks the stemmer
    text = unicodedata.normalize("NFKC", text)[: 2 * LONGEST].lower().replace("ё", "е")
    text = SHADES.sub("", text)
    if any(mark in text for mark in ADDRESSED):
        text = WHERE.sub(SOMEWHERE, text)
    return STRETCHED.sub(r"\1", text)


def tokens(text: str) -> list[str]:
    """Words, numbers with their digits masked, other companies without their names, and the marks that count."""
    return [_even(token) for token in TOKENS.findall(plain(text)) if token not in NOISE]


@lru_cache(maxsize=8192)
def _even(token: str) -> str:
    return unnamed(_spelt(token))


def _spelt(token: str) -> str:
    if token.isascii():
        return "0" * len(token) if token.isdigit() else token
    latin = len(LATIN.findall(token))
    if not latin:
        return token
    return token.translate(TO_CYRILLIC if latin * 2 <= len(token) else TO_LATIN)


def latin_russian(text: str) -> str:
    """Return Latin words in Cyrillic: `otmenite podpisku` is `отмените подписку`."""
    return " ".join(spelled(word) for word in text.lower().split())


def other_layout(text: str) -> str:
    """Return what the same keys type in the other layout: `ghbdtn` is `привет`."""
    return text.lower().translate(KEYS)
