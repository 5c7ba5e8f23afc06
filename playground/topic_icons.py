"""The signs that Telegram offers for topics; each is a custom emoji with a number."""

from __future__ import annotations

from typing import Any, Final

SIGNS: Final = (
    "📰",
    "💡",
    "⚡️",
    "🎙",
    "🗣",
    "❗️",
    "📝",
    "📆",
    "📁",
    "🔎",
    "📣",
    "🔥",
    "❤️",
    "❓",
    "💬",
    "👀",
    "✅",
    "⭐️",
    "🏁",
    "‼️",
    "☕️",
    "🤖",
)
FIRST: Final = 5_300_000_000_000_000_001
ICONS: Final = {str(FIRST + place): sign for place, sign in enumerate(SIGNS)}
"""Signs by their numbers."""


def stickers() -> list[dict[str, Any]]:
    size = {"width": 100, "height": 100, "is_animated": False, "is_video": False}
    return [
        size
        | {
            "file_id": f"topic-{number}",
            "file_unique_id": f"u{number}",
            "type": "custom_emoji",
            "custom_emoji_id": number,
            "emoji": sign,
            "set_name": "Topics",
            "needs_repainting": False,
        }
        for number, sign in ICONS.items()
    ]
