"""What the buttons under unanswered questions say when they are pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

QuestionAction = Literal["page", "show", "make", "text", "save", "join", "belong", "foreign", "hide", "undo"]
"""`page`: a place in the list; `make`: the ways to make an answer; `text`: what would be stored; `join` and `belong`:
the answers to choose from, or the one that was chosen."""
_MOST_DIGITS: Final = 18
_CHOICE: Final = re.compile(r"p\d{1,4}|a[0-9a-f]{10}|\d{1,18}|\d{1,18}\.[0-9a-f]{10}")
PAGE, MATTER = "p", "a"
"""How a choice begins: a page of answers, one of them by its mark."""


@dataclass(frozen=True, slots=True)
class OnQuestions:
    """An admin pressed a button of `/unanswered`; `number` is a group, or a place in the list."""

    action: QuestionAction
    number: int
    choice: str | None = None


def encode(press: OnQuestions) -> str:
    return f"u:{press.action}:{press.number}" + ("" if press.choice is None else f":{press.choice}")


def decode(parts: list[str]) -> OnQuestions | None:
    match parts:
        case ["u", action, number] if action in get_args(QuestionAction) and _is_number(number):
            return OnQuestions(cast("QuestionAction", action), int(number))
        case ["u", action, number, choice] if (
            action in get_args(QuestionAction) and _is_number(number) and _CHOICE.fullmatch(choice)
        ):
            return OnQuestions(cast("QuestionAction", action), int(number), choice)
        case _:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
