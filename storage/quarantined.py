"""Work that was set aside, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """Work that kept failing: set aside, shown to people, played again on demand."""

    id: int
    key: str
    lane: str
    payload: str
    error: str
    created_at: datetime
    settled_at: datetime
