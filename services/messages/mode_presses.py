"""What the buttons say by which an admin trusts an answer more, or less; `callbacks.py` knows all buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from storage.closed_sets import AnswerMode

Wish = Literal["yes", "no", "again"]
"""Let the bot answer by itself; let it go on proposing; let it answer again what it has given back."""
_LETTERS: Final[dict[AnswerMode, str]] = {"auto": "a", "suggest": "s", "off": "o"}
"""A button has 64 bytes, and the keys of a scenario and its answer may take 57 of them."""


@dataclass(frozen=True, slots=True)
class OnMode:
    """An admin says who speaks where an answer fits."""

    mode: AnswerMode
    scenario: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class OnTrust:
    """An admin answers what the bot has asked, or told, of an answer of its own."""

    wish: Wish
    scenario: str
    answer: str | None = None


OfModes = OnMode | OnTrust


def encode(press: OfModes) -> str:
    answer = f":{press.answer}" if press.answer else ""
    kind = f"M:{_LETTERS[press.mode]}" if isinstance(press, OnMode) else f"T:{press.wish[0]}"
    return f"{kind}:{press.scenario}{answer}"


def decode(parts: list[str]) -> OfModes | None:
    match parts:
        case ["M", letter, *keys] if len(keys) in {1, 2} and all(keys):
            mode = next((mode for mode, known in _LETTERS.items() if known == letter), None)
            return OnMode(mode, *keys) if mode else None
        case ["T", letter, *keys] if len(keys) in {1, 2} and all(keys):
            wish = next((wish for wish in get_args(Wish) if wish[0] == letter), None)
            return OnTrust(wish, *keys) if wish else None
        case _:
            return None
