"""Which messages people write, and which Telegram writes by itself.

Telegram has some fifty kinds of service messages and adds to them with most releases; what people can send grows more
slowly. So it is the latter that is listed: whatever else comes was said by nobody, unless it has words.
"""

from __future__ import annotations

from typing import Final

from aiogram.enums import ContentType
from aiogram.types import Message

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


def said_by_people(message: Message) -> bool:
    return bool(message.text or message.caption) or message.content_type in SAID


def said_by_nobody(message: Message) -> bool:
    return not said_by_people(message)
