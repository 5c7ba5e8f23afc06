"""Whether a customer can be written to, and what a line that did not arrive changes in the ticket."""

from __future__ import annotations

from typing import Final

from services.classify.acknowledgements import acknowledgement_of
from services.messages.effects import ShowCard
from services.queues.outbox import TOUCH, Outgoing
from storage.records import Customer
from storage.units import Unit

LOOK_BACK: Final = 20
"""So many lines of a customer since the last that reached them; the first that is no acknowledgement counts."""


def lost(unit: Unit, customer: Customer, outgoing: Outgoing) -> None:
    """Note that they have blocked the bot, or deleted their account."""
    if customer.reachable:
        unit.customers.change(customer.id, reachable=False)
        _show(unit, customer, outgoing)


def back(unit: Unit, customer: Customer, outgoing: Outgoing) -> None:
    """Note that they can be written to again."""
    if not customer.reachable:
        unit.customers.change(customer.id, reachable=True)
        _show(unit, customer, outgoing)


def not_answered(unit: Unit, message_id: int | None, outgoing: Outgoing) -> None:
    """Let the customer of an open ticket wait again: the line that was to answer them did not arrive."""
    line = unit.messages.get(message_id) if message_id is not None else None
    ticket = unit.tickets.locked(line.ticket_id) if line is not None and line.ticket_id is not None else None
    if ticket is None or ticket.status == "closed" or ticket.waiting_since is not None:
        return
    arrived = unit.lines.last_arrived(ticket.id)
    said = unit.lines.said_after(ticket.id, arrived, most=LOOK_BACK)
    since = next((line.created_at for line in said if acknowledgement_of(line.text) != "thanks"), None)
    if since is not None:
        unit.tickets.still_waits(ticket.id, since, never_answered=not arrived)
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)


def _show(unit: Unit, customer: Customer, outgoing: Outgoing) -> None:
    ticket = unit.tickets.open_of(customer.id)
    if ticket is not None:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
