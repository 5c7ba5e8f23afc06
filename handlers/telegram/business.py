"""What happens in the private chats of an account that the bot is connected to."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BusinessBotRights, BusinessMessagesDeleted, CallbackQuery, Message, User
from aiogram.types import BusinessConnection as Told

from handlers.telegram import methods
from handlers.telegram.commands import beside
from handlers.telegram.customer import press
from handlers.telegram.filters import at_once
from handlers.telegram.kinds import said_by_nobody
from handlers.telegram.translate import customer_message, person
from services.customers.business import CAN_REPLY, BusinessAccounts, BusinessConnection
from services.customers.edits import Corrections
from services.customers.feedback import Feedback
from services.customers.owner_lines import OwnerLines
from services.customers.reception import Reception
from services.customers.satisfaction import Satisfaction
from services.messages.addresses import at_business
from services.messages.incoming import Cause, CustomerMessage
from services.templates.variables import plain_words

NAME_MOST = 64
TELEGRAM_ITSELF = 777000
"""Where Telegram sends login codes: nothing of it is anybody's question."""


async def connection(business_connection: Told, cause: Cause, accounts: BusinessAccounts) -> None:
    await accounts.changed(cause, _connection(business_connection))


async def nothing(_event: Message) -> None:
    """Nobody said it, a bot did, or it is said to nobody."""


async def of_account(
    event: Message | BusinessMessagesDeleted | CallbackQuery, cause: Cause, bot: Bot, accounts: BusinessAccounts
) -> dict[str, BusinessConnection] | bool:
    """Let through what happens in an account that is served. What is not known of it yet Telegram is asked for."""
    stands_in = event.message if isinstance(event, CallbackQuery) else event
    connection_id = getattr(stands_in, "business_connection_id", None)  # not of a message that Telegram no longer shows
    if connection_id is None:
        return False
    known = await accounts.known(connection_id)
    if known is None or await accounts.is_doubtful(known):
        known = await _asked(bot, connection_id, known)
        await accounts.learn(cause, known)
    return {"account": known} if await accounts.serves(known) and not _with_oneself(stands_in, known) else False


async def _asked(bot: Bot, connection_id: str, known: BusinessConnection | None) -> BusinessConnection:
    """Ask Telegram how a connection stands. One that it knows no longer stands as it was told of last."""
    try:
        told = await bot(methods.GetBusinessConnection(business_connection_id=connection_id))
    except TelegramBadRequest:
        if known is None:
            raise
        return known
    return _connection(Told.model_validate(told))


async def said(
    message: Message, cause: Cause, account: BusinessConnection, reception: Reception, owner_lines: OwnerLines
) -> None:
    line = _line(cause, message, account)
    if _by_owner(message, account):
        await owner_lines.wrote(line, account.owner_name, by_hand=not message.is_from_offline)
    else:
        await reception.receive(beside(line))


async def edited(
    message: Message, cause: Cause, account: BusinessConnection, corrections: Corrections, owner_lines: OwnerLines
) -> None:
    line = _line(cause, message, account)
    if _by_owner(message, account):
        await owner_lines.changed(line)
    else:
        await corrections.receive(beside(line))


async def deleted(
    event: BusinessMessagesDeleted, cause: Cause, account: BusinessConnection, owner_lines: OwnerLines
) -> None:
    await owner_lines.deleted(cause, at_business(account.owner_id, event.chat.id), event.message_ids)


async def pressed(
    query: CallbackQuery, cause: Cause, account: BusinessConnection, feedback: Feedback, satisfaction: Satisfaction
) -> None:
    """Take in a press of the customer; the owner sees the same buttons, and presses them in vain."""
    here = at_business(account.owner_id, query.from_user.id)
    await press(query, cause, replace(person(query.from_user), address=here), feedback, satisfaction)


def _connection(told: Told) -> BusinessConnection:
    return BusinessConnection(
        id=told.id,
        owner_id=told.user.id,
        owner_name=plain_words(told.user.full_name, cap=NAME_MOST) or str(told.user.id),
        username=told.user.username,
        rights=_rights(told),
        enabled=told.is_enabled,
        since=told.date,
    )


def _rights(told: Told) -> frozenset[str]:
    """Return what the bot may do; a server of before Bot API 9.0 tells of one right alone."""
    if told.rights is None:
        return frozenset({CAN_REPLY} if told.can_reply else ())
    return frozenset(name for name in BusinessBotRights.model_fields if getattr(told.rights, name) is True)


def _with_oneself(event: object, account: BusinessConnection) -> bool:
    """Whether it stands in the owner's chat with themselves, which has no customer."""
    chat = getattr(event, "chat", None)
    return chat is not None and chat.id == account.owner_id


def _by_owner(message: Message, account: BusinessConnection) -> bool:
    """Whether the owner has written it."""
    return message.from_user is None or message.from_user.id == account.owner_id


def _line(cause: Cause, message: Message, account: BusinessConnection) -> CustomerMessage:
    """Return what stands in a chat, under the name of the customer, whoever of the two has written it."""
    chat, author = message.chat, message.from_user
    customer = author if author is not None and author.id == chat.id else _of_chat(message)
    found = customer_message(cause, message, customer)
    return replace(found, person=replace(found.person, address=at_business(account.owner_id, chat.id)))


def _of_chat(message: Message) -> User:
    chat = message.chat
    return User(
        id=chat.id, is_bot=False, first_name=chat.first_name or "", last_name=chat.last_name, username=chat.username
    )


def _of_no_account(message: Message) -> bool:
    """Whether no customer writes, and no owner: a bot has, this one or another, or it is Telegram's own chat."""
    author = message.from_user
    by_bot = message.sender_business_bot is not None or (author is not None and author.is_bot)
    return by_bot or message.chat.id == TELEGRAM_ITSELF or said_by_nobody(message)


def routes() -> Router:
    router = Router(name="business")
    router.business_connection.register(connection)
    for events, handler in ((router.business_message, said), (router.edited_business_message, edited)):
        events.register(nothing, at_once(_of_no_account))
        events.register(handler, of_account)
    router.callback_query.register(pressed, of_account)
    router.deleted_business_messages.register(deleted, of_account)
    return router
