"""When tickets are looked at next. The ticket is its own timer: `due_at`, set to now by whatever changes it.

What is due then follows from the ticket as it stands, so no timer can be left over from what is true no more. Whoever
rings one names the moment that they have seen: of two processes one rings it, and a change meanwhile goes before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Unpack

from sqlalchemy import Connection, select, update

from storage.changes import TicketChanges
from storage.records import Ticket
from storage.tables import NOT_CLOSED, tickets

_DUE: Final = select(*(tickets.c[name] for name in Ticket.__slots__)).order_by(tickets.c.due_at, tickets.c.id)


class Timers:
    """Timers by the moment they are due."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def due(self, *, most: int) -> list[Ticket]:
        """Return tickets that are to be looked at now, the one that is due longest first."""
        rows = self._connection.execute(_DUE.where(tickets.c.due_at <= self._now).limit(most))
        return [Ticket(**row) for row in rows.mappings()]

    def ring(self, ticket: Ticket, **changes: Unpack[TicketChanges]) -> bool:
        """Change a ticket that was due, and look at it again at once; False when something else has changed it."""
        changes.setdefault("due_at", self._now)
        done = self._connection.execute(
            update(tickets).where(tickets.c.id == ticket.id, tickets.c.due_at == ticket.due_at).values(**changes)
        )
        return bool(done.rowcount)

    def reset(self) -> None:
        """Have every open ticket looked at: what moments are reckoned by has changed."""
        self._connection.execute(update(tickets).where(NOT_CLOSED).values(due_at=self._now))
