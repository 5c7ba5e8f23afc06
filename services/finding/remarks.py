"""The note on a customer, which the team reads on each of their cards."""

from __future__ import annotations

from services.desk import audit
from services.messages.effects import ShowCard
from services.queues.outbox import TOUCH, Outgoing
from storage.units import Unit


def keep(unit: Unit, who: audit.Actor, customer_id: int, note: str | None, outgoing: Outgoing) -> None:
    """Write it in the place of what was; None takes it away."""
    unit.customers.change(customer_id, note=note)
    audit.note(unit, who, "noted", customer_id=customer_id)
    ticket = unit.tickets.open_of(customer_id)
    if ticket is not None:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
