"""The line under an operator's reply that asks whether the bot shall answer so from now on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLesson:
    """Make that line say what is true now: post it, or take it away. What comes too late is not posted."""

    ticket_id: int
    kind: Literal["lesson"] = "lesson"
