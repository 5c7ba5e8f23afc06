"""Open tickets as a list names them: whose they are, how they begin, and where their card stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from storage.closed_sets import Priority, TicketStatus
from storage.tables import customers, tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list."""

    id: int
    priority: Priority
    status: TicketStatus
    question: str
    first_name: str
    last_name: str
    external_id: str
    opened_at: datetime
    waiting_since: datetime | None
    chat_id: int | None
    topic_id: int | None
    card_id: int | None


_LISTED: Final = select(
    tickets.c.id,
    tickets.c.priority,
    tickets.c.status,
    tickets.c.question,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.external_id,
    tickets.c.opened_at,
    tickets.c.waiting_since,
    tickets.c.chat_id,
    tickets.c.topic_id,
    tickets.c.card_id,
).join(customers, tickets.c.customer_id == customers.c.id)


class Roll:
    """Lists tickets with their customers' names."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unshown(self, *, most: int) -> list[Listed]:
        """Return tickets that are not closed and have no card yet, the oldest first."""
        rows = self._connection.execute(
            _LISTED.where(tickets.c.status != "closed", tickets.c.card_id.is_(None)).order_by(tickets.c.id).limit(most)
        )
        return [Listed(**row) for row in rows.mappings()]

    def of(self, ids: Collection[int]) -> list[Listed]:
        """Return those of the given tickets that are still there."""
        rows = self._connection.execute(_LISTED.where(tickets.c.id.in_(ids)).order_by(tickets.c.id))
        return [Listed(**row) for row in rows.mappings()]
