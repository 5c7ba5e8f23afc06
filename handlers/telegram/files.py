"""Files on their way to Telegram: those of the bot itself, and what a message can be changed into."""

from __future__ import annotations

from typing import Any, Final

from aiogram.types import (
    BufferedInputFile,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyParameters,
)

from handlers.telegram import methods, wording
from services.delivery.messenger import File, Spot

MEDIA: Final[dict[str, Any]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
    "animation": InputMediaAnimation,
}
"""What the file of a message can be replaced with, by kind."""

_WAYS: Final[dict[str, tuple[Any, str]]] = {
    "photo": (methods.SendPhoto, "photo"),
    "video": (methods.SendVideo, "video"),
    "video_note": (methods.SendVideoNote, "video_note"),
    "voice": (methods.SendVoice, "voice"),
    "audio": (methods.SendAudio, "audio"),
    "animation": (methods.SendAnimation, "animation"),
    "sticker": (methods.SendSticker, "sticker"),
    "document": (methods.SendDocument, "document"),
}
"""How a file is sent once more by its kind, and under which name."""
_BARE: Final = ("video_note", "sticker")
"""What has no words under it."""


def resent(spot: Spot, kind: str, file_id: str, caption: dict[str, Any]) -> Any | None:
    """Return the call that sends a file the messenger has; None for a kind that cannot be sent so."""
    if kind not in _WAYS:
        return None
    method, name = _WAYS[kind]
    words = {} if kind in _BARE else caption
    return method(**{name: file_id}, **wording.place(spot), reply_parameters=wording.reply(spot), **words)


def call(spot: Spot, file: File, caption: dict[str, Any]) -> methods.SendPhoto | methods.SendDocument:
    """Return the call that sends a file with words under it."""
    content = BufferedInputFile(file.content, file.name)
    reply = ReplyParameters(message_id=spot.reply_to, allow_sending_without_reply=True) if spot.reply_to else None
    place: dict[str, Any] = wording.place(spot) | {"reply_parameters": reply}
    if file.is_picture:
        return methods.SendPhoto(photo=content, **place, **caption)
    return methods.SendDocument(document=content, **place, **caption)
