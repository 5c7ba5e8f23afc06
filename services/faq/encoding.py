"""From bytes to text, whatever the encoding: older programs do not write UTF-8."""

from __future__ import annotations

import unicodedata
from typing import Final

from services.faq.blocks import Unreadable

_USUAL: Final = ("cp1251", "koi8_r", "cp866", "cp1252")
"""What older programs write in Russian and in English."""
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def text_of(data: bytes) -> str:
    """Return the text; `Unreadable` where there is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = None if b"\x00" in data and not data.startswith(_MARKS) else _guessed(data)
    if found is None:
        raise Unreadable("no_text") from None
    return found


def _guessed(data: bytes) -> str | None:
    """Return the likeliest reading. Of a few words any script is as likely as the next: then the usual one is."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or _is_familiar(str(best)):
        return None if best is None else str(best)
    usual = from_bytes(data, cp_isolation=list(_USUAL)).best()
    return str(best if usual is None else usual)


def _is_familiar(text: str) -> bool:
    """Whether most of its letters are Latin or Cyrillic."""
    letters = [sign for sign in text if sign.isalpha()]
    known = sum(unicodedata.name(sign, "").startswith(("LATIN", "CYRILLIC")) for sign in letters)
    return 2 * known >= len(letters)
