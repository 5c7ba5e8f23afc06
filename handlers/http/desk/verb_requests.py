"""What the desk takes for verbs of the card: one ticket, several at once, and taking it back."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from handlers.http.desk.requests import SCENARIO, Acting, Key, Row, Strict
from services.messages.choices import CHOICES, is_choice, moment_of

CardAction = Literal[
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
ActionOnSeveral = Literal["take", "release", "close", "hand", "snooze", "wake", "priority", "correct", "move"]
OF_SUGGESTION: Final = frozenset(("accept", "edit", "wrong"))
WITH_CHOICE: Final = frozenset(("hand", "snooze", "priority", "correct", "move", "ban", *OF_SUGGESTION))
NO_TOPIC: Final = "none"
MOST_DIGITS: Final = 18
AT_ONCE: Final = 100


class _Verb(Acting):
    """A verb of the card.

    `choice`: whom to hand it to, until when to snooze (a span, or `at:` and seconds since 1970), which priority, how it
    was closed, which scenario it is about, where to move it, which suggestion (`accept`: with the mark of its words).
    """

    action: CardAction
    choice: Annotated[str, StringConstraints(max_length=80)] | None = None
    key: Key

    @model_validator(mode="after")
    def _offered(self) -> Self:
        """Only what is offered can be chosen."""
        if self.choice is None:
            if self.action in WITH_CHOICE:
                raise ValueError(f"{self.action} needs a choice")
        elif not _fits(self.action, self.choice):
            raise ValueError(f"there is no such choice of {self.action}")
        return self


class ActionBody(_Verb):
    """A verb, for the ticket of the path."""


class SeveralBody(_Verb):
    """A verb for several tickets: each is tried for itself."""

    action: ActionOnSeveral
    tickets: Annotated[list[Row], Field(min_length=1, max_length=AT_ONCE)]


class UndoBody(Strict):
    """What is to be taken back: `entry` of the outcomes, one's own of the last two minutes."""

    entries: Annotated[list[Row], Field(min_length=1, max_length=AT_ONCE)]
    key: Key


def _fits(action: str, choice: str) -> bool:
    if action == "correct":
        return choice == NO_TOPIC or re.fullmatch(SCENARIO, choice) is not None
    if action == "hand":
        return choice.isascii() and choice.isdecimal() and len(choice) <= MOST_DIGITS
    if action == "snooze" and moment_of(choice) is not None:
        return True
    return (
        is_choice(action, choice) if action == "move" or action in OF_SUGGESTION else choice in CHOICES.get(action, ())
    )
