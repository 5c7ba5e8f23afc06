"""What somebody writes on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

PAGE: Final = "web"
"""Causes begin so that come from a page; then comes who does something there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text with its formatting in Telegram's form."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


def from_page(key: str) -> bool:
    """Whether a cause, or the key of a line, comes from a page."""
    return key.startswith(f"{PAGE}:")
