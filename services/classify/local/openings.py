"""A greeting before the question is no reason to take the message for a greeting."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("openers.toml")
_LOOK_AT: Final = 200
"""Openers stand at the beginning: the rest of a long message need not be searched."""


def after_openers(text: str) -> str:
    """Return what a message says past its greeting; all of it when it says nothing more."""
    start = text[:_LOOK_AT].lower().replace("ё", "е")
    at = 0
    while (found := _opener().match(start, at)) is not None and found.end() > at:
        at = found.end()
    rest = text[at:].strip()
    return rest if any(char.isalpha() for char in rest) else text


@cache
def _opener() -> re.Pattern[str]:
    openers = tomllib.loads(_FILE.read_text("utf-8"))["openers"]
    return re.compile(rf"\s*(?:{'|'.join(openers)})(?!\w)[\s,.!?:;)(\-–—]*")
