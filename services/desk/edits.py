"""What becomes of a customer's copy when an operator edits their line."""

from __future__ import annotations

from typing import Final

from services.desk.signatures import signed
from services.messages.effects import MessageRef, Move, Reword, Withdraw, Words, home
from services.messages.incoming import OperatorMessage
from services.queues.outbox import TOUCH, Outgoing
from services.texts import say
from storage.messages import as_stored
from storage.records import Customer, Message, Ticket
from storage.units import Unit

CHANGEABLE: Final = frozenset(("text", "photo", "video", "document", "audio", "animation"))
"""What a file can be put into, or replaced in."""
SAYING: Final = CHANGEABLE | {"voice"}
"""What has words that can be changed."""


def differs(message: Message, said: OperatorMessage) -> bool:
    """Whether a line says or shows something else now: edits also arrive for what nobody has changed."""
    changed = (message.text, message.media, message.entities) != (said.text, said.media, as_stored(said.entities))
    return changed or bool(said.preview)


def follow(unit: Unit, message: Message, said: OperatorMessage, outgoing: Outgoing) -> bool:
    """Let the customer's copy say and show what the line does now. False where Telegram has no way to."""
    unit.messages.edit(
        message.id, text=said.text, kind=said.kind, entities=said.entities, media=said.media, file=said.file
    )
    customer = unit.customers.get(message.customer_id)
    if customer is None or (there := home(customer)) is None:
        return True
    another_file = said.media != message.media
    if said.kind not in (CHANGEABLE if another_file else SAYING):
        return False
    outgoing.put(
        Reword(
            to=there,
            message_id=message.id,
            words=Words(text=_words(message, said, customer), html=False, entities=said.entities, preview=said.preview),
            shows=said.kind,
            file_id=said.file.file_id if another_file and said.file else None,
        )
    )
    return True


def move(unit: Unit, message: Message, said: OperatorMessage, outgoing: Outgoing) -> None:
    """Let a place move on at the customer's side."""
    unit.messages.change(message.id, media=said.media, edited_at=unit.now)
    customer = unit.customers.get(message.customer_id)
    if customer is not None and said.position is not None and (there := home(customer)) is not None:
        outgoing.put(Move(to=there, message_id=message.id, position=said.position), rank=TOUCH)


def _words(message: Message, said: OperatorMessage, customer: Customer) -> str:
    """Return the new words, signed as the old ones were: what stands under a picture is not."""
    return signed(said.text, message.signed, customer.language) if said.kind == "text" else said.text


def withdraw(unit: Unit, message: Message, outgoing: Outgoing, *, asked: MessageRef | None = None) -> None:
    """Take a line back that has become a note; whoever reads the conversation later finds no words of it.

    `asked`: where somebody asked for it, and sees that it is done.
    """
    unit.messages.take_back(message.id)
    customer = unit.customers.get(message.customer_id)
    if customer is not None and (there := home(customer)) is not None:
        instead = Words(text=say("customer.withdrawn", customer.language))
        outgoing.put(Withdraw(to=there, message_id=message.id, shows=message.kind, instead=instead, written=asked))


def withdraw_album(unit: Unit, ticket: Ticket, said: OperatorMessage, outgoing: Outgoing) -> None:
    """Take back the pictures that came with one that stays inside: an album is one thing, whichever part says so."""
    if said.album is not None:
        for part in unit.messages.operator_album(ticket.id, said.album):
            withdraw(unit, part, outgoing)
