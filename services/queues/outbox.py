"""Puts effects into the outbox, each with a key (its cause), a lane, a rank and a budget."""

from __future__ import annotations

from typing import Final

from services.messages.effects import (
    Copy,
    Effect,
    Hall,
    ListUnconfirmed,
    OpenTopic,
    PointToTopic,
    PrivateChat,
    React,
    Reword,
    Say,
    SendFile,
    ShowAside,
    ShowCard,
    ShowDigest,
    ShowPage,
    StripButtons,
    TicketPlace,
    TurnTopic,
    Withdraw,
    encode,
)
from storage.address import Address
from storage.closed_sets import Priority
from storage.records import Entry, Ticket
from storage.units import Unit

PRIVATE: Final = "private"
GROUP: Final = "group"

PRESSED: Final = 0
"""What somebody has pressed a button for, and waits to see."""
LIST: Final = 1
"""The list of what waits: it names what has no call left."""
URGENT: Final = 2
"""What is critical, and alarms."""
WORK: Final = 3
"""What somebody works on."""
CARD: Final = 4
LINE: Final = 5
TOUCH: Final = 6
"""A topic that closes, a card that has moved: what can wait when the group's budget is short."""


def rank_of_card(priority: Priority) -> int:
    return URGENT if priority == "critical" else CARD


def rank_of_line(ticket: Ticket) -> int:
    """Return how urgent a customer's line is: somebody who has taken their ticket waits for it."""
    if ticket.priority == "critical":
        return URGENT
    return WORK if ticket.status == "taken" else LINE


class Outgoing:
    """The effects of one cause, numbered: the same cause never sends twice."""

    def __init__(self, unit: Unit, cause: str) -> None:
        self._unit = unit
        self.cause = cause
        self._count = 0

    def once(self, cause: str) -> Outgoing:
        """Return the effects of something that several causes may bring about, and that is said once."""
        return Outgoing(self._unit, cause)

    def put(self, effect: Effect, *, rank: int = LINE) -> None:
        lane, pool = lane_of(effect)
        key = f"{self.cause}/{self._count}"
        self._count += 1
        # The pause that closes an album begins when its last part is here, however long that has waited to be read.
        since = self._unit.now if isinstance(effect, Copy) and effect.album else None
        self._unit.outbox.put(Entry(key=key, lane=lane, payload=encode(effect), rank=rank, pool=pool, since=since))


def lane_of(effect: Effect) -> tuple[str, str]:  # noqa: PLR0911  # a table reads best as a table
    """Return the lane and the budget of an effect: one chat or ticket is one lane."""
    match effect:
        case ShowAside(to=Hall(), queue=queue):
            return f"aside:{queue}", GROUP
        case Say() | Copy() | ShowPage() | ShowAside() | SendFile():
            return _lane_at(effect.to)
        case ListUnconfirmed(to=to):  # it gathers for a while, and nothing else shall wait for it
            return ("unconfirmed", GROUP) if isinstance(to, Hall) else (f"unconfirmed:{to.address.id}", PRIVATE)
        case ShowCard() | TurnTopic() | OpenTopic() | PointToTopic():
            return f"t:{effect.ticket_id}", GROUP
        case Reword() | Withdraw() | StripButtons():
            return lane_of_person(effect.to.address), PRIVATE
        case React(at=at):  # in a lane of its own: it says what has happened, and waits for nothing that will
            return f"r:{at.chat_id}:{at.telegram_id}", GROUP if at.chat_id < 0 else PRIVATE
        case ShowDigest():
            return "digest", GROUP


def lane_of_person(address: Address) -> str:
    """Return the lane of everything that one person reads. Telegram's ids stand bare: it was the first channel."""
    return f"p:{address.id}" if address.channel == "telegram" else f"p:{address.channel}:{address.id}"


def _lane_at(to: PrivateChat | TicketPlace | Hall) -> tuple[str, str]:
    match to:
        case PrivateChat(address=address):
            return lane_of_person(address), PRIVATE
        case TicketPlace(ticket_id=ticket):
            return f"t:{ticket}", GROUP
        case Hall():
            return "hall", GROUP
