"""What stands where a ticket was before it moved to another group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.messages.words import MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAway:
    """Let the card that a ticket has left behind say where it is now, and close its old topic."""

    number: int
    """Of the ticket, which lives elsewhere by now."""
    group_id: int | None
    """Where it was."""
    at: MessageRef
    topic_id: int | None
    name: str
    """What the place is called that it is in now."""
    kind: Literal["away"] = "away"
