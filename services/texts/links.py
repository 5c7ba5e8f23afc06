"""Addresses of messages, for people to tap on: they open for members of the group."""

from __future__ import annotations

from typing import Final

_SUPERGROUP: Final = -1_000_000_000_000
"""Ids of supergroups lie below this; a link has what is left of them."""


def to_message(chat_id: int, telegram_id: int, topic_id: int | None = None) -> str | None:
    """Return the link to a message of a group; None for an old-style group, which has no links."""
    if chat_id > _SUPERGROUP:
        return None
    place = f"{_SUPERGROUP - chat_id}"
    topic = f"/{topic_id}" if topic_id is not None and topic_id != telegram_id else ""
    return f"https://t.me/c/{place}{topic}/{telegram_id}"
