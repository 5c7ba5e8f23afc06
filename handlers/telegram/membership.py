"""Reads from what Telegram says of somebody whether they belong to a group."""

from __future__ import annotations

from typing import Any, Final

from services.delivery.messenger import Refused

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


def is_nobody(error: Refused) -> bool:
    return any(words in str(error).lower() for words in _NOBODY)
