"""What can be chosen of the buttons of a card."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from storage.closed_sets import Closing, Priority

CardAction = Literal[
    "take",
    "release",
    "close",
    "closing",
    "more",
    "reopen",
    "show",
    "details",
    "fold",
    "hand",
    "snooze",
    "wake",
    "priority",
    "answer",
    "send",
    "correct",
    "accept",
    "edit",
    "wrong",
    "ban",
    "unban",
    "note",
    "move",
]
"""`show`: of the list of tickets that have no card yet. `closing`: the ways to close; `fold`: the short card.
`accept`, `edit`, `wrong`: of an answer that is proposed."""
Snooze = Literal["hour", "hours", "morning", "reply"]
"""For how long a ticket is put off: one hour, four, until the next working day, until the customer writes."""
CHOICES: Final[dict[str, frozenset[str]]] = {
    "close": frozenset(get_args(Closing)),
    "snooze": frozenset(get_args(Snooze)),
    "priority": frozenset(get_args(Priority)),
    "ban": frozenset(("silent", "told")),
}
"""What can be chosen of a button. Whom a ticket is handed to is a user's id."""
PICKED: Final[frozenset[str]] = frozenset(("answer", "send", "correct"))
"""Buttons whose choices come from the pack: what each names is looked up when it is pressed."""
_TOKEN: Final = re.compile(r"[po]\d{1,2}|c\d{1,9}|none|[saw]?[0-9a-f]{10}", re.ASCII)
_MOMENT: Final = re.compile(r"at:(\d{10})", re.ASCII)
_SUGGESTION: Final = re.compile(r"\d{1,18}", re.ASCII)
_WORDS: Final = re.compile(r"\d{1,18}\.[0-9a-f]{10}", re.ASCII)  # a suggestion, and how it reads
_PLACE: Final = re.compile(r"-?\d{1,16}\.\d{1,16}", re.ASCII)  # a group and a topic of it

_FORMS: Final = {"move": _PLACE, "accept": _WORDS, "edit": _SUGGESTION, "wrong": _SUGGESTION}


def is_choice(action: str, choice: str) -> bool:
    """Whether a button offers such a choice."""
    form = _TOKEN if action in PICKED else _FORMS.get(action)
    return choice in CHOICES.get(action, ()) or (form is not None and form.fullmatch(choice) is not None)


def moment_of(choice: str | None) -> datetime | None:
    """Return the moment of a choice that is one: `at:` and the seconds since 1970. Only pages have such choices."""
    found = _MOMENT.fullmatch(choice or "")
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None
