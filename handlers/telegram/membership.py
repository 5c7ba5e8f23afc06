"""Reads from what Telegram says of somebody whether they belong to a group."""

from __future__ import annotations

from typing import Any, Final

from services.delivery.group_standing import GroupStanding
from services.delivery.messenger import ChatGone, Refused
from services.health.openness import names_of

_INSIDE: Final = ("creator", "administrator", "member")
_NOBODY: Final = ("user not found", "participant_id_invalid", "user_id_invalid", "member not found")
"""What the server says of somebody who was never in the group."""


def belongs(told: Any) -> bool:
    """Raises Refused for what is no answer."""
    if not isinstance(told, dict):
        raise Refused("no answer about a member")
    status = told.get("status")
    return status in _INSIDE or (status == "restricted" and told.get("is_member") is True)


def administrators_of(told: Any) -> list[int]:
    """Return the people among the administrators that are told of. Raises Refused for what is no answer."""
    if not isinstance(told, list):
        raise Refused("no answer about the administrators")
    users = [one.get("user") for one in told if isinstance(one, dict)]
    people = [user for user in users if isinstance(user, dict) and not user.get("is_bot")]
    return [user["id"] for user in people if isinstance(user.get("id"), int)]


def standing_of(chat_id: int, chat: Any, member: Any, *, reads_all: bool) -> GroupStanding:
    """Read what a group is from what is told of it and of the bot in it.

    `reads_all`: privacy mode is off. Raises ChatGone where the bot is no member, Refused for what is no answer.
    """
    if not isinstance(chat, dict) or not isinstance(member, dict):
        raise Refused("no answer about the group")
    if not belongs(member):
        raise ChatGone("not a member", chat_id)
    administrator = member.get("status") in ("creator", "administrator")
    everybody = chat.get("permissions")
    usual: dict[str, Any] = everybody if isinstance(everybody, dict) else {}
    own = member if administrator or member.get("status") == "restricted" else usual
    return GroupStanding(
        title=str(chat.get("title") or chat_id),
        forum=bool(chat.get("is_forum")),
        may_write=administrator or own.get("can_send_messages") is not False,
        administrator=administrator,
        reads_all=administrator or reads_all,
        may_open_topics=bool(own.get("can_manage_topics")),
        may_pin=bool(own.get("can_pin_messages")),
        public=bool(names_of(chat)),
        linked=bool(chat.get("linked_chat_id")),
    )


def is_nobody(error: Refused) -> bool:
    return any(words in str(error).lower() for words in _NOBODY)
