"""How urgent a matter is: by its scenario, by what is said, by what the model heard, by how long it has waited."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from storage.closed_sets import LANGUAGES, Priority

ORDER: Final[tuple[Priority, ...]] = ("low", "medium", "high", "critical")
_FILE: Final = Path(__file__).with_name("urgency.toml")


UrgencyReason = Literal[
    "money", "theft", "violence", "health", "safety", "minors", "waiting", "again", "legal", "pressing"
]
"""Why something is urgent. Each has its words in `services/texts` under `urgency`, and its table in `urgency.toml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """How soon people should look, and why."""

    priority: Priority = "low"
    reason: UrgencyReason | None = None
    """None: nothing presses."""


CALM: Final = Urgency()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What makes a message urgent: all of the patterns, and none of `never`."""

    urgency: Urgency
    patterns: tuple[re.Pattern[str], ...]
    never: re.Pattern[str] | None

    def holds(self, text: str) -> bool:
        if not all(pattern.search(text) for pattern in self.patterns):
            return False
        return self.never is None or not self.never.search(text)


@lru_cache(maxsize=256)
def urgency_of(text: str) -> Urgency:
    """Return what the words alone ask for.

    A message is looked at as it comes in and again as it is judged: the second time it is remembered.
    """
    lowered = " ".join(text.lower().replace("ё", "е").split())
    return next((rule.urgency for rule in rules() if rule.holds(lowered)), CALM)


def of_words(text: str) -> Priority:
    """Return how urgent the words alone are; low when nothing in them presses."""
    return urgency_of(text).priority


def highest(*priorities: Priority | None) -> Priority:
    """Return the most urgent of those that are known."""
    return max((priority for priority in priorities if priority), key=ORDER.index, default="low")


def raised(priority: Priority) -> Priority:
    """Return the next step up, short of critical: only words and scenarios make a matter critical."""
    return ORDER[min(ORDER.index(priority) + 1, ORDER.index("high"))] if priority != "critical" else priority


@cache
def rules() -> tuple[_Rule, ...]:
    """Return what the file says, the most urgent first."""
    document = tomllib.loads(_FILE.read_text("utf-8"))
    steps: tuple[Priority, ...] = ("critical", "high")
    return tuple(_rule(step, reason, table) for step in steps for reason, table in document[step].items())


def _rule(priority: Priority, reason: UrgencyReason, table: dict[str, Any]) -> _Rule:
    words = [word for language in LANGUAGES for word in table.get(language, ())]
    return _Rule(
        urgency=Urgency(priority=priority, reason=reason),
        patterns=tuple(_pattern(one) for one in table.get("both", ["|".join(words)])),
        never=_pattern(table["not"]) if "not" in table else None,
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})")
