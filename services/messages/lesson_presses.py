"""What the buttons under a reply say that the bot may learn from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

LessonDeed = Literal["yes", "no", "make", "save", "join", "undo"]
"""`yes`: the answers to choose from; `make`: what would be stored as a new one; `save`: just that."""
_MOST_DIGITS: Final = 18
_CHOICE: Final = re.compile(r"p\d{1,4}|a[0-9a-f]{10}|[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class OnLesson:
    """An operator teaches, or does not; `ticket_id` names the reply."""

    deed: LessonDeed
    ticket_id: int
    choice: str | None = None


def encode(press: OnLesson) -> str:
    return f"y:{press.deed}:{press.ticket_id}" + ("" if press.choice is None else f":{press.choice}")


def decode(parts: list[str]) -> OnLesson | None:
    match parts:
        case ["y", deed, number] if deed in get_args(LessonDeed) and _is_number(number):
            return OnLesson(cast("LessonDeed", deed), int(number))
        case ["y", deed, number, choice] if (
            deed in get_args(LessonDeed) and _is_number(number) and _CHOICE.fullmatch(choice)
        ):
            return OnLesson(cast("LessonDeed", deed), int(number), choice)
        case _:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
