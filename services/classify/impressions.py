"""What a customer says right after they have rated the help they got: how it was, or something new that they want.

The words stand in `impressions.toml`. What says how it was is a comment; what asks, wants or tells of trouble is not.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from services.classify.matters import asks, sentences

_AS_EVER: Final = re.compile(r"\b(как всегда|как обычно|as always|as usual)\b")
_FILE: Final = Path(__file__).with_name("impressions.toml")


def wants_something(text: str) -> bool:
    """Whether the words ask, want, or tell of trouble that is not over: people or the bot have to answer them."""
    line = _AS_EVER.sub("", _plain(text))
    return "?" in line or any(map(asks, sentences(line))) or _pattern("wants").search(line) is not None


def is_impression(text: str) -> bool:
    """Whether the words say how it was: good or bad, quick or slow, or who it was."""
    return _pattern("judges").search(_plain(text)) is not None


def _plain(text: str) -> str:
    return text.strip().lower().replace("ё", "е").replace("’", "'")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    document = tomllib.loads(_FILE.read_text("utf-8"))
    return re.compile("|".join(rf"\b(?:{' '.join(line.split())})" for line in document[kind]))
