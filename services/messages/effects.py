"""Everything a person will see, as values: written with their reason, carried out later, in the order of a lane.

An effect names people and tickets, never Telegram's coordinates of the operator group: those are found when it is
delivered, so a deleted topic or a moved group spoils nothing that waits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Discriminator, TypeAdapter, ValidationError

from services.messages.left_behind import PointAway
from services.messages.lesson_effects import ShowLesson
from services.messages.older_effects import in_todays_form
from services.messages.places import GroupPlace, Place, PrivateChat, TicketPlace, home
from services.messages.sent_files import SendFile
from services.messages.topic_names import NameTopic, ShowIcon, SweepLine
from services.messages.words import ARRIVED, Button, Keyboard, MessageRef, Position, RetryNotice, Words
from storage.address import Address
from storage.queue_statements import QueueName

__all__ = ["ARRIVED", "Button", "GroupPlace", "Keyboard", "MessageRef", "Place", "Position", "PrivateChat"]
__all__ += ["RetryNotice", "SendFile", "TicketPlace", "Words", "home"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Send a text. `message_id`: the stored message it is, so that its place can be noted."""

    to: Place
    words: Words
    message_id: int | None = None
    head: str | None = None
    """Who speaks, over a customer's verbatim line: lines under one head may travel together."""
    edition: str | None = None
    """Which correction of a message it is; where several wait, only the last is sent."""
    inside: bool = False
    """What answers it stays among colleagues."""
    answers: int | None = None
    quote: str | None = None
    """The stored message that it is a reply to, and what of that it is about."""
    written: MessageRef | None = None
    """Where its author wrote it: there they see that it has arrived."""
    retold: RetryNotice | None = None
    for_customer: bool = False
    """Of our own lines under a ticket: who answers it means the customer."""
    reminds: int | None = None
    """The ticket that it reminds of: nothing is said where its customer waits no longer."""
    kind: Literal["say"] = "say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Send a message of any kind as it is. `text` goes instead if the original is gone or may not be copied."""

    to: Place
    origin: Address
    """The chat it stands in now."""
    telegram_id: int
    message_id: int
    text: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    album: str | None = None
    """Messages of one album travel together."""
    position: Position | None = None
    """Of a place that moves: a copy of it would stand still."""
    answers: int | None = None
    quote: str | None = None
    written: MessageRef | None = None
    retold: RetryNotice | None = None
    kind: Literal["copy"] = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reword:
    """Change what has been delivered to a customer. It shares their lane, so it comes after the message itself.

    `shows`: what kind of message it is now; with `file_id`, the file in it is replaced as well.
    """

    to: PrivateChat
    message_id: int
    words: Words
    shows: str = "text"
    file_id: str | None = None
    kind: Literal["reword"] = "reword"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Take a message back from a customer; where that is not possible, let it say `instead`."""

    to: PrivateChat
    message_id: int
    shows: str
    instead: Words
    written: MessageRef | None = None
    kind: Literal["withdraw"] = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Let a moving place that has been delivered move on; where several wait, only the last is carried out."""

    to: Annotated[PrivateChat | TicketPlace, Discriminator("kind")]
    message_id: int
    position: Position
    kind: Literal["move"] = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """Let the bot's reaction stand on a message; None takes it off. Where it cannot stand, nobody misses it."""

    at: MessageRef
    emoji: str | None
    kind: Literal["react"] = "react"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCard:
    """Make the card of a ticket say what is true now: post it, or edit it."""

    ticket_id: int
    kind: Literal["card"] = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTopic:
    """Give a ticket whose card stands outside of all topics a topic of its own, and its card a place there."""

    ticket_id: int
    kind: Literal["open_topic"] = "open_topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointToTopic:
    """Let what was the card of a ticket say where it stands now."""

    ticket_id: int
    at: MessageRef
    kind: Literal["point"] = "point"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDigest:
    """Bring the list of tickets that have no card yet up to date."""

    group_id: int | None = None
    kind: Literal["digest"] = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDesk:
    """Bring the pinned message of a group up to date that says what is open."""

    group_id: int | None = None
    kind: Literal["desk"] = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTopic:
    """Close or reopen the topic of a ticket, if it has one."""

    ticket_id: int
    closed: bool
    kind: Literal["topic"] = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class StripButtons:
    """Take the buttons off a message that has been delivered to a customer."""

    to: PrivateChat
    message_id: int
    kind: Literal["strip"] = "strip"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPage:
    """Let a message of the bot say something else. Where it can be changed no longer, the words are sent anew."""

    to: Place
    at: MessageRef
    words: Words
    kind: Literal["page"] = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAside:
    """Make the notice of what was set aside tell what is true now: post it, or edit it."""

    to: Annotated[PrivateChat | GroupPlace, Discriminator("kind")]
    queue: QueueName
    kind: Literal["aside"] = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUnconfirmed:
    """Tell the team what was set aside because nobody knows whether it has arrived: all of it in one message."""

    to: Annotated[PrivateChat | GroupPlace, Discriminator("kind")]
    kind: Literal["unconfirmed"] = "unconfirmed"


Effect = Annotated[
    Say
    | Copy
    | Reword
    | Withdraw
    | React
    | Move
    | ShowCard
    | OpenTopic
    | PointToTopic
    | PointAway
    | NameTopic
    | ShowIcon
    | SweepLine
    | ShowLesson
    | ShowDigest
    | ShowDesk
    | TurnTopic
    | StripButtons
    | ShowPage
    | ShowAside
    | ListUnconfirmed
    | SendFile,
    Discriminator("kind"),
]


@cache
def _adapter() -> TypeAdapter[Effect]:
    return TypeAdapter(Effect)


def encode(effect: Effect) -> str:
    """Return an effect as JSON, for the outbox."""
    return _adapter().dump_json(effect, exclude_defaults=False, ensure_ascii=True).decode("ascii")


def decode(payload: str) -> Effect:
    """Return the effect of an outbox row. Raises pydantic's ValidationError for what no version has written."""
    try:
        return _adapter().validate_json(payload)
    except ValidationError:
        return _adapter().validate_python(in_todays_form(json.loads(payload)))
