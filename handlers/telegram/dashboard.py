"""`/dashboard`, for whoever is of the team: members of the group there and in private, admins in private."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Chat, Message, User

from handlers.telegram.admins import by_team, place_of
from handlers.telegram.menu_buttons import MenuButtons
from handlers.telegram.translate import operator
from services.dashboard.authorization import Authorization
from services.dashboard.entrance import Entrance
from services.delivery.administrators import Administrators
from services.delivery.members import Members
from services.delivery.operator_groups import Groups
from services.messages.incoming import Cause


async def from_team(
    event: Message,
    admins: Administrators,
    groups: Groups,
    *,
    members: Members,
    authorization: Authorization,
    event_chat: Chat | None = None,
    event_from_user: User | None = None,
) -> bool:
    """Let the team through. To others the command is a line like any other."""
    if event_chat is not None and event_chat.type == "private":
        return event_from_user is not None and await authorization.role_of(event_from_user.id) is not None
    given: dict[str, Any] = {"event_chat": event_chat, "event_from_user": event_from_user}
    return await by_team(event, admins, groups, members=members, **given)


async def dashboard(
    message: Message, cause: Cause, entrance: Entrance, groups: Groups, menu_buttons: MenuButtons
) -> None:
    who = operator(message.from_user, message.sender_chat)
    await entrance.ask(cause, who, place_of(message, groups))
    if message.chat.type == "private":
        await menu_buttons.offer(who.id)


def routes() -> Router:
    router = Router(name="dashboard")
    router.message.register(dashboard, Command("dashboard", ignore_case=True), from_team)
    return router
