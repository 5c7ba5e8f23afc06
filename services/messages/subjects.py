"""What an effect is about: which stored message, which ticket, whose chat."""

from __future__ import annotations

from services.messages.effects import (
    Copy,
    Effect,
    GroupPlace,
    PrivateChat,
    Reword,
    Say,
    SendFile,
    TicketPlace,
    Withdraw,
)
from storage.address import Address


def message_of(effect: Effect) -> int | None:
    """Return the stored message that an effect brings, changes or takes back."""
    return effect.message_id if isinstance(effect, Say | Copy | SendFile | Reword | Withdraw) else None


def ticket_of(effect: Effect) -> int | None:
    to = getattr(effect, "to", None)
    return to.ticket_id if isinstance(to, TicketPlace) else getattr(effect, "ticket_id", None)


def group_of(effect: Effect) -> int | None:
    """Return the operator group that an effect names by itself; None: the first one, or it names none."""
    to = getattr(effect, "to", None)
    return to.group_id if isinstance(to, GroupPlace) else getattr(effect, "group_id", None)


def reader_of(effect: Effect) -> Address | None:
    """Return the person who reads it, None for the operator group."""
    to = getattr(effect, "to", None)
    return to.address if isinstance(to, PrivateChat) else None
