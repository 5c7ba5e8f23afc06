"""Files on their way to people, as an effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.messages.places import Place
from services.messages.words import MessageRef, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFile:
    """Send a file that is made as it is sent. `paper` names it (`export:7`); `words` stand under it."""

    to: Place
    paper: str
    words: Words
    message_id: int | None = None
    """The stored message that shows it."""
    written: MessageRef | None = None
    answers: int | None = None
    """The stored line that it is a reply to."""
    quote: str | None = None
    """What of that line."""
    album: str | None = None
    """Files of the same one are sent as one, those of one kind."""
    parts: int = 1
    """How many there will be."""
    kind: Literal["file"] = "file"
