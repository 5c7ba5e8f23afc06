"""What the buttons under a reply say that the bot may learn from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

LessonAction = Literal["yes", "no", "make", "save", "join", "undo"]
"""`yes`: the answers to choose from; `make`: what would be stored as a new one; `save`: just that."""
_MOST_DIGITS: Final = 18
_CHOICE: Final = re.compile(r"p\d{1,4}|a[0-9a-f]{10}|[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class OnLesson:
    """An operator teaches, or does not; `ticket_id` names the reply."""

    action: LessonAction
    ticket_id: int
    choice: str | None = None


def encode(press: OnLesson) -> str:
    return f"y:{press.action}:{press.ticket_id}" + ("" if press.choice is None else f":{press.choice}")


def decode(parts: list[str]) -> OnLesson | None:
    match parts:
        case ["y", action, number] if action in get_args(LessonAction) and _is_number(number):
            return OnLesson(cast("LessonAction", action), int(number))
        case ["y", action, number, choice] if (
            action in get_args(LessonAction) and _is_number(number) and _CHOICE.fullmatch(choice)
        ):
            return OnLesson(cast("LessonAction", action), int(number), choice)
        case _:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
