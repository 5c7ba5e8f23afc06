"""One ticket, its customer, and all that was ever said between them and us."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.dashboard.lines import Lines, lines_of
from services.desk.menus import Menus
from services.desk.suggesting import Proposed
from services.messages.plain_text import spelled
from services.scenarios.answers import name_of
from services.texts.html import plain
from storage.closed_sets import Author
from storage.records import Customer, Message, StoredVerdict, Ticket
from storage.site_visitors import SiteVisitor
from storage.store import Store
from storage.ticket_pages import TicketLine
from storage.units import Unit

__all__ = [
    "Conversations",
    "Customer",
    "Lines",
    "Message",
    "SiteVisitor",
    "StoredVerdict",
    "Subject",
    "Ticket",
    "words_of",
]
TICKETS_MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A ticket with whom it is about."""

    line: TicketLine
    ticket: Ticket
    customer: Customer
    name: str
    site: SiteVisitor | None
    """Where on a site they write."""
    tickets: Sequence[Ticket]
    """The customer's last ones, the newest first."""
    tickets_count: int
    now: datetime
    suggestion: Proposed | None = None
    """An answer that waits for somebody to decide on it."""


class Conversations:
    """Reads them."""

    def __init__(self, *, store: Store, menus: Menus | None = None) -> None:
        """`menus` tell what is proposed; without them nothing is."""
        self._store = store
        self._menus = menus

    async def subject(self, ticket_id: int) -> Subject | None:
        def look(unit: Unit) -> Subject | None:
            ticket = unit.tickets.get(ticket_id)
            customer = unit.customers.get(ticket.customer_id) if ticket else None
            line = next(iter(unit.ticket_pages.of([ticket_id])), None)
            if ticket is None or customer is None or line is None:
                return None
            return Subject(
                line=line,
                ticket=ticket,
                customer=customer,
                name=name_of(customer),
                site=unit.site_visitors.get(customer.id) if customer.channel == "web" else None,
                tickets=unit.conversations.tickets(customer.id, most=TICKETS_MOST),
                tickets_count=unit.conversations.count_tickets(customer.id),
                now=unit.now,
                suggestion=self._menus.suggestion(unit, ticket, customer) if self._menus else None,
            )

        return await self._store.read(look)

    async def lines(self, customer_id: int, *, before: int | None, most: int) -> Lines | None:
        """Return what was said above a line, or last; None where there is no such customer."""

        def look(unit: Unit) -> Lines | None:
            customer = unit.customers.get(customer_id)
            if customer is None:
                return None
            found = unit.conversations.above(customer_id, before, most=most + 1)
            return lines_of(unit, customer, found[-most:], more=len(found) > most)

        return await self._store.read(look)


def words_of(text: str, author: Author, entities: str | None) -> str:
    """Return what was said as plain text: our own answers are stored as HTML, links of people hide behind words."""
    return plain(text) if author == "bot" else spelled(text, json.loads(entities or "[]"))[0]
