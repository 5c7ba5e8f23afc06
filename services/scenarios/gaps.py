"""What a text made of a reply leaves open: `‹date›`.

Whoever answers with it fills that in first: no text with a gap goes to a customer as it is.
"""

from __future__ import annotations

import re
from typing import Final

_GAP: Final = re.compile(r"‹[^‹›\n]{1,60}›")


def gap(word: str) -> str:
    """Write one."""
    return f"‹{word}›"


def whole(text: str | None) -> str | None:
    """Return a text that leaves nothing open; None for one that does."""
    return None if text is None or gaps_of(text) else text


def gaps_of(text: str) -> tuple[str, ...]:
    """Return the gaps of a text, each once, as they stand there."""
    return tuple(dict.fromkeys(_GAP.findall(text)))
