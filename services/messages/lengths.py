"""Telegram counts text in UTF-16 code units; Python counts code points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MESSAGE: Final = 4096
TOPIC_NAME: Final = 128
TOAST: Final = 200


def units(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text) + sum(char > "\uffff" for char in text)


def cut(text: str, most: int) -> str:
    """Return at most `most` units, ending in an ellipsis when something was cut."""
    if units(text) <= most:
        return text
    return next(pieces(text, most - 1)).rstrip() + "…"


def pieces(text: str, most: int) -> Iterator[str]:
    """Yield the text in pieces of at most `most` units, broken at a line or word where one ends late enough."""
    while text:
        end = _reach(text, most)
        if end < len(text):
            for mark in ("\n", " "):
                at = text.rfind(mark, end // 2, end)
                if at > 0:
                    end = at + 1
                    break
        yield text[:end]
        text = text[end:]


def _reach(text: str, most: int) -> int:
    """How many code points fit."""
    room = most
    for index, char in enumerate(text):
        room -= 2 if char > "\uffff" else 1
        if room < 0:
            return index
    return len(text)
