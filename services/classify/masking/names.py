"""The customer's name, which answers say and nobody else needs to hear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

LEAST: Final = 2
"""A single letter stands in every text."""


def hide_names(text: str, *, names: Iterable[str]) -> str:
    """Put `[NAME]` for each name, as a whole and in its parts, written just so: `Will` is a name and `will` is not."""
    known = {part.strip(".,") for name in names for whole in (name, escape(name)) for part in (whole, *whole.split())}
    wanted = sorted((name for name in known if len(name) >= LEAST), key=len, reverse=True)
    if not wanted:
        return text
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", "[NAME]", text)
