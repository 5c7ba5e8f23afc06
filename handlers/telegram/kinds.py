"""Which messages people write, and which Telegram writes by itself.

Telegram has some fifty kinds of service messages, which were said by nobody unless they have words. What a person has
sent counts whether this program can read it or not: a sticker that does not decode, a kind of tomorrow that the library
does not know. To copy such a message its number is enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from aiogram.enums import ContentType
from aiogram.types import Message

from handlers.telegram.decoding import LEFT_OUT
from services.messages.incoming import UNREAD, Content, UnreadKind

SAID: Final = frozenset(
    (
        ContentType.TEXT,
        ContentType.RICH_MESSAGE,
        ContentType.PHOTO,
        ContentType.LIVE_PHOTO,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
        ContentType.AUDIO,
        ContentType.ANIMATION,
        ContentType.STICKER,
        ContentType.DOCUMENT,
        ContentType.LOCATION,
        ContentType.VENUE,
        ContentType.CONTACT,
        ContentType.POLL,
        ContentType.CHECKLIST,
        ContentType.DICE,
        ContentType.GAME,
        ContentType.STORY,
        # Posts of channels and other bots that people pass on.
        ContentType.PAID_MEDIA,
        ContentType.INVOICE,
        ContentType.GIVEAWAY,
        ContentType.GIVEAWAY_WINNERS,
    )
)


_PASSED_ON: Final = frozenset((ContentType.GIVEAWAY, ContentType.GIVEAWAY_WINNERS))
"""Only channels write these: from a person they are service messages, unless the person has passed them on."""
_SERVICE: Final = frozenset(ContentType) - SAID - {ContentType.UNKNOWN, ContentType.ANY}
_OF_FORWARDS: Final = ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name")
"""The first as Telegram tells it; the others are those of servers before Bot API 7.0."""
_NAME: Final = re.compile(r"\w{1,15}", re.ASCII)


def said_by_people(message: Message) -> bool:
    if message.text or message.caption:
        return True
    name = _named(message)
    if name in _PASSED_ON:
        return is_forwarded(message)
    return name in SAID or (_is_strange(message) and _comes_from_somebody(message))


def said_by_nobody(message: Message) -> bool:
    return not said_by_people(message)


def kind_of(message: Message) -> Content | UnreadKind:
    """Return what a message is, `other` where that has no name; what this program cannot read has a mark behind it."""
    known = message.content_type
    if known != ContentType.UNKNOWN:
        return cast("Content", ContentType(known).value) if known in SAID else "other"
    name = _named(message) or next(iter(_of_tomorrow(message)), "")
    found = _NAME.match(name)
    return UnreadKind(f"{found[0]}{UNREAD}") if found else "other"


def is_forwarded(message: Message) -> bool:
    """Whether somebody else's words are passed on, even where it cannot be read whose."""
    return any(getattr(message, name) is not None or name in left_out(message) for name in _OF_FORWARDS)


def left_out(message: Message) -> Mapping[str, Any]:
    """Return the fields of a message that came and could not be read."""
    found: Mapping[str, Any] = (message.model_extra or {}).get(LEFT_OUT, {})
    return found


def _named(message: Message) -> str:
    """Return which kind of content came, readable or not; empty for none that the library knows."""
    if message.content_type != ContentType.UNKNOWN:
        return ContentType(message.content_type).value
    lost = left_out(message)
    return next((name for name in lost if name in SAID), next((name for name in lost if name in _SERVICE), ""))


def _of_tomorrow(message: Message) -> list[str]:
    """Return the fields that the library does not know. Content is more than a number or a yes."""
    extra = message.model_extra or {}
    return [name for name, value in extra.items() if name != LEFT_OUT and isinstance(value, dict | list | str)]


def _is_strange(message: Message) -> bool:
    """Whether it brings something that the library has no name for, or, from a server that has none, nothing at all."""
    if message.content_type != ContentType.UNKNOWN or _named(message):
        return False
    return bool(_of_tomorrow(message)) or not (message.model_extra or {}).keys() - {LEFT_OUT}


def _comes_from_somebody(message: Message) -> bool:
    """Groups have service messages of their own; there only an answer is sure to come from a person."""
    answered = message.reply_to_message
    return message.chat.type == "private" or (answered is not None and answered.forum_topic_created is None)
