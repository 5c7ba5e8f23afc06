"""What getChatMember says of the bot and of people."""

from __future__ import annotations

from typing import Any

from playground.chats import NO_RIGHTS, Chat, User


def bot_member(bot: User, chat: Chat) -> dict[str, Any]:
    base: dict[str, Any] = {"user": bot.as_json(), "status": chat.bot_status}
    match chat.bot_status:
        case "administrator" if chat.type != "private":
            fixed = {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(NO_RIGHTS, False)
            return base | fixed | chat.bot_rights
        case "kicked":
            return base | {"until_date": 0}
        case "left":
            return base
        case _:
            return base | {"status": "member"}


def member(user: User, chat: Chat) -> dict[str, Any]:
    """Tell what a person is in a chat: the first one in a group owns it, the rest are members."""
    owner = next(iter(chat.members), None)
    if user.id == owner:
        return {"user": user.as_json(), "status": "creator", "is_anonymous": False}
    status = "member" if user.id in chat.members or chat.id == user.id else "left"
    return {"user": user.as_json(), "status": status}
