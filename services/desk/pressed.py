"""One press of a card's button, inside its write unit: all that a verb needs."""

from __future__ import annotations

from dataclasses import dataclass

from services.messages.incoming import Operator
from services.queues.outbox import Outgoing
from storage.records import Ticket
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Who pressed, on which ticket; `unit` and `outgoing` take what the press changes and tells."""

    unit: Unit
    ticket: Ticket
    operator: Operator
    outgoing: Outgoing
