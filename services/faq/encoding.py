"""From bytes to text, whatever the encoding: older programs do not write UTF-8."""

from __future__ import annotations

from services.faq.blocks import Unreadable


def text_of(data: bytes) -> str:
    """Return the text; `Unreadable` where there is none."""
    from charset_normalizer import from_bytes

    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    best = None if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")) else from_bytes(data).best()
    if best is None:
        raise Unreadable("no_text") from None
    return str(best)
