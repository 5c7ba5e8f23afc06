"""What answers say of the business that other answers need too: telephone, e-mail, hours, days to return something.

A value that stands in a sentence becomes `{{ facts.phone }}`, so that it is changed in one place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.faq.pairs import Pair
from services.scenarios.fact_types import cleaned, fault
from services.scenarios.facts import ALWAYS_USED
from services.working_hours.reading import read
from services.working_hours.tokens import Unreadable
from storage.closed_sets import FactType

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?<![\w/.=])(?:\+\d|8[\s(-]|\(\d{3}\)|\d{3}-)[\d\s()–-]{6,18}\d(?!\w)")
_DAY: Final = re.compile(
    r"\b(?:ежедневно|круглосуточно|по будням|будни|пн|вт|ср|чт|пт|сб|вс|с понедельника|daily|every day|weekdays|"
    r"mon|tue|wed|thu|fri|sat|sun|24/7)",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:\s*(?:am|pm))?|24/7|круглосуточно", re.IGNORECASE)
_LONGEST: Final = 160
"""Characters of working hours in an answer."""
_RETURNED: Final = re.compile(r"возвра|вернуть|обмен|return|refund|send .* back", re.IGNORECASE)
_REPLACED: Final = frozenset(("phone", "email"))
ALWAYS_NAMED: Final = _REPLACED | ALWAYS_USED
"""Facts that every business has: answers come to name them here, and notices say the hours."""
_DAYS: Final = re.compile(r"\b(\d{1,3})(?=(?: календарных| рабочих|-day|)\s*(?:дн|день|day))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A value that answers give; `count` of them do."""

    key: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    type: FactType
    values: Callable[[Pair], Iterator[str]]


def facts_found(pairs: Sequence[Pair], known: Mapping[str, FactType]) -> list[FoundFact]:
    """Return a value for each of the facts in `known` that answers tell: the one that most of them give."""
    found = []
    for kind in _KINDS:
        if known.get(kind.key) != kind.type:
            continue
        counts = Counter(value for pair in pairs for value in dict.fromkeys(kind.values(pair)) if _fits(kind, value))
        if counts:
            found.append(FoundFact(kind.key, *counts.most_common(1)[0]))
    return found


def named(template: str, facts: Sequence[FoundFact]) -> str:
    """Return the template with values named instead of written. Days stay: a number means other things too."""
    for fact in facts:
        if fact.key in _REPLACED:
            # What a link leads to stays: an address in it is no text.
            template = re.sub(rf"(?<![\w:/@.]){re.escape(fact.value)}(?!\w)", f"{{{{ facts.{fact.key} }}}}", template)
    return template


def _fits(kind: _Kind, value: str) -> bool:
    return fault(kind.type, cleaned(value)) is None


def _emails(pair: Pair) -> Iterator[str]:
    yield from (found[0].rstrip(".") for found in _EMAIL.finditer(pair.answer))


def _phones(pair: Pair) -> Iterator[str]:
    yield from (found[0].strip() for found in _PHONE.finditer(pair.answer))


def _hours(pair: Pair) -> Iterator[str]:
    """Yield the longest piece that can be read as hours, beginning at the first day that is named."""
    begin = _DAY.search(pair.answer)
    if begin is None:
        return
    after = pair.answer[begin.start() : begin.start() + _LONGEST]
    for end in reversed([found.end() for found in _UNTIL.finditer(after)]):
        if not isinstance(read(after[:end]), Unreadable):
            yield after[:end]
            return


def _days(pair: Pair) -> Iterator[str]:
    if any(map(_RETURNED.search, pair.questions)):
        yield from (found[1] for found in _DAYS.finditer(pair.answer))


_KINDS: Final = (
    _Kind("phone", "phone", _phones),
    _Kind("email", "email", _emails),
    _Kind("hours", "hours", _hours),
    _Kind("returns.days", "number", _days),
)
