"""From bytes to text, whatever the encoding: older programs do not write UTF-8."""

from __future__ import annotations

import unicodedata
from typing import Final

from services.faq.blocks import Unreadable

_USUAL: Final = ("cp1251", "koi8_r", "cp866", "cp1252")
"""What older programs write in Russian and in English."""
_WIDE: Final = ("utf-16-le", "utf-16-be")
"""What spreadsheets call Unicode text; most mark its beginning, and then the reading below knows it."""
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE: Final = 65_536


def text_of(data: bytes) -> str:
    """Return the text; `Unreadable` where there is none."""
    zeros = b"\x00" in data and not data.startswith(_MARKS)
    if zeros and (wide := _wide(data)) is not None:
        return wide
    try:
        return data.replace(b"\x00", b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = None if zeros else _guessed(data)
    if found is None:
        raise Unreadable("no_text") from None
    return found


def _wide(data: bytes) -> str | None:
    """Return the text of UTF-16 that does not say so at its beginning; None for what is no text at all.

    Only spaces, line ends and Latin letters have a zero byte, and always on the same side of it.
    """
    for encoding in _WIDE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if all(sign.isprintable() or sign.isspace() for sign in sample) and _is_familiar(sample):
            return text
    return None


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
