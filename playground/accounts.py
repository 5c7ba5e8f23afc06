"""Accounts that the bot is connected to: what they let it do, and the chats that they let it see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from playground.chats import Chat, User
from playground.errors import bad_request

REPLY: Final = "can_reply"
ACTIVE_S: Final = 24 * 3600
"""So long after a line of the other side a bot may write."""


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """One connection."""

    id: str
    owner: User
    since: int
    rights: set[str] = field(default_factory=lambda: {REPLY})
    enabled: bool = True
    chats: dict[int, Chat] = field(default_factory=dict)
    """Of the owner: all connections of theirs have the same."""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "user": self.owner.as_json(),
            "user_chat_id": self.owner.id,
            "date": self.since,
            "is_enabled": self.enabled,
            "rights": dict.fromkeys(sorted(self.rights), True),
        }

    def open_chat(self, chat_id: str, now: float) -> Chat:
        """Return a chat that the bot may write to. Raises what Telegram says otherwise."""
        chat = self.chats.get(int(chat_id)) if chat_id.isdigit() else None
        if not self.enabled:
            raise bad_request("business connection not found")
        if chat is None:
            raise bad_request("BUSINESS_PEER_INVALID")
        if REPLY not in self.rights:
            raise bad_request("not enough rights")
        heard = [one.body["date"] for one in chat.history if one.sender_id == chat.id]
        if not heard or now - max(heard) > ACTIVE_S:
            raise bad_request("BUSINESS_PEER_USAGE_MISSING")
        return chat


def in_account(chat: Chat, sender: User) -> dict[str, Any]:
    """Return what a message in somebody's account says beside the rest: a bot writes there as the owner."""
    if chat.connection is None or chat.owner is None:
        return {}
    named = {"business_connection_id": chat.connection}
    as_owner = {"from": chat.owner.as_json(), "sender_business_bot": sender.as_json()}
    return named | (as_owner if sender.is_bot else {})
