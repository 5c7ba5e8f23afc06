"""Conversations as those read them who come and ask: line by line, with what can be chosen below each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.texts.html import plain
from storage.attachments import Attachment
from storage.closed_sets import Author
from storage.offers import Choice
from storage.records import Message
from storage.units import Unit

__all__ = ["Choice", "Line", "Page", "lines_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a conversation."""

    message_id: UUID
    author: Author
    author_name: str | None
    kind: str
    text: str
    created_at: datetime
    choices: Sequence[Choice] = ()
    """What the customer can choose below it."""
    key: str = ""
    """Of what caused it."""
    file: Attachment | None = None
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some lines of a conversation, the oldest first."""

    lines: tuple[Line, ...]
    more: bool


def lines_of(unit: Unit, messages: Collection[Message]) -> tuple[Line, ...]:
    """Return stored lines as their customer reads them."""
    offers = unit.offers.of([one.id for one in messages if one.author == "bot"])
    files = unit.attachments.of([one.id for one in messages if one.media is not None or one.kind in _SHOWING])
    return tuple(_line(one, offers.get(one.id, ()), files.get(one.id)) for one in messages)


_SHOWING = frozenset(("photo", "document", "video", "animation", "audio", "voice", "video_note"))


def _line(message: Message, choices: Sequence[Choice], file: Attachment | None) -> Line:
    return Line(
        message_id=message.public_id,
        author=message.author,
        author_name=message.signed,
        kind=message.kind,
        text=plain(message.text) if message.author == "bot" else message.text,
        created_at=message.created_at,
        choices=choices,
        key=message.key,
        file=file,
        row=message.id,
    )
