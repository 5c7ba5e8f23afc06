"""What the buttons under lines of operators say when they are pressed; `callbacks.py` knows all buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from storage.closed_sets import Content

LineAction = Literal["again", "send", "keep"]
"""`again`: try once more to bring it to the customer; `send`, `keep`: a line that may not have been meant for them."""
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class OnLine:
    """An operator decides about a line of the team; `message_id` is its row."""

    message_id: int
    action: LineAction
    content: Content | None = None
    """Of a line that is to be sent: what kind of message it is."""
    tries: int = 0
    """How often it has been tried again before."""


def encode(press: OnLine) -> str:
    last = "" if press.content is None else f":{press.content}"
    last += f":{press.tries}" if press.tries else ""
    return f"m:{press.message_id}:{press.action}{last}"


def decode(parts: list[str]) -> OnLine | None:
    match parts:
        case ["m", number, ("again" | "keep") as action] if _is_row(number):
            return OnLine(int(number), action)
        case ["m", number, "again", tries] if _is_row(number) and _is_row(tries):
            return OnLine(int(number), "again", tries=int(tries))
        case ["m", number, "send", content] if _is_row(number) and content in get_args(Content):
            return OnLine(int(number), "send", cast("Content", content))
        case _:
            return None


def _is_row(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
