"""Who is there to look after tickets: everybody who has ever acted as an operator and is still in the group."""

from __future__ import annotations

from typing import Final

from storage.operators import KnownOperator
from storage.records import Ticket
from storage.ticket_lists import Colleague
from storage.units import Unit

KNOWN_MOST: Final = 50
OFFERED_MOST: Final = 24
MEMBER: Final = ""
LEFT: Final = "left"
"""What is noted of members, and of who is none any more; of others there is no note."""


def note_of(chat_id: int, user_id: int) -> str:
    """Return the name under which it is kept whether somebody belongs to a group."""
    return f"member:{chat_id}:{user_id}"


def known(unit: Unit) -> list[KnownOperator]:
    """Return whoever has acted, the last one first."""
    return unit.operators.known(most=KNOWN_MOST)


def has_left(unit: Unit, chat_id: int | None, user_id: int | None) -> bool:
    """Whether somebody is known to be no member of a group any more. Anonymous admins stay as long as the group."""
    if chat_id is None or user_id is None or user_id <= 0:
        return False
    return unit.key_values.read(note_of(chat_id, user_id)) == LEFT


def offered(unit: Unit, ticket: Ticket) -> list[Colleague]:
    """Return to whom a ticket can be handed. The members were asked of the messenger as the menu was opened."""
    there = [one for one in known(unit) if one.id != ticket.operator_id and not has_left(unit, ticket.chat_id, one.id)]
    return [Colleague(id=one.id, name=one.name) for one in there[:OFFERED_MOST]]
