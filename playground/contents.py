"""The content of a message, of every kind, in the JSON of the Bot API; the same for people and for the bot."""

from __future__ import annotations

from typing import Any, Final

from playground import pictures
from playground.files import StoredFile
from playground.text import Entity

Content = dict[str, Any]

FILES: Final = ("photo", "document", "voice", "sticker", "video", "audio", "animation", "video_note")
"""Kinds that carry a file."""
CAPTIONED: Final = frozenset({"photo", "document", "voice", "video", "audio", "animation"})
KINDS: Final = ("text", *FILES, "location", "contact", "venue", "dice", "poll")
"""The key that tells what a message is."""
CARRIED: Final = (*KINDS, "entities", "caption", "caption_entities", "link_preview_options", "has_media_spoiler")
"""What a copy takes along."""

FOLDERS: Final = {"photo": "photos", "voice": "voice", "sticker": "stickers", "document": "documents"}
_STICKER_SIZE: Final = 512


def kind_of(body: Content) -> str:
    """`photo`, `text` …; `service` for what nobody wrote."""
    return next((kind for kind in KINDS if kind in body), "service")


def file_of(body: Content) -> str | None:
    """Give the file id in a message."""
    found = body.get(kind_of(body))
    if isinstance(found, list) and found:
        found = found[-1]
    return found.get("file_id") if isinstance(found, dict) else None


def text(words: str, entities: list[Entity]) -> Content:
    return {"text": words} | ({"entities": entities} if entities else {})


def caption(words: str, entities: list[Entity]) -> Content:
    if not words:
        return {}
    return {"caption": words} | ({"caption_entities": entities} if entities else {})


_SHAPES: Final[dict[str, Content]] = {
    "sticker": {
        "type": "regular",
        "width": _STICKER_SIZE,
        "height": _STICKER_SIZE,
        "is_animated": False,
        "is_video": False,
    },
    "voice": {"duration": 1},
    "audio": {"duration": 1},
    "video": {"width": 320, "height": 240, "duration": 1},
    "animation": {"width": 320, "height": 240, "duration": 1},
    "video_note": {"length": 240, "duration": 1},
}
_NAMED: Final = frozenset({"document", "audio", "video", "animation"})
_TYPED: Final = _NAMED | {"voice"}


def file(kind: str, stored: StoredFile, **extra: Any) -> Content:
    """Build the content for a file. `extra`: duration, emoji …, where the sender named them."""
    if kind == "photo":
        width, height = pictures.size(stored.content)
        return {"photo": [stored.ids | {"width": width, "height": height}]}
    name = {"file_name": stored.name} if kind in _NAMED else {}
    mime = {"mime_type": stored.mime} if kind in _TYPED else {}
    return {kind: _SHAPES.get(kind, {}) | name | mime | stored.ids | extra}


def location(latitude: float, longitude: float, *, live_period: int | None = None) -> Content:
    """Build the content for a place; with `live_period` it may move for so many seconds."""
    moves = {"live_period": live_period} if live_period else {}
    return {"location": {"latitude": latitude, "longitude": longitude} | moves}


def contact(phone_number: str, first_name: str, last_name: str | None = None, user_id: int | None = None) -> Content:
    optional = {"last_name": last_name, "user_id": user_id}
    named = {key: value for key, value in optional.items() if value}
    return {"contact": {"phone_number": phone_number, "first_name": first_name} | named}
