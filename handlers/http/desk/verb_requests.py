"""What the desk takes for verbs of the card: one ticket, several at once, and taking it back."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from handlers.http.desk.requests import SCENARIO, Key, Row, Strict
from services.messages.choices import CHOICES, is_choice, moment_of

Deed = Literal[
    "take",
    "release",
    "close",
    "reopen",
    "hand",
    "snooze",
    "wake",
    "priority",
    "correct",
    "move",
    "ban",
    "unban",
    "accept",
    "edit",
    "wrong",
]
DeedOfSeveral = Literal["take", "release", "close", "hand", "snooze", "wake", "priority", "correct", "move"]
OF_SUGGESTION: Final = frozenset(("accept", "edit", "wrong"))
WITH_CHOICE: Final = frozenset(("hand", "snooze", "priority", "correct", "move", "ban", *OF_SUGGESTION))
NO_TOPIC: Final = "none"
MOST_DIGITS: Final = 18
AT_ONCE: Final = 100


class _Verb(Strict):
    """A verb of the card.

    `choice`: whom to hand it to, until when to snooze (a span, or `at:` and seconds since 1970), which priority, how it
    was closed, which scenario it is about, where to move it, which suggestion (`accept`: with the mark of its words).
    """

    deed: Deed
    choice: Annotated[str, StringConstraints(max_length=80)] | None = None
    key: Key

    @model_validator(mode="after")
    def _offered(self) -> Self:
        """Only what is offered can be chosen."""
        if self.choice is None:
            if self.deed in WITH_CHOICE:
                raise ValueError(f"{self.deed} needs a choice")
        elif not _fits(self.deed, self.choice):
            raise ValueError(f"there is no such choice of {self.deed}")
        return self


class DeedBody(_Verb):
    """A verb, for the ticket of the path."""


class SeveralBody(_Verb):
    """A verb for several tickets: each is tried for itself."""

    deed: DeedOfSeveral
    tickets: Annotated[list[Row], Field(min_length=1, max_length=AT_ONCE)]


class UndoBody(Strict):
    """What is to be taken back: `entry` of the outcomes, one's own of the last two minutes."""

    entries: Annotated[list[Row], Field(min_length=1, max_length=AT_ONCE)]
    key: Key


def _fits(deed: str, choice: str) -> bool:
    if deed == "correct":
        return choice == NO_TOPIC or re.fullmatch(SCENARIO, choice) is not None
    if deed == "hand":
        return choice.isascii() and choice.isdecimal() and len(choice) <= MOST_DIGITS
    if deed == "snooze" and moment_of(choice) is not None:
        return True
    return is_choice(deed, choice) if deed == "move" or deed in OF_SUGGESTION else choice in CHOICES.get(deed, ())
