"""The state as the page gets it: JSON, in which messages are those of the Bot API. The token is in none of it."""

from __future__ import annotations

from typing import Any

from playground.chats import Chat, Message, User
from playground.elsewhere import ConnectedAccount, DirectMessages
from playground.server import Playground
from playground.topic_icons import ICONS
from playground.world import Change, Press


def state(playground: Playground) -> dict[str, Any]:
    world = playground.world
    return {
        "language": playground.language,
        "beginning": playground.beginning,
        "bot": bot(playground),
        "customers": [person(customer.user) for customer in playground.customers.values()],
        "operators": [person(operator.user) for operator in playground.operators.values()],
        "groups": [group.chat.id for group in playground.groups.values()],
        "accounts": [_account(each) for each in playground.accounts.values()],
        "channels": [_channel(each) for each in playground.channels.values()],
        "chats": [chat(each) for each in world.places],
        "messages": [message(each) for chat in world.places for each in chat.history],
    }


def _account(found: ConnectedAccount) -> dict[str, Any]:
    return person(found.owner) | {"connected": found.account.enabled, "may_reply": found.may_reply}


def _channel(found: DirectMessages) -> dict[str, Any]:
    return {"id": found.chat.id, "title": found.chat.title, "owner": found.owner.id, "may_reply": found.may_reply}


def bot(playground: Playground) -> dict[str, Any]:
    world, process = playground.world, playground.process
    return {
        "id": world.bot.id,
        "name": world.bot.first_name,
        "username": world.bot.username,
        "connected": playground.bot_connected,
        "process": process and process.as_json(),
        "desk": playground.desk,
        "site": playground.widget is not None,
        "commands": {k.removeprefix("commands:"): v for k, v in world.profile.items() if k.startswith("commands:")},
        "descriptions": {
            k.removeprefix("description:"): v for k, v in world.profile.items() if k.startswith("description:")
        },
    }


def person(user: User) -> dict[str, Any]:
    return {"id": user.id, "name": user.first_name, "language": user.language_code}


def chat(found: Chat) -> dict[str, Any]:
    topics = [
        {
            "id": topic.id,
            "name": topic.name,
            "color": topic.icon_color,
            "sign": ICONS.get(topic.icon, ""),
            "closed": topic.closed,
        }
        for topic in found.topics.values()
        if not topic.deleted
    ]
    return {
        "id": found.place,
        "type": found.type,
        "elsewhere": found.is_elsewhere,
        "title": found.title or (found.person.first_name if found.person else ""),
        "forum": found.is_forum,
        "blocked": found.blocked,
        "topics": topics,
        "pinned": found.pinned,
    }


def message(found: Message) -> dict[str, Any]:
    body = {key: value for key, value in found.body.items() if key != "chat"}
    return body | {
        "chat_id": found.chat.place,
        "reactions": {str(who): emoji for who, emoji in found.reactions.items() if emoji},
        "insight": found.insight,
    }


def event(change: Change) -> dict[str, Any] | None:
    """Give what the page is told of a change; None when it is not the page's business."""
    shown = _shown(change)
    place = {"kind": change.kind, "chat_id": change.chat.place if change.chat else None}
    return None if shown is None else place | shown


def _shown(change: Change) -> dict[str, Any] | None:
    match change:
        case Change(kind="message" | "edit" | "reaction" | "insight", message=Message() as found):
            return {"message": message(found)}
        case Change(kind="delete", message=Message() as found):
            return {"message_id": found.id}
        case Change(kind="chat", chat=Chat() as found_chat) if found_chat.type != "channel":
            return {"chat": chat(found_chat)}
        case Change(kind="answer", detail={"press": Press() as press}):
            return {"press_id": press.id, "user_id": press.user.id, "answer": press.answer}
        case Change(kind="typing" | "people" | "bot" | "anew"):
            return change.detail
        case _:
            return None
