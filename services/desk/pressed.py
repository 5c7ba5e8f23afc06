"""One press of a card's button, inside its write unit: all that a verb needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.messages.callbacks import OnTicket
from services.messages.incoming import Operator
from services.queues.outbox import Outgoing
from storage.records import Ticket
from storage.units import Unit

OF_MENUS: Final = ("hand", "snooze", "priority", "move", "send")
"""Buttons whose choices count while their menu, or the answer to be read, stands on the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Who pressed, on which ticket; `unit` and `outgoing` take what the press changes and tells."""

    unit: Unit
    ticket: Ticket
    operator: Operator
    outgoing: Outgoing


def is_over(press: OnTicket, ticket: Ticket) -> bool:
    """Whether a choice belongs to a menu that is open no longer: of two who choose at once the first decides."""
    menu = "preview" if press.action == "send" else press.action
    return press.choice is not None and press.action in OF_MENUS and ticket.face != menu
