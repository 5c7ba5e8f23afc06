"""One ticket, its customer, and all that was ever said between them and us."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.messages.effects import Copy, Say, decode
from services.messages.plain_text import spelled
from services.queues.outbox import lane_of_person
from services.scenarios.answers import name_of
from services.texts.html import plain
from storage.closed_sets import Author
from storage.messages import NOTE
from storage.records import Customer, Message, StoredVerdict, Ticket
from storage.store import Store
from storage.ticket_pages import TicketLine
from storage.units import Unit

__all__ = ["Conversations", "Customer", "Lines", "Message", "Subject", "Ticket", "words_of"]
TICKETS_MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A ticket with whom it is about."""

    line: TicketLine
    ticket: Ticket
    customer: Customer
    name: str
    tickets: Sequence[Ticket]
    """The customer's last ones, the newest first."""
    tickets_count: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A piece of a conversation, the oldest first."""

    lines: Sequence[Message]
    verdicts: Mapping[int, StoredVerdict]
    """What was thought of customers' lines, by their rows."""
    more: bool
    """Whether something stands above."""
    reached: bool
    """The customer reads in a chat of theirs, where a line of ours arrives or does not."""
    under_way: Collection[int]
    """Rows of lines that may still arrive."""

    def delivered(self, line: Message) -> bool | None:
        """Return whether a line of ours has arrived; None where nothing is to arrive."""
        sent = self.reached and line.author != "customer" and line.kind != NOTE
        return line.telegram_id is not None if sent else None

    def lost(self, line: Message) -> bool:
        """Return whether a line of ours will not arrive: they have blocked the bot, or it was refused."""
        return self.delivered(line) is False and line.id not in self.under_way


class Conversations:
    """Reads them."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

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
                tickets=unit.conversations.tickets(customer.id, most=TICKETS_MOST),
                tickets_count=unit.conversations.count_tickets(customer.id),
                now=unit.now,
            )

        return await self._store.read(look)

    async def lines(self, customer_id: int, *, before: int | None, most: int) -> Lines | None:
        """Return what was said above a line, or last; None where there is no such customer."""

        def look(unit: Unit) -> Lines | None:
            customer = unit.customers.get(customer_id)
            if customer is None:
                return None
            found = unit.conversations.above(customer_id, before, most=most + 1)
            shown = found[-most:]
            theirs = [line.id for line in shown if line.author == "customer"]
            reached = customer.address.can_be_written_to
            open_ends = reached and any(one.author != "customer" and one.telegram_id is None for one in shown)
            return Lines(
                lines=shown,
                verdicts=unit.conversations.verdicts(theirs) if theirs else {},
                more=len(found) > most,
                reached=reached,
                under_way=_under_way(unit, customer) if open_ends else (),
            )

        return await self._store.read(look)


def _under_way(unit: Unit, customer: Customer) -> set[int]:
    found = set()
    for payload in unit.outbox.unsettled(lane_of_person(customer.address)):
        with contextlib.suppress(ValueError):  # among what was set aside there may be what nobody can read
            effect = decode(payload)
            if isinstance(effect, (Say, Copy)) and effect.message_id is not None:
                found.add(effect.message_id)
    return found


def words_of(text: str, author: Author, entities: str | None) -> str:
    """Return what was said as plain text: our own answers are stored as HTML, links of people hide behind words."""
    return plain(text) if author == "bot" else spelled(text, json.loads(entities or "[]"))
