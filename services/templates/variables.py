"""What a template may say about the customer and the moment: the documented list, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType, SimpleNamespace
from typing import Final

VARIABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "customer.first_name": "first name as Telegram gives it; may be empty",
        "customer.last_name": "last name; may be empty",
        "customer.language": "ru or en",
        "service.name": "the name of the service (app.name)",
        "time_of_day": "morning, day, evening or night, in the team's time zone",
        "working_hours": "when people answer, as the team writes it; may be empty",
        "first_contact": "true in the first answer a customer ever gets",
        "ticket_number": "number of the open ticket; none without one",
        "order_number": "number of an order that the customer has just written; may be empty",
    }
)

Context = dict[str, object]

_DEFAULTS: Final[Mapping[str, object]] = {"time_of_day": "day", "first_contact": False, "ticket_number": None}
_NAME_CAP: Final = 64
_TEXT_CAP: Final = 200
_JOINER: Final = "\u200d"
_FACT_CAP: Final = 500
"""Characters of a fact: what an owner says in a few sentences."""
FACTS: Final = "facts"
"""Where the facts of the business stand, by their dotted keys."""
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufe0f" + _JOINER)


def context_of(values: Mapping[str, object]) -> Context:
    """Nest the documented variables and make each of them harmless; what is absent gets an empty value.

    A value is found under its documented dotted name or nested (`{"customer": {"first_name": …}}`); facts are found
    by their keys in `facts`.
    """
    context: Context = {}
    for dotted in VARIABLES:
        root, _, leaf = dotted.partition(".")
        value = _tame(dotted, _find(values, dotted))
        if leaf:
            branch = context.setdefault(root, {})
            assert isinstance(branch, dict)  # noqa: S101 - roots with leaves are never leaves themselves
            branch[leaf] = value
        else:
            context[root] = value
    facts = values.get(FACTS)
    context[FACTS] = _facts(facts if isinstance(facts, Mapping) else {})
    return context


def _facts(values: Mapping[str, str]) -> SimpleNamespace:
    """Nest the facts by their keys. Not as dicts, whose own methods (`items`, `get`) would answer first."""
    root = SimpleNamespace()
    for key, value in values.items():
        *groups, leaf = key.split(".")
        at = root
        for group in groups:
            below = at.__dict__.get(group)
            at.__dict__[group] = below if isinstance(below, SimpleNamespace) else SimpleNamespace()
            at = at.__dict__[group]
        at.__dict__[leaf] = plain_fact(value)
    return root


@lru_cache(maxsize=2048)
def plain_fact(value: str) -> str:
    """Return a fact as it may stand in a sentence: its lines kept, its last full stop left to the template.

    Remembered: every answer is rendered with all the facts there are, and they hardly ever change.
    """
    lines = (plain_words(line, cap=_FACT_CAP) for line in value.strip().splitlines())
    text = "\n".join(lines)[:_FACT_CAP].strip()
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _find(values: Mapping[str, object], dotted: str) -> object:
    root, _, leaf = dotted.partition(".")
    branch = values.get(root)
    if leaf and isinstance(branch, Mapping) and leaf in branch:
        return branch[leaf]
    return values.get(dotted, _DEFAULTS.get(dotted, ""))


def _tame(dotted: str, value: object) -> object:
    if dotted == "first_contact":
        return bool(value)
    if value is None:
        return _DEFAULTS.get(dotted, "")
    return plain_words(str(value), cap=_NAME_CAP if dotted.endswith("_name") else _TEXT_CAP)


def shows(text: str) -> bool:
    """Whether a reader would see anything."""
    return any(not char.isspace() and char not in _BLANK and unicodedata.category(char)[0] != "C" for char in text)


def plain_words(text: str, *, cap: int) -> str:
    """One line without invisible or direction-turning characters, cut at `cap` code points.

    A name of invisible characters alone becomes empty, so that "Hello, !" is never said.
    """
    seen = "".join(char for char in text if char == _JOINER or char.isspace() or unicodedata.category(char)[0] != "C")
    line = re.sub(r"\s+", " ", seen).strip()
    if not shows(line):
        return ""
    return line if len(line) <= cap else line[: cap - 1].rstrip(_JOINER + " ") + "…"
