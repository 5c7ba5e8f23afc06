"""A text as it will stand in a chat, and the buttons under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button; `press` comes back when somebody presses it (64 bytes at most)."""

    text: str
    press: str
    style: Literal["primary", "success", "danger"] | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text as it will stand: our own as HTML, a person's verbatim with Telegram's entities."""

    text: str
    html: bool = True
    entities: tuple[dict[str, Any], ...] = ()
    buttons: Keyboard = ()
    asks: bool = False
    """Whoever is named in it is asked to answer: their composer opens on it."""
    preview: dict[str, Any] | None = None
    """How its links are previewed, in Telegram's form: empty as Telegram does by itself, None not at all."""
