"""What admins ask, in private or in the operator group."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Chat, InaccessibleMessage, Message, User

from handlers.telegram.translate import person, topic_of, words_of
from services.delivery.administrators import Administrators
from services.delivery.members import Members
from services.delivery.operator_groups import Groups
from services.messages.addresses import on_telegram
from services.messages.effects import GroupPlace, PrivateChat
from services.messages.incoming import Cause
from services.reports.admins import Reports
from services.reports.guide import Guide
from services.reports.statistics import Statistics


async def by_admin(
    event: Any,
    admins: Administrators,
    groups: Groups,
    event_chat: Chat | None = None,
    event_from_user: User | None = None,
) -> bool:
    """Let through admins, where nobody else listens in."""
    if event_chat is None or not (event_chat.type == "private" or groups.at(event_chat.id) is not None):
        return False
    return event_from_user is not None and await is_admin(event, event_from_user, admins)


async def is_admin(event: Any, user: User, admins: Administrators) -> bool:
    """Whether an admin writes or presses; one who stays anonymous writes as the group. Another channel is nobody."""
    if isinstance(event, Message) and event.sender_chat is not None:
        return admins.speaks_for(event.chat.id, event.sender_chat.id)
    return await admins.counts(user.id)


async def by_team(
    event: Message,
    admins: Administrators,
    groups: Groups,
    *,
    members: Members,
    event_chat: Chat | None = None,
    event_from_user: User | None = None,
) -> bool:
    """Let through members of the operator group there, and admins in private. A channel is nobody."""
    if await by_admin(event, admins, groups, event_chat, event_from_user):
        return True
    if event_chat is None or groups.at(event_chat.id) is None:
        return False
    if event.sender_chat is not None:
        return event.sender_chat.id == event_chat.id
    return event_from_user is not None and await members.counts(event_chat.id, event_from_user.id)


def place_of(message: Message | InaccessibleMessage, groups: Groups) -> PrivateChat | GroupPlace:
    """Return where to answer a message: in the chat, and in a group under it."""
    if message.chat.type == "private":
        return PrivateChat(address=on_telegram(message.chat.id), topic_id=topic_of(message))
    group = groups.at(message.chat.id)
    return GroupPlace(reply_to=message.message_id, topic_id=topic_of(message), group_id=group.id if group else None)


def beside_command(message: Message) -> str:
    """Return what follows a command."""
    return "".join(words_of(message).split(maxsplit=1)[1:])


async def health(message: Message, event_from_user: User, cause: Cause, reports: Reports, groups: Groups) -> None:
    await reports.health(cause, person(event_from_user), place_of(message, groups))


async def inbox(message: Message, event_from_user: User, cause: Cause, reports: Reports, groups: Groups) -> None:
    await reports.inbox(cause, person(event_from_user), place_of(message, groups))


async def stats(message: Message, event_from_user: User, cause: Cause, statistics: Statistics, groups: Groups) -> None:
    await statistics.show(cause, person(event_from_user), place_of(message, groups), beside_command(message))


async def help_(
    message: Message, event_from_user: User, cause: Cause, guide: Guide, admins: Administrators, *, groups: Groups
) -> None:
    admin = await is_admin(message, event_from_user, admins)
    await guide.show(cause, person(event_from_user), place_of(message, groups), is_admin=admin)


def routes() -> Router:
    router = Router(name="admins")
    router.message.filter(by_admin)
    router.message.register(health, Command("health", ignore_case=True))
    router.message.register(inbox, Command("inbox", ignore_case=True))
    return router


def team_routes() -> Router:
    """Return what operators may ask too, in their group."""
    router = Router(name="team")
    router.message.register(stats, Command("stats", ignore_case=True), by_team)
    router.message.register(help_, Command("help", ignore_case=True), by_team)
    return router
