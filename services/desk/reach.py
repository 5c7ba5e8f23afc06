"""Whether a customer can be written to, as operators see it: on the card, and told of once until it changes."""

from __future__ import annotations

from services.messages.effects import ShowCard
from services.queues.outbox import TOUCH, Outgoing
from storage.records import Customer
from storage.units import Unit


def lost(unit: Unit, customer: Customer, outgoing: Outgoing) -> None:
    """Note that they have blocked the bot, or deleted their account."""
    if customer.reachable:
        unit.customers.change(customer.id, reachable=False)
        _show(unit, customer, outgoing)


def back(unit: Unit, customer: Customer, outgoing: Outgoing) -> None:
    """Note that they can be written to again: the next time is told anew."""
    if not customer.reachable:
        unit.customers.change(customer.id, reachable=True)
        unit.key_values.forget(_note(customer))
        _show(unit, customer, outgoing)


def is_told(unit: Unit, customer: Customer) -> bool:
    """Whether operators have been told that their lines do not arrive."""
    return unit.key_values.read(_note(customer)) is not None


def note_told(unit: Unit, customer: Customer) -> None:
    unit.key_values.write(_note(customer), unit.now.isoformat())


def _show(unit: Unit, customer: Customer, outgoing: Outgoing) -> None:
    ticket = unit.tickets.open_of(customer.id)
    if ticket is not None:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)


def _note(customer: Customer) -> str:
    return f"unreachable:{customer.id}"
