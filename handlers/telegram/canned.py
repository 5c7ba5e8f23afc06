"""`/replies` and the buttons under its list: the team's own answers."""

from __future__ import annotations

from typing import Any, Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Chat, Message, User

from handlers.telegram.admins import by_team, place_of
from handlers.telegram.commands import without
from handlers.telegram.editor import message_ref
from handlers.telegram.toasts import show
from handlers.telegram.translate import customer_message, person
from services.delivery.administrators import Administrators
from services.delivery.members import Members
from services.delivery.operator_groups import Groups
from services.editing.canned import CannedEditor
from services.messages.callbacks import decode
from services.messages.incoming import Cause
from services.messages.team_presses import OnCanned

COMMAND: Final = "replies"


async def replies(message: Message, event_from_user: User, cause: Cause, canned: CannedEditor, groups: Groups) -> None:
    said = without(COMMAND, customer_message(cause, message, event_from_user))
    await canned.command(cause, person(event_from_user), place_of(message, groups), said)


async def pressed(query: CallbackQuery, cause: Cause, canned: CannedEditor, press: OnCanned, groups: Groups) -> None:
    if query.message is not None:
        at = message_ref(query.message)
        await canned.press(cause, person(query.from_user), place_of(query.message, groups), press, at=at)
    await show(query, None)


async def of_list(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OnCanned) else False


async def by_team_member(
    query: CallbackQuery,
    admins: Administrators,
    groups: Groups,
    members: Members,
    event_chat: Chat | None = None,
) -> bool:
    """Let through admins anywhere the list stands, and members of the operator group there."""
    who = query.from_user.id
    in_group = event_chat is not None and groups.at(event_chat.id) is not None
    if in_group and event_chat is not None and await members.counts(event_chat.id, who):
        return True
    return await admins.counts(who)


def routes() -> Router:
    router = Router(name="canned")
    router.message.register(replies, Command(COMMAND, ignore_case=True), by_team)
    router.callback_query.register(pressed, of_list, by_team_member)
    return router
