"""What the desk answers about the lines of a conversation, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from handlers.http.desk.responses import Response


class Verdict(Response):
    """What was thought of a line."""

    scenario: str
    answer: str | None
    confidence: float
    engine: str
    reasoning: str


class Shaped(Response):
    """A text with its formatting beside it, in Telegram's form: offsets and lengths in UTF-16 units."""

    text: str
    entities: Sequence[Mapping[str, Any]]


class EarlierWording(Response):
    """What a line said until its author changed it."""

    words: Shaped
    until: datetime


class Answered(Response):
    """The line that another is a reply to."""

    id: int
    author: Literal["customer", "bot", "operator"]
    author_name: str | None
    kind: str
    text: str


class File(Response):
    """What a line shows. `/api/desk/lines/{line}/file` hands it out, `/thumb` a small picture where there is one."""

    name: str | None
    mime: str | None
    """What its sender's program says of it."""
    size: int | None
    seconds: int | None
    thumb: bool
    too_big: bool
    """Telegram does not hand it out to bots."""


class Line(Response):
    """One line of a conversation."""

    id: int
    ticket_id: int | None
    author: Literal["customer", "bot", "operator"]
    author_name: str | None
    kind: str
    text: str
    """As plain text: the address of a hidden link stands behind its words."""
    words: Shaped
    """The same with its formatting."""
    told: str | None
    """What it says beside its words: a name and a number, an address, the question of a poll."""
    created_at: datetime
    edited_at: datetime | None
    gone_at: datetime | None
    """When it was deleted in the customer's chat, where Telegram tells: in accounts that the bot is connected to."""
    earlier: Sequence[EarlierWording]
    """What it said before it was changed, the first first."""
    scenario: str | None
    """Of the bot's lines: which scenario the answer came from."""
    answer: str | None
    """Which of its answers."""
    feedback: Literal["helped", "person"] | None
    reaction: str | None
    """The sign that the other side has put on it."""
    forwarded_from: str | None
    quoted: str | None
    answered: Answered | None
    album: str | None
    """Lines with the same one were sent as one."""
    file: File | None
    delivered: bool | None
    """Of our lines: whether it has arrived in the customer's chat; null where nothing is delivered."""
    lost: bool
    """Of our lines: it has not arrived, and will not by itself."""
    unsure: bool
    """Of our lines: Telegram gave no clear answer, so nobody knows whether it has arrived."""
    why: str | None
    """Of what is lost: why, in the team's language, where more is known than that the customer cannot be reached."""
    again: bool
    """It can be sent once more."""
    mine: bool
    """Whoever asks has written it on the page, and can change it."""
    verdict: Verdict | None


class Lines(Response):
    """A piece of a conversation, the oldest first. `more`: something stands above."""

    lines: Sequence[Line]
    more: bool
