"""Lines that ask for nothing by themselves: "ok", "lol", "да", "?", 👍. The words stand in `remarks.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

Remark = Literal["yes", "quiet", "puzzled"]
"""`yes` takes up what was offered, `quiet` wants no reply, `puzzled` has not got what it wanted."""
LONGEST: Final = 20
"""Characters above which a line says something."""
_FILE: Final = Path(__file__).with_name("remarks.toml")
_NOT_A_WORD: Final = re.compile(r"[^\w]+")


def remark_of(text: str) -> Remark | None:
    """Return what kind of remark a whole message is; None for one that says something."""
    line = text.strip().lower().replace("ё", "е")
    if not line or len(line) > LONGEST:
        return None
    words = _NOT_A_WORD.sub(" ", line).strip()
    known = _known()
    if not words:
        return _of_marks(line, known["upset"])
    if words in known["puzzled"]:
        return "puzzled"
    if "?" in line:
        return None
    if words in known["yes"]:
        return "yes"
    return "quiet" if words in known["quiet"] or _all_quiet(words.split(), known) else None


def is_sour(text: str) -> bool:
    """Whether words of thanks stand beside a reproach: "thanks for nothing"."""
    return _sour().search(text.lower().replace("ё", "е")) is not None


def _all_quiet(words: list[str], known: dict[str, Any]) -> bool:
    """Whether each word by itself asks for nothing: "ага ок"."""
    return all(word in known["quiet"] or word in known["yes"] for word in words)


def _of_marks(line: str, upset: str) -> Remark | None:
    if any(char in upset for char in line):
        return None
    return "puzzled" if "?" in line else "quiet"


@cache
def _sour() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{words})\b" for words in _known()["sour"]))


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
