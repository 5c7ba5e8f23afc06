"""Puts effects into the outbox, each with a key (its cause), a lane, a rank and a budget."""

from __future__ import annotations

from typing import Final

from services.messages.effects import (
    Copy,
    Effect,
    GroupPlace,
    ListUnconfirmed,
    Move,
    OpenTopic,
    PointToTopic,
    PrivateChat,
    React,
    Reword,
    Say,
    SendFile,
    ShowAside,
    ShowCard,
    ShowDesk,
    ShowDigest,
    ShowPage,
    StripButtons,
    TicketPlace,
    TurnTopic,
    Withdraw,
    encode,
)
from services.messages.left_behind import PointAway
from services.messages.lesson_effects import ShowLesson
from services.messages.subjects import group_of, reader_of, ticket_of
from services.messages.topic_names import NameTopic, ShowIcon, SweepLine
from storage.address import Address
from storage.closed_sets import Priority
from storage.news import REACTIONS
from storage.records import Entry, Ticket
from storage.units import Unit

PRIVATE: Final = "private"
GROUP: Final = "group"
"""The budget of the first operator group; the other groups have budgets of their own (`pool_of_group`)."""

PRESSED: Final = 0
"""What somebody has pressed a button for, and waits to see: a menu, a page."""
SETTLED: Final = 1
"""A card after a press whose outcome the presser has read at once: colleagues see it on the card."""
OF_PRESSES: Final = (PRESSED, SETTLED)
"""What is shown because somebody has pressed a button."""
LIST: Final = 2
"""The list of what waits: it names what has no call left."""
URGENT: Final = 3
"""What is critical, and alarms."""
WORK: Final = 4
"""What somebody works on."""
CARD: Final = 5
LINE: Final = 6
TOUCH: Final = 7
"""A topic that closes, a card that has moved: what can wait when the group's budget is short."""
DESK: Final = 8
"""The pinned message: it says again what the cards say."""
ICON: Final = 9
"""The icon of a topic: it says so in the list of topics, and only while the group's minute has plenty of room."""


def pool_of_group(group_id: int | None) -> str:
    """Return the budget of an operator group."""
    return GROUP if group_id is None else f"{GROUP}:{group_id}"


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

    def renamed(self, ticket: Ticket, priority: Priority) -> None:
        """Let the topic of a ticket, as it was, show its new priority."""
        if ticket.topic_id is not None and priority != ticket.priority:
            self.put(NameTopic(ticket_id=ticket.id), rank=TOUCH)

    def put(self, effect: Effect, *, rank: int = LINE) -> None:
        lane, pool = lane_of(effect), self._pool_of(effect)
        key = f"{self.cause}/{self._count}"
        self._count += 1
        # The pause that closes an album begins when its last part is here, however long that has waited to be read.
        since = self._unit.now if isinstance(effect, Copy | SendFile) and effect.album else None
        self._unit.outbox.put(Entry(key=key, lane=lane, payload=encode(effect), rank=rank, pool=pool, since=since))

    def _pool_of(self, effect: Effect) -> str:
        """Return the budget of an effect: that of the private chats, or of the group that is told.

        A reaction is none of the group's twenty calls a minute, nor is deleting, so neither waits behind them.
        """
        if reader_of(effect) is not None or isinstance(effect, React | SweepLine):
            return PRIVATE
        ticket = ticket_of(effect)
        return pool_of_group(group_of(effect) if ticket is None else self._unit.tickets.group_of(ticket))


def lane_of(effect: Effect) -> str:  # noqa: C901, PLR0911  # a table reads best as a table
    """Return the lane of an effect: one chat or ticket is one lane."""
    match effect:
        case ShowAside(to=GroupPlace(), queue=queue):
            return f"aside:{queue}"
        case Say() | Copy() | Move() | ShowPage() | ShowAside() | SendFile():
            return _lane_at(effect.to)
        case ListUnconfirmed(to=to):  # it gathers for a while, and nothing else shall wait for it
            return "unconfirmed" if isinstance(to, GroupPlace) else f"unconfirmed:{to.address.id}"
        case ShowCard() | TurnTopic() | OpenTopic() | PointToTopic() | NameTopic():
            return f"t:{effect.ticket_id}"
        case ShowLesson(ticket_id=ticket_id):  # a lane of its own: no line and no card waits for it
            return f"lesson:{ticket_id}"
        case Reword() | Withdraw() | StripButtons():
            return lane_of_person(effect.to.address)
        case PointAway(at=at):
            return f"away:{at.chat_id}:{at.telegram_id}"
        case React(at=at):  # a lane of its own: it says what has happened, and waits for nothing
            return f"{REACTIONS}{at.chat_id}:{at.telegram_id}"
        case SweepLine(at=at):
            return f"sweep:{at.chat_id}:{at.telegram_id}"
        case ShowIcon(group_id=group_id):  # one after another, and no line or card of the ticket waits for it
            return _of_group("icon", group_id)
        case ShowDigest(group_id=group_id):
            return _of_group("digest", group_id)
        case ShowDesk(group_id=group_id):
            return _of_group("desk", group_id)


def lane_of_person(address: Address) -> str:
    """Return the lane of everything that one person reads. Telegram's ids stand bare: it was the first channel."""
    return f"p:{address.id}" if address.channel == "telegram" else f"p:{address.channel}:{address.id}"


def _lane_at(to: PrivateChat | TicketPlace | GroupPlace) -> str:
    match to:
        case PrivateChat(address=address):
            return lane_of_person(address)
        case TicketPlace(ticket_id=ticket):
            return f"t:{ticket}"
        case GroupPlace(group_id=group_id):
            return _of_group("hall", group_id)


def _of_group(lane: str, group_id: int | None) -> str:
    return lane if group_id is None else f"{lane}:{group_id}"
