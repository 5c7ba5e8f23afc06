"""Commands of the team where they do not work: an operator's in private, an admin's from an operator in the group."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Chat, Message, User

from handlers.telegram.admins import by_team, place_of
from handlers.telegram.translate import person
from services.dashboard.authorization import Authorization
from services.delivery.operator_groups import Groups
from services.messages.incoming import Cause
from services.reports.guide import Guide
from services.texts.commands import OF_ADMINS, OF_OPERATORS

OF_GROUP: Final = tuple(one for one in OF_OPERATORS if one != "dashboard")
"""What works nowhere else for whoever is no admin."""


async def of_operator(
    _event: Message,
    authorization: Authorization,
    guide: Guide,
    event_chat: Chat | None = None,
    event_from_user: User | None = None,
) -> bool:
    """Let through what operators write in private. Who has never acted as one is a customer, and nobody is asked."""
    if event_chat is None or event_chat.type != "private" or event_from_user is None:
        return False
    return await guide.knows(event_from_user.id) and await authorization.role_of(event_from_user.id) is not None


async def in_group(message: Message, event_from_user: User, cause: Cause, guide: Guide, groups: Groups) -> None:
    await guide.say(cause, person(event_from_user), place_of(message, groups), "in_group")


async def for_admins(message: Message, event_from_user: User, cause: Cause, guide: Guide, groups: Groups) -> None:
    await guide.say(cause, person(event_from_user), place_of(message, groups), "admins_only")


def routes() -> Router:
    """Stands behind the routers in which these commands work."""
    router = Router(name="misplaced")
    router.message.register(for_admins, Command(*OF_ADMINS, ignore_case=True), by_team)
    router.message.register(in_group, Command(*OF_GROUP, ignore_case=True), of_operator)
    return router
