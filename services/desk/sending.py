"""How a line of the team sets out for its customer, the first time or once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.desk import suggesting
from services.desk.hints import Hints
from services.desk.mirror import NOTHING, Mirrored
from services.desk.replying import note_reply
from services.desk.signatures import signed
from services.messages.addresses import on_telegram
from services.messages.effects import Copy, MessageRef, Position, PrivateChat, RetryNotice, Say, Words, home
from services.messages.incoming import Operator
from services.queues.outbox import Outgoing
from storage.changing import as_entities
from storage.placements import Placement
from storage.records import Customer, Message, Ticket
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLine:
    """A stored line, and what is not stored of it."""

    message: Message
    written: MessageRef
    """Where its author wrote it."""
    topic_id: int | None = None
    about: Mirrored = NOTHING
    preview: dict[str, Any] | None = None
    position: Position | None = None
    retold: RetryNotice | None = None


def again(message: Message, placement: Placement) -> OutgoingLine:
    """Return a stored line as it can be sent once more."""
    written = MessageRef(chat_id=placement.chat_id, telegram_id=placement.telegram_id)
    return OutgoingLine(message=message, written=written, preview={})


def bring(unit: Unit, ticket: Ticket, line: OutgoingLine, outgoing: Outgoing, *, who: Operator, hints: Hints) -> None:
    """Let a line go to the customer of a ticket, who waits no longer; who has sent it has the ticket."""
    customer = unit.customers.get(ticket.customer_id)
    there = home(customer) if customer is not None else None
    if customer is not None and there is not None:
        send(there, line, customer, outgoing)
    elif not (line.message.text or (customer and customer.address.takes_files)):  # text is read by who comes and asks
        hints.undelivered(line.written, "desk.api_copy", outgoing, topic_id=line.topic_id, group_id=ticket.group_id)
    note_answer(unit, ticket, outgoing, who=who, hints=hints)


def note_answer(unit: Unit, ticket: Ticket, outgoing: Outgoing, *, who: Operator, hints: Hints) -> None:
    """Let a ticket know, open or closed, that its customer has been written to.

    A last word leaves a ticket closed; the customer's answer to it will be meant for its author.
    """
    suggesting.answered_in_words(unit, ticket, who)
    if ticket.status != "closed":
        note_reply(unit, ticket, who, outgoing)
        return
    first = unit.tickets.follow_up(ticket, operator_id=who.id, operator_name=who.name)
    if first and unit.tickets.open_of(ticket.customer_id) is None:
        hints.stays_closed(ticket, outgoing)


def send(to: PrivateChat, line: OutgoingLine, customer: Customer, outgoing: Outgoing) -> None:
    """Let it be sent as text, or copied as it is."""
    message, about = line.message, line.about
    entities = as_entities(message.entities)
    if message.kind == "text":
        text = signed(message.text, message.signed, customer.language)
        words = Words(text=text, html=False, entities=entities, preview=line.preview)
        outgoing.put(
            Say(
                to=to,
                words=words,
                message_id=message.id,
                answers=about.line,
                quote=about.quote,
                written=line.written,
                retold=line.retold,
            )
        )
        return
    outgoing.put(
        Copy(
            to=to,
            origin=on_telegram(line.written.chat_id),
            telegram_id=line.written.telegram_id,
            message_id=message.id,
            text=message.text,
            entities=entities,
            album=message.album,
            answers=about.line,
            quote=about.quote,
            written=line.written,
            retold=line.retold,
            position=line.position if line.position and line.position.period else None,
        )
    )
