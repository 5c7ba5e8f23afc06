"""Work that was set aside, as a frozen value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, update

from storage.queue_statements import DONE, QUARANTINED


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


def discarded(connection: Connection, queue: Table, ids: Iterable[int]) -> int:
    """Count tasks as done without having done them; return how many were set aside."""
    these = (queue.c.state == QUARANTINED, queue.c.id.in_(list(ids)))
    return connection.execute(update(queue).where(*these).values(state=DONE)).rowcount
