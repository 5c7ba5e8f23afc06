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

from handlers.telegram import methods
from services.delivery.messenger import File, Spot

MEDIA: Final[dict[str, Any]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
    "animation": InputMediaAnimation,
}
"""What the file of a message can be replaced with, by kind."""


def call(spot: Spot, file: File, caption: dict[str, Any]) -> methods.SendPhoto | methods.SendDocument:
    """Return the call that sends a file with words under it."""
    content = BufferedInputFile(file.content, file.name)
    reply = ReplyParameters(message_id=spot.reply_to, allow_sending_without_reply=True) if spot.reply_to else None
    place: dict[str, Any] = {
        "chat_id": spot.chat_id,
        "message_thread_id": spot.topic_id,
        "reply_parameters": reply,
    }
    if file.is_picture:
        return methods.SendPhoto(photo=content, **place, **caption)
    return methods.SendDocument(document=content, **place, **caption)
