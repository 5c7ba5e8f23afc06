"""What comes in, as values: the same whether Telegram or the HTTP API brought it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from services.messages.effects import MessageRef, Position
from storage.address import Address
from storage.attachments import Attachment
from storage.closed_sets import Content, SaidKind, UnreadKind
from storage.records import Cause

__all__ = [
    "UNREAD",
    "Attachment",
    "Cause",
    "Content",
    "CustomerMessage",
    "Operator",
    "OperatorMessage",
    "Person",
    "Reaction",
    "SaidKind",
    "UnreadKind",
]

UNREAD: Final = "?"
"""Stands behind the kind of a message that could not be read (`sticker?`): it can be copied all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who writes to the bot, as the channel names them."""

    address: Address
    first_name: str
    last_name: str = ""
    username: str | None = None
    language: str | None = None
    """What their client says (`ru`, `en-GB`); None: unknown."""
    topic_id: int | None = None
    """The topic of their private chat, where it has topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerMessage:
    """One line from a customer."""

    cause: Cause
    person: Person
    kind: SaidKind
    text: str
    """Its words: text, caption, or what a sticker stands for; empty when it has none."""
    entities: tuple[dict[str, Any], ...] = ()
    """Formatting of its words, text or caption, in Telegram's form."""
    preview: dict[str, Any] = field(default_factory=dict)
    """How its author wants links to be previewed, in Telegram's form; empty: as Telegram does by itself."""
    forwarded_from: str | None = None
    """Whose words they are, where the customer passes on somebody else's."""
    quoted: str | None = None
    """What they have marked in another message, as what the line is about."""
    told: str | None = None
    """What it says beside its words: the question of a poll, a name and a number, an address."""
    position: Position | None = None
    """Where its author is, of a place."""
    answers: int | None = None
    """The message of their chat that it answers."""
    telegram_id: int | None = None
    album: str | None = None
    written_at: datetime | None = None
    """When its author sent it, by the messenger's clock; None where nobody says."""
    media: str | None = None
    """Which file it shows: another one means that an edit has replaced it."""
    file: Attachment | None = None
    """The same, as it can be fetched."""
    passes_on: bool = False
    """Somebody else's words stand among its lines; they are not in `text`."""
    wants_person: bool = False
    """It came with the command that calls one."""
    edited: bool = False
    """It takes the place of a line that has been dealt with."""

    @property
    def is_media(self) -> bool:
        """More than words: it travels as a copy."""
        return self.kind not in ("text", "command")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What somebody's reactions to a message are from now on."""

    cause: Cause
    at: MessageRef
    signs: tuple[str, ...]
    """Emoji, the newest last; others have no name that everybody can show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who acts in the operator group. Anonymous admins share one id; their title is the name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMessage:
    """One line in the operator group that may be meant for a customer."""

    cause: Cause
    operator: Operator
    chat_id: int
    group_id: int | None = None
    """Which operator group that is, as in `Ticket`."""
    telegram_id: int
    topic_id: int | None
    reply_to: int | None
    to_bot: bool
    """It answers a message that the bot posted."""
    quoted: str | None = None
    """What they have marked in it."""
    told: str | None = None
    """What it says beside its words."""
    position: Position | None = None
    kind: SaidKind
    text: str
    entities: tuple[dict[str, Any], ...] = ()
    preview: dict[str, Any] = field(default_factory=dict)
    """How its author wants links to be previewed."""
    album: str | None = None
    media: str | None = None
    """Which file it shows: another one means that an edit has replaced it."""
    file: Attachment | None = None
    """The same, as it can be fetched and sent."""
