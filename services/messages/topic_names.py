"""How a ticket's topic looks in the list of topics.

Its name begins with the mark of the priority, its icon tells of the state. Each change leaves a line of Telegram's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.messages.words import MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTopic:
    """Let the topic of a ticket be called as the ticket is now."""

    ticket_id: int
    kind: Literal["name_topic"] = "name_topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowIcon:
    """Let the icon of a ticket's topic tell how the ticket stands now."""

    ticket_id: int
    group_id: int | None = None
    kind: Literal["icon"] = "icon"


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepLine:
    """Delete a line by which Telegram tells what the bot has changed; where that is not allowed, it stays."""

    at: MessageRef
    kind: Literal["sweep"] = "sweep"
