"""From aiogram's messages to the values the services know."""

from __future__ import annotations

from typing import Any, Final

from aiogram.enums import ContentType
from aiogram.types import Chat, Message, MessageEntity, User

from services.arrivals import Cause, CustomerMessage, Operator, OperatorMessage, Person

KINDS: Final = frozenset(
    (
        "text",
        "photo",
        "video",
        "voice",
        "audio",
        "video_note",
        "sticker",
        "document",
        "location",
        "contact",
        "animation",
    )
)
SERVICE: Final = frozenset(
    (
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
    )
)
"""Messages that Telegram writes by itself: nobody said them."""


def person(user: User) -> Person:
    return Person(
        channel="telegram",
        external_id=str(user.id),
        first_name=user.first_name,
        last_name=user.last_name or "",
        username=user.username,
        language=user.language_code,
    )


def customer_message(cause: Cause, message: Message, user: User, *, command: bool = False) -> CustomerMessage:
    kind = kind_of(message)
    return CustomerMessage(
        cause=cause,
        person=person(user),
        kind="command" if command else kind,
        text=words_of(message),
        entities=_entities(message.entities),
        telegram_id=message.message_id,
        album=message.media_group_id,
        written_at=message.date,
    )


def operator(user: User | None, sender_chat: Chat | None) -> Operator:
    """Return who acts; an anonymous admin is known by the group's name, as everybody there sees it."""
    if sender_chat is not None:
        return Operator(id=sender_chat.id, name=sender_chat.title or "")
    return Operator(id=user.id, name=user.full_name) if user else Operator(id=0, name="")


def operator_message(cause: Cause, message: Message, *, bot_id: int) -> OperatorMessage:
    reply = message.reply_to_message
    topic = message.message_thread_id if message.is_topic_message else None
    to_topic = reply is not None and reply.forum_topic_created is not None
    return OperatorMessage(
        cause=cause,
        operator=operator(message.from_user, message.sender_chat),
        chat_id=message.chat.id,
        telegram_id=message.message_id,
        topic_id=topic,
        # Every first-level message of a topic "replies" to the message that made it.
        reply_to=reply.message_id if reply and not to_topic else None,
        to_bot=bool(reply and reply.from_user and reply.from_user.id == bot_id and not to_topic),
        kind=kind_of(message),
        text=words_of(message),
        entities=_entities(message.entities),
        album=message.media_group_id,
    )


def kind_of(message: Message) -> str:
    kind = ContentType(message.content_type).value
    return kind if kind in KINDS else "other"


def words_of(message: Message) -> str:
    """Return what a message says: its text or its caption."""
    return message.text or message.caption or ""


def _entities(entities: list[MessageEntity] | None) -> tuple[dict[str, Any], ...]:
    """Return formatting as plain JSON; what only makes sense to its sender is left out."""
    return tuple(entity.model_dump(mode="json", exclude_none=True) for entity in entities or ())
