"""What an operator's word to the customer changes in their ticket, wherever it was written."""

from __future__ import annotations

from services.messages.effects import ShowCard
from services.messages.incoming import Operator
from services.queues.outbox import TOUCH, WORK, Outgoing
from storage.records import Ticket
from storage.units import Unit


def note_reply(unit: Unit, ticket: Ticket, operator: Operator, outgoing: Outgoing) -> None:
    """The customer waits no longer, and a ticket that nobody has taken is the author's from now on."""
    waited = unit.tickets.answered(ticket)
    taken = unit.tickets.take(ticket.id, operator_id=operator.id, operator_name=operator.name)
    if taken or waited:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=WORK if taken else TOUCH)
