"""What a failed call calls for: one table, from failures and the effects they befell to what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from services.delivery.messenger import (
    Busy,
    ChatGone,
    ChatMoved,
    Lacking,
    MessageGone,
    MessengerError,
    Refused,
    Spent,
    TopicGone,
    Unconnected,
    Unreached,
    Unsure,
)
from services.messages.effects import Copy, Effect, Say, SendFile
from services.messages.subjects import message_of, reader_of, ticket_of
from storage.address import Address

AT_ONCE: Final = timedelta(0)
GROUP_CLOSED: Final = timedelta(seconds=10)
UNREACHED_REST: Final = timedelta(seconds=1)
"""What holds the rest back while the server is away are `Outages`."""


@dataclass(frozen=True, slots=True)
class TryLater:
    """Nothing was carried out. `pool_rests`: whatever goes the same way waits as well."""

    after: timedelta
    pool_rests: bool = False


@dataclass(frozen=True, slots=True)
class TryFreely:
    """Nobody knows, and it does no harm twice: an edit, or a question."""


@dataclass(frozen=True, slots=True)
class MayHaveArrived:
    """Nobody knows, and a person may read it twice: once more at the most."""

    error: Unsure


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """An operator group has another id from now on."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class TopicLost:
    """The ticket needs a new topic, and a card in it."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class GroupClosed:
    """The bot may not write to the operator group: people are told, and it waits."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class PersonGone:
    """They have blocked the bot, or deleted their account."""

    address: Address


UndeliveredKey = Literal[
    "desk.no_copy", "desk.old_stays", "desk.refused", "desk.no_connection", "desk.no_right", "desk.no_word"
]
_WANTING: Final[Mapping[Lacking, UndeliveredKey]] = {
    "connection": "desk.no_connection",
    "right": "desk.no_right",
    "day": "desk.no_word",
}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """It will never arrive, and who wrote it is told why."""

    key: UndeliveredKey


@dataclass(frozen=True, slots=True)
class SetAside:
    """It will never work by itself, and it is nobody's line."""

    why: str


Remedy = (
    TryLater | TryFreely | MayHaveArrived | GroupMoved | TopicLost | GroupClosed | PersonGone | Undelivered | SetAside
)


def remedy_of(error: MessengerError, effect: Effect, *, noted: bool) -> Remedy:  # noqa: C901, PLR0911  # one line a case
    """Return it. `noted`: a call has left that a person would see twice if it were made again."""
    match error:
        case Busy(seconds=seconds):
            return TryLater(timedelta(seconds=seconds), pool_rests=True)
        case Spent(seconds=seconds):
            return TryLater(timedelta(seconds=seconds))
        case Unreached():
            return TryLater(UNREACHED_REST)
        case Unsure():
            return MayHaveArrived(error) if noted else TryFreely()
        case ChatMoved(chat_id=chat):
            return GroupMoved(chat)
        case TopicGone():
            ticket = ticket_of(effect)
            return TopicLost(ticket) if ticket is not None else SetAside("the topic is gone")
        case ChatGone():
            person = reader_of(effect)
            return PersonGone(person) if person is not None else GroupClosed(GROUP_CLOSED)
        case MessageGone():
            return Undelivered("desk.no_copy" if isinstance(effect, Say | Copy) else "desk.old_stays")
        case Unconnected(lacking=lacking) if isinstance(effect, Say | Copy | SendFile):
            return Undelivered(_WANTING[lacking])
        case Refused() if reader_of(effect) is not None and message_of(effect) is not None:
            return Undelivered("desk.refused" if isinstance(effect, Say | Copy | SendFile) else "desk.old_stays")
        case Refused():
            return SetAside(f"{type(error).__name__}: {error}")
        case _:
            raise error
