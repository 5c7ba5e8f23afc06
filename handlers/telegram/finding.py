"""What the team looks up: `/open`, `/client`, `/find`, `/note`, and the buttons under what they show."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Chat, Message, User

from handlers.telegram.admins import beside_command, by_team, is_admin, place_of
from handlers.telegram.editor import message_ref
from handlers.telegram.toasts import show
from handlers.telegram.translate import operator_message, person
from services.delivery.administrators import Administrators
from services.delivery.members import Members
from services.delivery.operator_groups import Groups
from services.finding.finder import Asked, Finder
from services.messages.callbacks import decode
from services.messages.desk_presses import OfDesk
from services.messages.incoming import Cause
from services.texts import label, text_key


async def asked_in(
    event: Message | CallbackQuery, user: User, admins: Administrators, groups: Groups, **more: Any
) -> Asked:
    """Return who asks, and where they read the answer."""
    message = event.message if isinstance(event, CallbackQuery) else event
    if message is None:
        raise ValueError("a button outside of any chat")
    admin = await is_admin(event, user, admins)
    return Asked(who=person(user), place=place_of(message, groups), is_admin=admin, **more)


async def open_(
    message: Message,
    event_from_user: User,
    cause: Cause,
    finder: Finder,
    admins: Administrators,
    *,
    groups: Groups,
) -> None:
    await finder.open(cause, await asked_in(message, event_from_user, admins, groups))


async def client(
    message: Message,
    event_from_user: User,
    cause: Cause,
    finder: Finder,
    admins: Administrators,
    *,
    bot: Bot,
    groups: Groups,
) -> None:
    said = operator_message(cause, message, bot_id=bot.id)
    await finder.client(
        cause, await asked_in(message, event_from_user, admins, groups, said=said), beside_command(message)
    )


async def note(
    message: Message,
    event_from_user: User,
    cause: Cause,
    finder: Finder,
    admins: Administrators,
    *,
    bot: Bot,
    groups: Groups,
) -> None:
    said = operator_message(cause, message, bot_id=bot.id)
    asked = await asked_in(message, event_from_user, admins, groups, said=said)
    await finder.note(cause, asked, beside_command(message))


async def find(
    message: Message, event_from_user: User, cause: Cause, finder: Finder, admins: Administrators, *, groups: Groups
) -> None:
    await finder.find(cause, await asked_in(message, event_from_user, admins, groups), beside_command(message))


async def turned(
    query: CallbackQuery,
    cause: Cause,
    finder: Finder,
    admins: Administrators,
    press: OfDesk,
    *,
    groups: Groups,
) -> None:
    if query.message is None:
        await show(query, None)  # a button outside of any chat: no version has posted one
        return
    asked = await asked_in(query, query.from_user, admins, groups)
    toast = await finder.turn(cause, asked, press, at=message_ref(query.message))
    await show(query, toast and label(text_key("toast", toast), finder.language(asked)))


async def of_desk(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OfDesk) else False


async def pressed_by_team(
    query: CallbackQuery,
    admins: Administrators,
    groups: Groups,
    members: Members,
    event_chat: Chat | None = None,
) -> bool:
    """Let through members of the operator group there, and admins in private."""
    if event_chat is None or event_chat.type == "private":
        return await admins.counts(query.from_user.id)
    return groups.at(event_chat.id) is not None and await members.counts(event_chat.id, query.from_user.id)


def routes() -> Router:
    router = Router(name="finding")
    router.message.register(open_, Command("open", ignore_case=True), by_team)
    router.message.register(client, Command("client", ignore_case=True), by_team)
    router.message.register(find, Command("find", ignore_case=True), by_team)
    router.message.register(note, Command("note", ignore_case=True), by_team)
    router.callback_query.register(turned, of_desk, pressed_by_team)
    return router
