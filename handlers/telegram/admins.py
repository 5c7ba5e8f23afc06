"""What admins ask, in private or in the operator group."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Chat, Message, User

from services.arrivals import Cause
from services.group import Group
from services.reports import Reports


async def by_admin(
    _event: Any, event_from_user: User | None, event_chat: Chat, admin_ids: Collection[int], group: Group
) -> bool:
    """Let through admins, where nobody else listens in."""
    known = event_from_user is not None and event_from_user.id in admin_ids
    return known and (event_chat.type == "private" or group.is_it(event_chat.id))


async def health(message: Message, cause: Cause, reports: Reports) -> None:
    await reports.health(cause, chat_id=message.chat.id, reply_to=message.message_id)


async def inbox(message: Message, cause: Cause, reports: Reports) -> None:
    await reports.inbox(cause, chat_id=message.chat.id, reply_to=message.message_id)


def routes() -> Router:
    router = Router(name="admins")
    router.message.filter(by_admin)
    router.message.register(health, Command("health"))
    router.message.register(inbox, Command("inbox"))
    return router
