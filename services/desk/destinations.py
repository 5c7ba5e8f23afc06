"""Where a ticket can be moved to: the groups and topics that routes name, as buttons."""

from __future__ import annotations

from services.messages.callbacks import OnTicket, encode
from services.messages.effects import Button, Keyboard
from services.texts import label
from services.texts.team import Destination, Team
from storage.records import Ticket


def buttons(ticket: Ticket, team: Team) -> Keyboard:
    """Return where a ticket can go, and the way back."""
    here = now_of(ticket)
    rows = [
        (Button(text=name_of(to, team), press=encode(OnTicket(ticket.id, "move", code_of(to)))),)
        for to in team.destinations
        if to != here
    ]
    return (*rows, (Button(text=label("button.fold", team.language), press=encode(OnTicket(ticket.id, "fold"))),))


def name_of(to: Destination, team: Team) -> str:
    """Return what a route calls a place, or which group and topic it is."""
    return team.destinations[to] or label(
        "desk.place", team.language, group=to.group_id or "", topic=to.thread_id or ""
    )


def now_of(ticket: Ticket) -> Destination:
    """Return where a ticket is."""
    return Destination(group_id=ticket.group_id, thread_id=ticket.thread_id)


def code_of(to: Destination) -> str:
    """Return how a button names a place."""
    return f"{to.group_id or 0}.{to.thread_id or 0}"
