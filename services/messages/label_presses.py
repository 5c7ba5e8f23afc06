"""What the buttons under the list of labels, and under a version of what was learned, say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

LabelAction = Literal["page", "undo", "versions", "take", "keep", "confirm", "drop"]
"""`page` and `undo` are of labels; `take` a version or `keep` the old; `confirm` what was held back, or `drop` it."""
_MOST_DIGITS: Final = 15


@dataclass(frozen=True, slots=True)
class OnLabels:
    """An admin pressed such a button. `number`: a label for `undo`, the label before which a page begins, a version."""

    action: LabelAction
    number: int
    before: int = 0
    """Of `undo`: before which label the page begins; 0 is the newest."""


def encode(press: OnLabels) -> str:
    return f"L:{press.action}:{press.number}:{press.before}"


def decode(parts: list[str]) -> OnLabels | None:
    match parts:
        case ["L", action, number, before] if (
            action in get_args(LabelAction) and _is_number(number) and _is_number(before)
        ):
            return OnLabels(cast("LabelAction", action), int(number), int(before))
        case _:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
