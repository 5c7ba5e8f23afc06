"""How a group becomes that of the operators: the bot is added to it, and an admin presses one button."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter, Command
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.telegram.admin_enrolment import name_of
from handlers.telegram.admins import by_admin
from handlers.telegram.filters import PRIVATE, at_once
from handlers.telegram.toasts import show
from handlers.telegram.translate import person, topic_of
from services.connecting.connection import Connection
from services.connecting.inviting import Inviting
from services.connecting.offers import Offers
from services.delivery.operator_groups import Groups
from services.desk.toasts import toast_text
from services.messages.addresses import on_telegram
from services.messages.callbacks import decode
from services.messages.connect_presses import OnGroup
from services.messages.effects import MessageRef, PrivateChat
from services.messages.incoming import Cause
from services.texts.team import Team


async def added(event: ChatMemberUpdated, cause: Cause, offers: Offers) -> None:
    await offers.added(cause, event.chat.id, event.chat.title or "", person(event.from_user))


async def pressed(query: CallbackQuery, cause: Cause, connection: Connection, press: OnGroup, team: Team) -> None:
    if query.message is None:
        await show(query, None)
        return
    at = MessageRef(chat_id=query.message.chat.id, telegram_id=query.message.message_id)
    said = await connection.press(cause, person(query.from_user), press.chat_id, at)
    await show(query, toast_text(said, team.language))


async def start(message: Message, cause: Cause, inviting: Inviting, bot: Bot) -> None:
    place = PrivateChat(address=on_telegram(message.chat.id), topic_id=topic_of(message))
    await inviting.invite(cause, place, username=await name_of(bot))


async def of_group(query: CallbackQuery) -> bool | dict[str, Any]:
    """Let through the button where it was offered: under a group's own question, or in private."""
    press = decode(query.data or "")
    if not isinstance(press, OnGroup) or query.message is None:
        return False
    return {"press": press} if query.message.chat.id in (press.chat_id, query.from_user.id) else False


async def without_group(_message: Message, team: Team) -> bool:
    return not team.has_group


async def not_home(event: ChatMemberUpdated, groups: Groups) -> bool:
    return groups.at(event.chat.id) is None


def routes() -> Router:
    router = Router(name="connecting")
    in_a_group = at_once(lambda event: event.chat.type in ("group", "supergroup"))
    entered = ChatMemberUpdatedFilter(IS_NOT_MEMBER >> IS_MEMBER)
    router.my_chat_member.register(added, in_a_group, not_home, entered)
    router.callback_query.register(pressed, of_group)
    router.message.register(start, PRIVATE, Command("start", ignore_case=True), without_group, by_admin)
    return router
