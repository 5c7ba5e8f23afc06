"""What stands in a message: words with their formatting and buttons, a sign below, a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

Style = Literal["primary", "success", "danger"]
"""Colours of buttons, as Telegram names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button; `press` comes back when somebody presses it (64 bytes at most)."""

    text: str
    press: str
    style: Style | None = None


Keyboard = tuple[tuple[Button, ...], ...]
ARRIVED: Final = "👌"
"""Stands under an operator's line that the customer has got. Telegram takes no other signs than its own list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text as it will stand: our own as HTML, a person's verbatim with Telegram's entities."""

    text: str
    html: bool = True
    entities: tuple[dict[str, Any], ...] = ()
    buttons: Keyboard = ()
    silent: bool = False
    """Nobody's telephone rings."""
    asks: bool = False
    """Whoever is named in it is asked to answer: their composer opens on it."""
    preview: dict[str, Any] | None = None
    """How its links are previewed, in Telegram's form: empty as Telegram does by itself, None not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRef:
    """A message that somebody sees, in the messenger's coordinates."""

    chat_id: int
    telegram_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryNotice:
    """The word in the group that a line is tried once more: it is edited to what becomes of that."""

    at: MessageRef
    tries: int
    """How many have been asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where somebody is. `period`: for how many seconds it goes on moving; None: it stands still from now on."""

    latitude: float
    longitude: float
    period: int | None = None
