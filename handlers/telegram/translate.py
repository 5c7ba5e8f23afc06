"""From aiogram's messages to the values the services know."""

from __future__ import annotations

from typing import Any, Final

from aiogram.types import (
    Chat,
    InaccessibleMessage,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUnion,
    MessageOriginUser,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    User,
)

from handlers.telegram.attachments import attachment_of, mark_of, unread_text
from handlers.telegram.contents import place_of, position_of, told_by
from handlers.telegram.kinds import is_forwarded, kind_of, left_out
from services.messages.addresses import on_telegram
from services.messages.effects import MessageRef
from services.messages.incoming import Cause, CustomerMessage, Operator, OperatorMessage, Person, Reaction
from services.templates.variables import plain_words

NAME_MOST: Final = 64
_ORIGINS: Final = ("sender_user_name", "sender_user", "sender_chat", "chat")
"""Where the name stands in an origin, by its kinds."""


def person(user: User, topic_id: int | None = None) -> Person:
    return Person(
        address=on_telegram(user.id),
        first_name=user.first_name,
        last_name=user.last_name or "",
        username=user.username,
        language=user.language_code,
        topic_id=topic_id,
    )


def topic_of(message: Message | InaccessibleMessage | None) -> int | None:
    """Return the topic a message stands in; plain replies form threads too, which are none."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def customer_message(cause: Cause, message: Message, user: User) -> CustomerMessage:
    return CustomerMessage(
        cause=cause,
        person=person(user, topic_of(message)),
        kind=kind_of(message),
        text=words_of(message) or _emoji(message),
        entities=_entities(message),
        preview=_preview(message),
        forwarded_from=author_of(message),
        quoted=_quoted(message),
        told=told_by(message),
        position=position_of(message),
        answers=message.reply_to_message.message_id if message.reply_to_message else None,
        telegram_id=message.message_id,
        album=message.media_group_id,
        written_at=message.date,
        media=mark_of(message) or place_of(message),
        file=attachment_of(message),
    )


def operator(user: User | None, sender_chat: Chat | None, signature: str | None = None) -> Operator:
    """Return who acts; an anonymous admin is known by the group's name and their title, as everybody there sees."""
    if sender_chat is not None:
        named = f"{sender_chat.title or ''} ({signature})" if signature else sender_chat.title or ""
        return Operator(id=sender_chat.id, name=plain_words(named, cap=NAME_MOST))
    if user is None:
        return Operator(id=0, name="")
    return Operator(id=user.id, name=plain_words(user.full_name, cap=NAME_MOST) or str(user.id))


def operator_message(cause: Cause, message: Message, *, bot_id: int, group_id: int | None = None) -> OperatorMessage:
    reply_to, to_bot = _answered(message, bot_id)
    return OperatorMessage(
        cause=cause,
        operator=operator(message.from_user, message.sender_chat, message.author_signature),
        chat_id=message.chat.id,
        group_id=group_id,
        telegram_id=message.message_id,
        topic_id=topic_of(message),
        reply_to=reply_to,
        to_bot=to_bot,
        quoted=_quoted(message),
        told=told_by(message),
        position=position_of(message),
        kind=kind_of(message),
        text=words_of(message),
        entities=_entities(message),
        preview=_preview(message),
        album=message.media_group_id,
        media=mark_of(message) or place_of(message),
        file=attachment_of(message),
    )


def _quoted(message: Message) -> str | None:
    return message.quote.text if message.quote and message.quote.is_manual else None


def _answered(message: Message, bot_id: int) -> tuple[int | None, bool]:
    """Return which message of the group a line answers, and whether the bot posted it.

    What stands in another topic is answered by an `external_reply`. Every first-level message of a topic "replies" to
    the message that made it, which is no answer.
    """
    other = message.external_reply
    if other is not None and other.chat is not None and other.chat.id == message.chat.id:
        origin = other.origin
        return other.message_id, isinstance(origin, MessageOriginUser) and origin.sender_user.id == bot_id
    reply = message.reply_to_message
    if reply is None or reply.forum_topic_created is not None:
        return None, False
    return reply.message_id, reply.from_user is not None and reply.from_user.id == bot_id


def reaction(cause: Cause, event: MessageReactionUpdated) -> Reaction:
    signs = tuple(one.emoji for one in event.new_reaction if isinstance(one, ReactionTypeEmoji))
    return Reaction(cause=cause, at=MessageRef(chat_id=event.chat.id, telegram_id=event.message_id), signs=signs)


def words_of(message: Message) -> str:
    """Return what a message says: its text or its caption."""
    return message.text or message.caption or ""


def author_of(message: Message) -> str | None:
    """Return whose words a forwarded message brings: empty where nobody can tell, None when it is not forwarded."""
    if message.forward_origin is not None:
        return _named_in(message.forward_origin)
    return _named_at_least(message) if is_forwarded(message) else None


def _named_in(origin: MessageOriginUnion) -> str:
    match origin:
        case MessageOriginUser(sender_user=user):
            return user.full_name or str(user.id)
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case MessageOriginChat(sender_chat=chat, author_signature=signature):
            return _signed(chat, signature)
        case MessageOriginChannel(chat=chat, author_signature=signature):
            return _signed(chat, signature)


def _named_at_least(message: Message) -> str:
    """Return a name from an origin that could not be read, or that is told as older servers do."""
    origin = left_out(message).get("forward_origin")
    told = [message.forward_sender_name, message.forward_from, message.forward_from_chat]
    told += [origin.get(key) for key in _ORIGINS] if isinstance(origin, dict) else []
    return next(filter(None, map(_name_of, told)), "")


def _name_of(who: Any) -> str:
    match who:
        case str():
            return who
        case User():
            return who.full_name
        case Chat():
            return _signed(who, None)
        case {"title": str(name)} | {"first_name": str(name)}:
            return name
        case _:
            return ""


def _signed(chat: Chat, signature: str | None) -> str:
    name = chat.title or chat.username or str(chat.id)
    return f"{name} ({signature})" if signature else name


def _emoji(message: Message) -> str:
    """Return what a sticker stands for."""
    return (message.sticker.emoji if message.sticker else unread_text(message, "sticker", "emoji")) or ""


def _entities(message: Message) -> tuple[dict[str, Any], ...]:
    """Return formatting as plain JSON; what only makes sense to its sender is left out."""
    entities = message.entities if message.text else message.caption_entities
    return tuple(entity.model_dump(mode="json", exclude_none=True) for entity in entities or ())


def _preview(message: Message) -> dict[str, Any]:
    """Return what the author chose for the previews of links; empty where they left it to Telegram."""
    chosen = message.link_preview_options
    return {} if chosen is None else chosen.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
