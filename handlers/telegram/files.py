"""Files on their way to Telegram: those of the bot itself, and what a message can be changed into."""

from __future__ import annotations

from collections.abc import Sequence
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
from services.delivery.messenger import File, Target

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


def resent(target: Target, kind: str, file_id: str, caption: dict[str, Any]) -> Any | None:
    """Return the call that sends a file the messenger has; None for a kind that cannot be sent so."""
    if kind not in _WAYS:
        return None
    method, name = _WAYS[kind]
    words = {} if kind in _BARE else caption
    return method(**{name: file_id}, **wording.place(target), reply_parameters=wording.reply(target), **words)


def album(target: Target, parts: Sequence[tuple[str, str, dict[str, Any]]]) -> methods.SendMediaGroup | None:
    """Return the call that sends files the messenger has, by kind, as an album; None where they cannot be one.

    Pictures and films stand together; documents and music only among themselves.
    """
    kinds = {kind for kind, _, _ in parts}
    if not (kinds <= {"photo", "video"} or kinds in ({"document"}, {"audio"})):
        return None
    media: list[Any] = [MEDIA[kind](media=file_id, **caption) for kind, file_id, caption in parts]
    return methods.SendMediaGroup(media=media, **wording.place(target), reply_parameters=wording.reply(target))


def call(target: Target, file: File, caption: dict[str, Any]) -> methods.SendPhoto | methods.SendDocument:
    """Return the call that sends a file with words under it."""
    content = BufferedInputFile(file.content, file.name)
    reply = ReplyParameters(message_id=target.reply_to, allow_sending_without_reply=True) if target.reply_to else None
    place: dict[str, Any] = wording.place(target) | {"reply_parameters": reply}
    if file.is_picture:
        return methods.SendPhoto(photo=content, **place, **caption)
    return methods.SendDocument(document=content, **place, **caption)


def together(target: Target, files: Sequence[tuple[File, dict[str, Any]]]) -> methods.SendMediaGroup:
    """Return the call that sends files of one kind as an album, each with its words."""
    reply = ReplyParameters(message_id=target.reply_to, allow_sending_without_reply=True) if target.reply_to else None
    kind = InputMediaPhoto if files[0][0].is_picture else InputMediaDocument
    media: list[Any] = [kind(media=BufferedInputFile(file.content, file.name), **caption) for file, caption in files]
    return methods.SendMediaGroup(media=media, **wording.place(target), reply_parameters=reply)
