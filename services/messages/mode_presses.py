"""What the buttons say by which an admin trusts an answer more, or less; `callbacks.py` knows all buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from storage.closed_sets import AnswerMode

_LETTERS: Final[dict[AnswerMode, str]] = {"auto": "a", "suggest": "s", "off": "o"}
"""A button has 64 bytes, and the keys of a scenario and its answer may take 57 of them."""


@dataclass(frozen=True, slots=True)
class OnMode:
    """An admin says who speaks where an answer fits."""

    mode: AnswerMode
    scenario: str
    answer: str | None = None


def encode(press: OnMode) -> str:
    answer = f":{press.answer}" if press.answer else ""
    return f"M:{_LETTERS[press.mode]}:{press.scenario}{answer}"


def decode(parts: list[str]) -> OnMode | None:
    match parts:
        case ["M", letter, *keys] if len(keys) in {1, 2} and all(keys):
            mode = next((mode for mode, known in _LETTERS.items() if known == letter), None)
            return OnMode(mode, *keys) if mode else None
        case _:
            return None
