"""A line of the bot that tells a customer what has become of their ticket or of themselves: stored, and sent."""

from __future__ import annotations

from collections.abc import Callable

from services.messages.effects import Keyboard, Say, Words, home
from services.messages.offered import offered
from services.queues.outbox import Outgoing
from storage.records import Customer, Message
from storage.units import Unit


def announce(
    unit: Unit,
    outgoing: Outgoing,
    customer: Customer,
    text: str,
    *,
    what: str,
    ticket_id: int | None = None,
    buttons: Callable[[int], Keyboard] | None = None,
) -> None:
    """Say it once, however often its cause comes: `what` names the line in it. `buttons` are made for the line's id."""
    line = unit.messages.add(
        key=f"{outgoing.cause}/{what}",
        customer_id=customer.id,
        author="bot",
        text=text,
        kind="notice",
        ticket_id=ticket_id,
    )
    put(unit, outgoing, customer, line, buttons(line.id) if buttons else ())


def put(unit: Unit, outgoing: Outgoing, customer: Customer, line: Message, buttons: Keyboard) -> None:
    """Let a stored line set out for its customer; who comes and asks finds it, and its buttons as choices."""
    if (chat := home(customer)) is not None:
        outgoing.put(Say(to=chat, words=Words(text=line.text, buttons=buttons), message_id=line.id))
    elif buttons:
        unit.offers.make(line.id, offered(buttons))
