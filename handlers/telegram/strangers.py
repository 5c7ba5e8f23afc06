"""What is not the bot's business: groups it does not work in, and buttons that stand in no chat it knows.

A group hears its own id, for whoever sets the bot up; a press is answered, so that no button spins on. No more.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter
from aiogram.types import CallbackQuery, ChatMemberUpdated

from handlers.telegram.filters import at_once
from handlers.telegram.toasts import show
from services.messages.incoming import Cause
from services.reports.admins import Reports


async def added(event: ChatMemberUpdated, cause: Cause, reports: Reports) -> None:
    await reports.group_id(cause, chat_id=event.chat.id)


async def pressed(query: CallbackQuery) -> None:
    await show(query, None)


def routes() -> Router:
    router = Router(name="strangers")
    router.callback_query.register(pressed)
    router.my_chat_member.filter(at_once(F.chat.type.in_({"group", "supergroup"})))
    router.my_chat_member.register(added, ChatMemberUpdatedFilter(IS_NOT_MEMBER >> IS_MEMBER))
    return router
