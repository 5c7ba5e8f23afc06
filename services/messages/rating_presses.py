"""What the buttons say by which a customer rates how they were helped; `callbacks.py` knows all buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

COMMENT: Final = "comment"
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class OnRating:
    """A customer gave a score, or wants to add a few words; `message_id` is the row of the line that asked."""

    message_id: int
    score: int | None
    """From 1 to 5; None: they want to write a comment."""


def encode(press: OnRating) -> str:
    return f"z:{press.message_id}:{COMMENT if press.score is None else press.score}"


def decode(parts: list[str]) -> OnRating | None:
    match parts:
        case ["z", number, ("1" | "2" | "3" | "4" | "5") as score] if _is_row(number):
            return OnRating(int(number), int(score))
        case ["z", number, "comment"] if _is_row(number):
            return OnRating(int(number), None)
        case _:
            return None


def _is_row(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
