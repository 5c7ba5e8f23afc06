"""Lines of tickets, for who changes what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import Message, Ticket
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedLine:
    """A line, and the ticket in which it was written."""

    message: Message
    ticket: Ticket


def locked(unit: Unit, message_id: int) -> LockedLine | None:
    """Return a line as it stands now that nobody else writes in its ticket; None for a line of no ticket."""
    before = unit.messages.get(message_id)
    ticket = unit.tickets.locked(before.ticket_id) if before is not None and before.ticket_id is not None else None
    message = unit.messages.get(message_id) if ticket is not None else None
    return LockedLine(message=message, ticket=ticket) if ticket is not None and message is not None else None
