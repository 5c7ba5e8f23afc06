"""Groups the bot does not work in: it tells their id to whoever sets it up, and is silent otherwise."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated

from services.arrivals import Cause
from services.reports import Reports


async def added(event: ChatMemberUpdated, cause: Cause, reports: Reports) -> None:
    await reports.group_id(cause, chat_id=event.chat.id)


def routes() -> Router:
    router = Router(name="strangers")
    router.my_chat_member.filter(F.chat.type.in_({"group", "supergroup"}))
    router.my_chat_member.register(added, ChatMemberUpdatedFilter(IS_NOT_MEMBER >> IS_MEMBER))
    return router
