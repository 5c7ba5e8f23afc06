"""Which file a message shows, and what it says of it."""

from __future__ import annotations

from typing import Any, Final, Literal

from aiogram.types import Message, PhotoSize

from handlers.telegram.kinds import left_out
from services.messages.incoming import Attachment

_FILES: Final = (
    "photo",
    "live_photo",
    "video",
    "voice",
    "audio",
    "video_note",
    "sticker",
    "document",
    "animation",
)
SMALL: Final = 320
"""Pixels that a small picture of a picture has at least in one direction, where there is a choice."""
NAME_MOST: Final = 250


def mark_of(message: Message) -> str | None:
    """Return the name of the file that never changes."""
    return _id(message, "file_unique_id")


def attachment_of(message: Message) -> Attachment | None:
    """Return the file that a message shows; None where it shows none."""
    file_id = _id(message, "file_id")
    if file_id is None:
        return None
    for kind in _FILES:
        found = getattr(message, kind)
        if found:
            shown = found[-1] if isinstance(found, list) else found
            return Attachment(
                file_id=file_id,
                thumb_id=_small(found) if isinstance(found, list) else _thumb(found),
                name=_cut(getattr(shown, "file_name", None)),
                mime=_cut(getattr(shown, "mime_type", None)),
                size=getattr(shown, "file_size", None),
                seconds=getattr(shown, "duration", None),
            )
    return Attachment(file_id=file_id)


def unread_text(message: Message, kind: str, name: str) -> str | None:
    """Return a text that stands in content of which the rest could not be read."""
    found = left_out(message).get(kind)
    one = found[-1] if isinstance(found, list) and found else found
    text = one.get(name) if isinstance(one, dict) else None
    return text if isinstance(text, str) else None


def _id(message: Message, name: Literal["file_id", "file_unique_id"]) -> str | None:
    """Return an id of the file that a message shows; of a picture's sizes the largest speaks for it."""
    for kind in _FILES:
        found = getattr(message, kind)
        if found:
            return str(getattr(found[-1] if isinstance(found, list) else found, name))
    unread = (unread_text(message, kind, name) for kind in _FILES)
    return next(filter(None, unread), None)


def _small(sizes: list[PhotoSize]) -> str | None:
    """Return the smallest size of a picture that can still be recognised; None where the picture itself is it."""
    small = next((one for one in sizes if max(one.width, one.height) >= SMALL), sizes[-1])
    return small.file_id if small is not sizes[-1] else None


def _thumb(shown: Any) -> str | None:
    thumb = getattr(shown, "thumbnail", None)
    return thumb.file_id if thumb is not None else None


def _cut(told: str | None) -> str | None:
    return told[:NAME_MOST] if told else None
