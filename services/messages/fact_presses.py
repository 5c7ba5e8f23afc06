"""What the buttons under facts say when they are pressed; `callbacks.py` knows all buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

FactAction = Literal["remove", "undo", "redo", "restore"]
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class OnFacts:
    """An admin asked for the list of facts; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OnFact:
    """An admin asked for one fact."""

    key: str


@dataclass(frozen=True, slots=True)
class OnFactValue:
    """An admin wants to say a fact, in one language or in all (`*`)."""

    key: str
    language: str


@dataclass(frozen=True, slots=True)
class OnFactVersion:
    """An admin wants a value changed with one press; `version_id` is its row."""

    version_id: int
    action: FactAction


OfFacts = OnFacts | OnFact | OnFactValue | OnFactVersion


def encode(press: OfFacts) -> str:
    match press:
        case OnFacts(page):
            return f"F:{page}"
        case OnFact(key):
            return f"f:{key}"
        case OnFactValue(key, language):
            return f"v:{key}:{language}"
        case OnFactVersion(version_id, action):
            return f"x:{version_id}:{action}"


def decode(parts: list[str]) -> OfFacts | None:
    match parts:
        case ["F", page] if _is_number(page):
            return OnFacts(int(page))
        case ["f", key] if key:
            return OnFact(key)
        case ["v", key, language] if key and language:
            return OnFactValue(key, language)
        case ["x", number, ("remove" | "undo" | "redo" | "restore") as action] if _is_number(number):
            return OnFactVersion(int(number), action)
        case _:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
