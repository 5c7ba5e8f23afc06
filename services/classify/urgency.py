"""How urgent a matter is: by its scenario, by what is said, by what the model heard, by how long it has waited."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from storage.closed_sets import Priority

ORDER: Final[tuple[Priority, ...]] = ("low", "medium", "high", "critical")
_FILE: Final = Path(__file__).with_name("urgency.toml")


def of_words(text: str) -> Priority:
    """Return what the words alone ask for; low when nothing in them presses."""
    lowered = text.lower().replace("ё", "е")
    return next((priority for priority, pattern in _patterns() if pattern.search(lowered)), "low")


def highest(*priorities: Priority | None) -> Priority:
    """Return the most urgent of those that are known."""
    return max((priority for priority in priorities if priority), key=ORDER.index, default="low")


def raised(priority: Priority) -> Priority:
    """Return the next step up, short of critical: only words and scenarios make a matter critical."""
    return ORDER[min(ORDER.index(priority) + 1, ORDER.index("high"))] if priority != "critical" else priority


@cache
def _patterns() -> tuple[tuple[Priority, re.Pattern[str]], ...]:
    document = tomllib.loads(_FILE.read_text("utf-8"))
    steps: tuple[Priority, ...] = ("critical", "high")
    return tuple(
        (step, re.compile(rf"\b(?:{'|'.join(one for lines in document[step].values() for one in lines)})"))
        for step in steps
    )
