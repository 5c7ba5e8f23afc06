"""The name of a ticket's topic: it begins with the mark of its priority, and changes with that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTopic:
    """Let the topic of a ticket be called as the ticket is now."""

    ticket_id: int
    kind: Literal["name_topic"] = "name_topic"
