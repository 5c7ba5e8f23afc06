"""Tickets whose customers are silent: they are told that it will be closed, and then it is, without another word."""

from __future__ import annotations

from datetime import timedelta

from services.desk.announcing import announce
from services.messages.effects import ShowCard, TurnTopic
from services.queues.outbox import TOUCH, Outgoing
from services.texts import say
from services.texts.team import Team
from services.working_hours.writing import back
from storage.records import Ticket
from storage.units import Unit


def warn(unit: Unit, ticket: Ticket, notice: timedelta, team: Team) -> bool:
    """Tell the customer when their ticket will be closed; False when something else has happened to it."""
    customer = unit.customers.get(ticket.customer_id, lock=True)  # nobody writes in their conversation meanwhile
    if customer is None or not unit.timers.ring(ticket, warned_at=unit.now):
        return False
    when = back(unit.now + notice, unit.now, team.zone, customer.language)
    text = say("customer.closing_soon", customer.language, ticket=ticket.id, when=when)
    outgoing = Outgoing(unit, f"closing:{ticket.id}:{unit.now.isoformat()}")
    announce(unit, outgoing, customer, text, what="line", ticket_id=ticket.id)
    return True


def close(unit: Unit, ticket: Ticket) -> bool:
    """Close a ticket that the customer's next line will open again; False when something else has happened to it."""
    unit.customers.get(ticket.customer_id, lock=True)
    if not unit.timers.ring(ticket):
        return False
    unit.tickets.close(ticket.id, "lapsed")
    unit.tickets.change(ticket.id, followed_up_at=unit.now)
    outgoing = Outgoing(unit, f"lapsed:{ticket.id}:{unit.now.isoformat()}")
    outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
    outgoing.put(TurnTopic(ticket_id=ticket.id, closed=True), rank=TOUCH)
    return True
