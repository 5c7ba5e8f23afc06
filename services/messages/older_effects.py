"""Rows of the outbox that versions before channels wrote: they knew people by their Telegram chat alone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.messages.addresses import on_telegram

_ABOUT_A_LINE = frozenset({"reword", "withdraw", "strip"})


def in_todays_form(written: dict[str, Any]) -> dict[str, Any]:
    """Return an effect with addresses where it has bare ids of chats; what has none stays as it is."""
    now = dict(written)
    if isinstance(written.get("to"), dict) and "chat_id" in written["to"]:
        now["to"] = _private(written["to"]["chat_id"], written["to"].get("topic_id"))
    if written.get("kind") in _ABOUT_A_LINE and "chat_id" in written:
        now["to"] = _private(now.pop("chat_id"))
    if "from_chat" in written:
        now["origin"] = asdict(on_telegram(now.pop("from_chat")))
    return now


def _private(chat_id: int, topic_id: int | None = None) -> dict[str, Any]:
    return {"kind": "private", "address": asdict(on_telegram(chat_id)), "topic_id": topic_id}
