"""Whom somebody means: an id, a name, a number of a ticket, or the conversation they ask in."""

from __future__ import annotations

import re
from typing import Final, get_args

from services.desk.replies import ticket_at
from services.messages.incoming import OperatorMessage
from storage.address import Address
from storage.closed_sets import Channel
from storage.records import Customer
from storage.units import Unit

_TICKET: Final = re.compile(r"[#№]\s*(\d{1,18})")
_NAME: Final = re.compile(r"@(\w{1,64})|(?:https?://)?t\.me/(\w{1,64})")
_NUMBER: Final = re.compile(r"\d{1,18}")


def meant(unit: Unit, words: str) -> list[Customer]:
    """Return who fits `811`, `telegram:811`, `@name`, `#7`; a bare number that is nobody's id may be a ticket's."""
    words = words.strip()
    if ticket := _TICKET.fullmatch(words):
        return _of_ticket(unit, int(ticket[1]))
    if name := _NAME.fullmatch(words):
        return unit.conversations.named(name[1] or name[2])
    channel, colon, outside = words.partition(":")
    for known in get_args(Channel):
        if colon and channel == known:
            found = unit.customers.find(Address(known, outside.strip()))
            return [found] if found else []
    if not words:
        return []
    by_id = unit.conversations.with_outside_id(words)
    return by_id or (_of_ticket(unit, int(words)) if _NUMBER.fullmatch(words) else [])


def of_place(unit: Unit, said: OperatorMessage | None) -> Customer | None:
    """Return whose ticket a line of the group belongs to: by what it answers, or by its topic."""
    ticket = ticket_at(unit, said) if said is not None else None
    return unit.customers.get(ticket.customer_id) if ticket else None


def _of_ticket(unit: Unit, number: int) -> list[Customer]:
    ticket = unit.tickets.get(number)
    customer = unit.customers.get(ticket.customer_id) if ticket else None
    return [customer] if customer else []
