"""Forum topics: open, rename, give a sign, close, reopen, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from playground.chats import Chat, Topic
from playground.errors import bad_request
from playground.methods.target import check_length, open_chat
from playground.params import Params
from playground.topic_icons import ICONS, stickers
from playground.world import TOPIC_COLOURS, World

LONGEST_NAME: Final = 128
GONE: Final = "message thread not found"


def create(world: World, params: Params) -> dict[str, Any]:
    chat = _forum(world, params, "create a topic")
    name = _name(params)
    if not name:
        raise bad_request("topic title must be non-empty")
    colour = params.integer("icon_color")
    if colour and colour not in TOPIC_COLOURS:
        raise bad_request("invalid icon color specified")
    topic = world.open_topic(chat, world.bot, name, colour, icon=_icon(params))
    sign = {"icon_custom_emoji_id": topic.icon} if topic.icon else {}
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color} | sign


def change(world: World, params: Params) -> bool:
    chat = _forum(world, params, "edit the topic")
    topic, name = _topic(chat, params), _name(params)
    icon = _icon(params) or topic.icon
    renamed = {"name": name} if name and name != topic.name else {}
    turned = {"icon_custom_emoji_id": icon} if icon != topic.icon else {}
    if not renamed and not turned:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon = name or topic.name, icon
    world.change_topic(chat, topic, world.bot, {"forum_topic_edited": renamed | turned})
    return True


def icons(_world: World, _params: Params) -> list[dict[str, Any]]:
    return stickers()


def close(world: World, params: Params) -> bool:
    return _switch(world, params, closed=True)


def reopen(world: World, params: Params) -> bool:
    return _switch(world, params, closed=False)


def delete(world: World, params: Params) -> bool:
    chat = _forum(world, params, "delete the topic")
    world.delete_topic(chat, _topic(chat, params), GONE)
    return True


def _switch(world: World, params: Params, *, closed: bool) -> bool:
    chat = _forum(world, params, "close the topic" if closed else "reopen the topic")
    topic = _topic(chat, params)
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    world.change_topic(chat, topic, world.bot, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def _forum(world: World, params: Params, doing: str) -> Chat:
    chat = open_chat(world, params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.lets_bot("can_manage_topics"):
        raise bad_request(f"not enough rights to {doing}")
    return chat


def _topic(chat: Chat, params: Params) -> Topic:
    topic = chat.topics.get(params.needed("message_thread_id", "message thread identifier is not specified"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if topic.deleted:
        raise bad_request("TOPIC_DELETED")
    return topic


def _name(params: Params) -> str:
    name = " ".join(params.text("name").split())
    check_length(name, LONGEST_NAME, "TOPIC_TITLE_TOO_LONG")
    return name


def _icon(params: Params) -> str:
    icon = params.text("icon_custom_emoji_id")
    if icon and icon not in ICONS:
        raise bad_request("DOCUMENT_INVALID")
    return icon


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "createForumTopic": create,
    "editForumTopic": change,
    "getForumTopicIconStickers": icons,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
}
