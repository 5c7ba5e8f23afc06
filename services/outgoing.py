"""Put effects into the outbox: the key that names their cause, their lane, their rank, their budget."""

from __future__ import annotations

from typing import Final

from services.effects import (
    Copy,
    Effect,
    Hall,
    PrivateChat,
    Reword,
    Say,
    ShowAside,
    ShowCard,
    ShowPage,
    StripButtons,
    TicketPlace,
    TurnTopic,
    Withdraw,
    encode,
)
from storage.records import Entry, Priority
from storage.units import Unit

PRIVATE: Final = "private"
GROUP: Final = "group"

URGENT: Final = 0
CARD: Final = 1
LINE: Final = 2
TOUCH: Final = 4
"""A card that changes, a topic that closes: what can wait when the group's budget is short."""


def rank_of_card(priority: Priority) -> int:
    return URGENT if priority == "critical" else CARD


class Outgoing:
    """The effects of one cause, numbered: the same cause never sends twice."""

    def __init__(self, unit: Unit, cause: str) -> None:
        self._unit = unit
        self.cause = cause
        self._count = 0

    def put(self, effect: Effect, *, rank: int = LINE) -> None:
        lane, pool = lane_of(effect)
        key = f"{self.cause}/{self._count}"
        self._count += 1
        self._unit.outbox.put(Entry(key=key, lane=lane, payload=encode(effect), rank=rank, pool=pool))


def lane_of(effect: Effect) -> tuple[str, str]:
    """Return the lane and the budget of an effect: one chat or ticket is one lane."""
    match effect:
        case ShowAside(to=Hall(), queue=queue):
            return f"aside:{queue}", GROUP
        case Say(to=to) | Copy(to=to) | ShowPage(to=to) | ShowAside(to=to):
            match to:
                case PrivateChat(chat_id=chat):
                    return f"p:{chat}", PRIVATE
                case TicketPlace(ticket_id=ticket):
                    return f"t:{ticket}", GROUP
                case Hall():
                    return "hall", GROUP
        case ShowCard(ticket_id=ticket) | TurnTopic(ticket_id=ticket):
            return f"t:{ticket}", GROUP
        case Reword(chat_id=chat) | Withdraw(chat_id=chat) | StripButtons(chat_id=chat):
            return f"p:{chat}", PRIVATE
