"""What a line answers, as it looks on the other side: a reply to the same line there, or its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.desk.cards import plain
from storage.messages import NOTE
from storage.records import Message, Ticket
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """`line`: the stored line that is answered there, `quote`: what of it; or `told`: its words, to be read above."""

    line: int | None = None
    quote: str | None = None
    told: str | None = None


NOTHING: Final = Mirrored()


def mirrored(unit: Unit, ticket: Ticket, message: Message) -> Mirrored:
    """Return how people of the team see what a customer's line answers."""
    answered = unit.messages.get(message.reply_to_id) if message.reply_to_id is not None else None
    if answered is None:
        return Mirrored(told=message.quoted)
    shown = unit.placements.showing(answered.id)
    if shown is not None and shown.ticket_id == ticket.id:
        return Mirrored(line=answered.id, quote=message.quoted)
    on_card = answered.ticket_id == ticket.id and answered.author == "customer"
    return Mirrored(told=message.quoted if on_card else message.quoted or plain(answered) or None)


def for_customer(unit: Unit, message_id: int | None, quoted: str | None) -> Mirrored:
    """Return how a customer sees what an operator's line answers: a line of their own chat, or nothing."""
    answered = unit.messages.get(message_id) if message_id is not None else None
    if answered is None or answered.kind == NOTE:
        return NOTHING
    return Mirrored(line=answered.id, quote=quoted if quoted and quoted in plain(answered) else None)
