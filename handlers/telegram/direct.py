"""What happens in the direct messages of a channel, where each customer has a topic."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import CallbackQuery, ChatMemberAdministrator, ChatMemberUpdated, Message, User

from handlers.telegram import methods
from handlers.telegram.commands import beside
from handlers.telegram.customer import press
from handlers.telegram.filters import at_once
from handlers.telegram.kinds import said_by_nobody
from handlers.telegram.translate import NAME_MOST, customer_message, operator, person
from services.customers.channels import Channels, DirectChat, Found
from services.customers.edits import Corrections
from services.customers.feedback import Feedback
from services.customers.owner_lines import OwnerLines
from services.customers.reception import Reception
from services.customers.satisfaction import Satisfaction
from services.messages.addresses import in_direct
from services.messages.incoming import Cause, CustomerMessage
from services.templates.variables import plain_words

THERE = F.chat.is_direct_messages.is_(True)
PRESSED_THERE = F.message.chat.is_direct_messages.is_(True)


async def of_served(event: Message | CallbackQuery, bot: Bot, channels: Channels) -> dict[str, DirectChat] | bool:
    """Let through what happens in a channel of the team."""
    message = event.message if isinstance(event, CallbackQuery) else event
    if message is None:
        return False
    chat = await channels.known(message.chat.id)
    if chat is None:
        chat = await channels.learn(message.chat.id, await _ask(bot, message.chat.id))
    return {"channel": chat} if chat.served else False


async def nothing(_event: Message | CallbackQuery) -> None:
    """Nobody said it, or it is for nobody here: a service message, a suggested post, a channel of strangers."""


async def said(
    message: Message, cause: Cause, channel: DirectChat, reception: Reception, owner_lines: OwnerLines
) -> None:
    line = _line(cause, message)
    if _by_channel(message, channel):
        author = operator(message.from_user, message.sender_chat, message.author_signature).name
        await owner_lines.wrote(line, author)
    else:
        await reception.receive(beside(line))


async def edited(
    edited_message: Message, cause: Cause, channel: DirectChat, corrections: Corrections, owner_lines: OwnerLines
) -> None:
    line = _line(cause, edited_message)
    if _by_channel(edited_message, channel):
        await owner_lines.changed(line)
    else:
        await corrections.receive(beside(line))


async def pressed(query: CallbackQuery, cause: Cause, feedback: Feedback, satisfaction: Satisfaction) -> None:
    """Take in a press of the customer whose topic it is; the channel's administrators press in vain."""
    message = query.message
    topic = message.direct_messages_topic if isinstance(message, Message) else None
    if message is None or topic is None or topic.user is None or topic.user.id != query.from_user.id:
        await press(query, cause, person(query.from_user), feedback, satisfaction)
        return
    here = in_direct(message.chat.id, topic.topic_id)
    await press(query, cause, replace(person(query.from_user), address=here), feedback, satisfaction)


async def membership(event: ChatMemberUpdated, cause: Cause, channels: Channels) -> None:
    new = event.new_chat_member
    may_manage = isinstance(new, ChatMemberAdministrator) and new.can_manage_direct_messages is True
    await channels.changed(cause, event.chat.id, may_manage=may_manage)


def _line(cause: Cause, message: Message) -> CustomerMessage:
    """Return what stands in a topic, under the name of the customer, whoever has written it."""
    topic = message.direct_messages_topic
    found = customer_message(cause, message, _customer(message))
    address = in_direct(message.chat.id, topic.topic_id if topic else 0)
    return replace(found, person=replace(found.person, address=address, topic_id=None))


def _customer(message: Message) -> User:
    topic = message.direct_messages_topic
    owner = topic.user if topic is not None else None
    return owner or message.from_user or User(id=0, is_bot=False, first_name="")


def _by_channel(message: Message, channel: DirectChat) -> bool:
    """Whether the channel has written it, or one of its administrators."""
    if message.sender_chat is not None:
        return message.sender_chat.id in (channel.channel_id, message.chat.id)
    author = message.from_user
    return author is None or author.id != _customer(message).id


def _of_nobody(message: Message) -> bool:
    """Whether no customer and no administrator says it to somebody: a suggested post is for the channel to decide."""
    bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    suggested = message.suggested_post_info is not None
    return bot or suggested or message.direct_messages_topic is None or said_by_nobody(message)


async def _ask(bot: Bot, chat_id: int) -> Found:
    """Ask Telegram whose direct messages these are, and what the bot may do there."""
    told: Any = await bot(methods.GetChat(chat_id=chat_id))
    parent = told.get("parent_chat") if isinstance(told, dict) else None
    channel_id = parent.get("id") if isinstance(parent, dict) else None
    title = str((parent or {}).get("title") or told.get("title") or chat_id)
    people: list[dict[str, Any]] = await _administrators(bot, channel_id) if isinstance(channel_id, int) else []
    own = next((one for one in people if _user(one).get("id") == bot.id), {})
    return Found(
        channel_id=channel_id,
        title=plain_words(title, cap=NAME_MOST),
        people=tuple(user["id"] for one in people if (user := _user(one)).get("is_bot") is False),
        may_manage=own.get("can_manage_direct_messages") is True or own.get("status") == "creator",
    )


async def _administrators(bot: Bot, channel_id: int) -> list[dict[str, Any]]:
    try:
        told: Any = await bot(methods.GetChatAdministrators(chat_id=channel_id))
    except (TelegramBadRequest, TelegramForbiddenError):  # the bot is none itself
        return []
    return [one for one in told if isinstance(one, dict)]


def _user(member: dict[str, Any]) -> dict[str, Any]:
    user = member.get("user")
    return user if isinstance(user, dict) else {}


def routes() -> Router:
    """Stands before all others: nothing that happens there is for the routers of groups."""
    router = Router(name="direct")
    for events, handler in ((router.message, said), (router.edited_message, edited)):
        events.filter(at_once(THERE))
        events.register(nothing, at_once(_of_nobody))
        events.register(handler, of_served)
        events.register(nothing)
    router.callback_query.filter(at_once(PRESSED_THERE))
    router.callback_query.register(pressed, of_served)
    router.my_chat_member.filter(at_once(F.chat.type == "channel"))
    router.my_chat_member.register(membership)
    return router
