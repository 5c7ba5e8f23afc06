"""How a message stands in its chat, as updates tell it: in which topic, below what, and whether it is still there."""

from __future__ import annotations

from typing import Any

from playground.chats import Chat, Message, Topic


def snapshot(message: Message) -> dict[str, Any]:
    """Give a message as it stands inside another: without what it replies to in turn."""
    return {key: value for key, value in message.body.items() if key != "reply_to_message"}


def place_of(chat: Chat, reply: Message | None, topic: Topic | None) -> dict[str, Any]:
    """Tell thread and reply. In a topic even a plain line "replies" to the line that opened the topic.

    In a supergroup without topics, replies form a thread that carries the id of its first message.
    """
    if topic:
        opened = reply or chat.messages.get(topic.id)
        place: dict[str, Any] = {"message_thread_id": topic.id, "is_topic_message": True}
        return place | ({"reply_to_message": snapshot(opened)} if opened else {})
    if not reply:
        return {}
    place = {"reply_to_message": snapshot(reply)}
    if chat.type == "supergroup" and not chat.is_forum:
        return {"message_thread_id": reply.body.get("message_thread_id", reply.id)} | place
    return place


def reachable(message: Message) -> dict[str, Any]:
    """Give a pressed message as the bot learns of it: of one that is deleted, no more than that it stood there."""
    if not message.deleted:
        return message.body
    return {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}
