"""One message written in three ways: the encoder makes something else of each, and their mean of what is said."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = re.compile(r"[^\w\s]+")


def wordings(text: str) -> tuple[str, str, str]:
    """Return it as it is, in small letters without marks, and as a plain question."""
    bare = " ".join(MARKS.sub(" ", text.lower()).split()) or text
    return text, bare, f"{bare.capitalize()}?"
