"""What an effect is about: which stored message, which ticket, whose chat."""

from __future__ import annotations

from services.messages.effects import (
    Copy,
    Effect,
    ListUnconfirmed,
    PrivateChat,
    Reword,
    Say,
    ShowAside,
    ShowPage,
    TicketPlace,
    Withdraw,
)


def message_of(effect: Effect) -> int | None:
    """Return the stored message that an effect brings, changes or takes back."""
    return effect.message_id if isinstance(effect, Say | Copy | Reword | Withdraw) else None


def ticket_of(effect: Effect) -> int | None:
    if isinstance(effect, Say | Copy):
        return effect.to.ticket_id if isinstance(effect.to, TicketPlace) else None
    return getattr(effect, "ticket_id", None)


def private_chat(effect: Effect) -> int | None:
    """Return the chat of a person, None for the operator group."""
    if isinstance(effect, Say | Copy | ShowPage | ShowAside | ListUnconfirmed):
        return effect.to.chat_id if isinstance(effect.to, PrivateChat) else None
    return getattr(effect, "chat_id", None)
