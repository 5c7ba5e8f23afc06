"""The note on a customer, which the team reads on each of their cards."""

from __future__ import annotations

from services.messages.effects import ShowCard
from services.queues.outbox import TOUCH, Outgoing
from storage.units import Unit


def keep(unit: Unit, customer_id: int, note: str | None, outgoing: Outgoing) -> None:
    """Write it in the place of what was; None takes it away."""
    unit.customers.change(customer_id, note=note)
    ticket = unit.tickets.open_of(customer_id)
    if ticket is not None:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
