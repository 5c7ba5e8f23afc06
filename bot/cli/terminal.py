"""What people wrote, on the terminal of somebody else: their letters, and nothing that a terminal acts on."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_ORDER: Final = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Marks of direction and line ends beyond the usual: text could be shown in another order than it stands."""
_CONTROL: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_ORDER}\ud800-\udfff]")
_UNSEEN: Final = re.compile(f"[\x7f-\x9f{_ORDER}\ud800-\udfff]")
"""What JSON leaves as it is although a terminal acts on it, or cannot be written at all."""


def visible(text: str) -> str:
    """Return text with what is no letter written out as Python does; tabs and line ends stay."""
    return _CONTROL.sub(_written_out, text)


def json_text(value: Any) -> str:
    """Return JSON for people: letters as letters; it still reads back as what it was."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, indent=2, ensure_ascii=False))


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004  # the two forms of Python
