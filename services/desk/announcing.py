"""A line of the bot that tells a customer what has become of their ticket or of themselves: stored, and sent."""

from __future__ import annotations

from collections.abc import Callable

from services.messages.effects import Keyboard, Say, Words, home
from services.messages.offered import offered
from services.queues.outbox import Outgoing
from storage.records import Customer
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
    if (chat := home(customer)) is not None:
        words = Words(text=text, buttons=buttons(line.id) if buttons else ())
        outgoing.put(Say(to=chat, words=words, message_id=line.id))
    elif buttons is not None:
        unit.offers.make(line.id, offered(buttons(line.id)))
