"""Files of the bot itself on their way to Telegram."""

from __future__ import annotations

from typing import Any

from aiogram.types import BufferedInputFile, ReplyParameters

from handlers.telegram import methods
from services.delivery.messenger import File, Spot


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
