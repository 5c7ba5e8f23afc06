"""A ticket becomes more urgent by what its customer has written since."""

from __future__ import annotations

from dataclasses import replace

from services.classify.grounds import Ground
from services.desk.reasons import also_pressing
from services.messages.effects import ShowCard
from services.queues.outbox import Outgoing, rank_of_card
from storage.closed_sets import Priority
from storage.records import Ticket
from storage.units import Unit


def raise_to(unit: Unit, outgoing: Outgoing, ticket: Ticket, priority: Priority, why: Ground | None) -> Ticket:
    """Return the ticket as urgent as its latest words; its card shows that, and why they press."""
    grounds = also_pressing(ticket, why)
    unit.tickets.change(ticket.id, priority=priority, grounds=grounds)
    outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(priority))
    outgoing.renamed(ticket, priority)
    return replace(ticket, priority=priority, grounds=grounds)
