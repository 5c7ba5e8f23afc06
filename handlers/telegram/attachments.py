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
    found = _found(message)
    return str(_largest(found).file_unique_id) if found else _unread(message, "file_unique_id")


def attachment_of(message: Message) -> Attachment | None:
    """Return the file that a message shows; None where it shows none."""
    found = _found(message)
    if not found:
        file_id = _unread(message, "file_id")
        return Attachment(file_id=file_id) if file_id is not None else None
    shown = _largest(found)
    return Attachment(
        file_id=str(shown.file_id),
        thumb_id=_small(found) if isinstance(found, list) else _thumb(found),
        name=_cut(getattr(shown, "file_name", None)),
        mime=_cut(getattr(shown, "mime_type", None)),
        size=getattr(shown, "file_size", None),
        seconds=getattr(shown, "duration", None),
    )


def unread_text(message: Message, kind: str, name: str) -> str | None:
    """Return a text that stands in content of which the rest could not be read."""
    found = left_out(message).get(kind)
    one = _largest(found) if found else None
    text = one.get(name) if isinstance(one, dict) else None
    return text if isinstance(text, str) else None


def _found(message: Message) -> Any:
    """Return what a message shows, a picture in all its sizes; nothing where that could not be read."""
    return next((found for kind in _FILES if (found := getattr(message, kind))), None)


def _largest(found: Any) -> Any:
    """Of a picture's sizes the largest speaks for it."""
    return found[-1] if isinstance(found, list) else found


def _unread(message: Message, name: Literal["file_id", "file_unique_id"]) -> str | None:
    """Return an id of a file of which the rest could not be read."""
    if not left_out(message):
        return None
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
