"""The set-up in private: `/setup`, its buttons, and what an admin types or sends meanwhile."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, User

from handlers.telegram.admins import by_admin, place_of
from handlers.telegram.editor import COMMAND, message_ref
from handlers.telegram.filters import PRIVATE, at_once
from handlers.telegram.kinds import said_by_people
from handlers.telegram.toasts import show
from handlers.telegram.translate import customer_message, person, topic_of
from services.delivery.administrators import Administrators
from services.delivery.operator_groups import Groups
from services.messages.addresses import on_telegram
from services.messages.callbacks import decode
from services.messages.effects import GroupPlace, PrivateChat
from services.messages.incoming import Cause
from services.messages.setup_presses import OnSetup
from services.setup.dialog import Dialog
from services.texts import label


def _place(message: Message | InaccessibleMessage) -> PrivateChat:
    return PrivateChat(address=on_telegram(message.chat.id), topic_id=topic_of(message))


async def setup(message: Message, event_from_user: User, cause: Cause, dialog: Dialog) -> None:
    await dialog.open(cause, person(event_from_user), _place(message))


async def elsewhere(message: Message, cause: Cause, dialog: Dialog, groups: Groups) -> None:
    place = place_of(message, groups)
    if isinstance(place, GroupPlace):
        await dialog.elsewhere(cause, place)


async def invited(message: Message, event_from_user: User, cause: Cause, dialog: Dialog) -> None:
    await dialog.invite(cause, person(event_from_user), _place(message))


async def typed(message: Message, event_from_user: User, cause: Cause, dialog: Dialog) -> None:
    said = customer_message(cause, message, event_from_user)
    await dialog.receive(cause, person(event_from_user), _place(message), said)


async def pressed(query: CallbackQuery, cause: Cause, dialog: Dialog, press: OnSetup) -> None:
    if query.message is None:  # a button outside of any chat: no version has posted one
        await show(query, None)
        return
    asking = press.action == "ways"
    if asking:  # the model may take longer than a press waits
        await show(query, dialog.asking(person(query.from_user)))
    toast = await dialog.press(
        cause, person(query.from_user), _place(query.message), press, at=message_ref(query.message)
    )
    if not asking:
        await show(query, toast)


async def refused(query: CallbackQuery) -> None:
    await show(query, label("toast.admins_only", query.from_user.language_code or ""))


async def in_group(message: Message, groups: Groups) -> bool:
    return groups.at(message.chat.id) is not None


async def invites(message: Message, dialog: Dialog) -> bool:  # noqa: ARG001  # a filter is given the message
    return await dialog.invites()


async def listens(message: Message, event_from_user: User, dialog: Dialog) -> bool:
    """Let through what the step waits for. A command alone is meant as one."""
    return not COMMAND.fullmatch(message.text or "") and await dialog.listens(person(event_from_user))


async def of_setup(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OnSetup) else False


async def admins_alone(query: CallbackQuery, admins: Administrators) -> bool:
    private = query.message is not None and query.message.chat.type == "private"
    return private and await admins.counts(query.from_user.id)


def routes() -> Router:
    router = Router(name="setup")
    router.message.filter(by_admin)
    router.message.register(setup, Command("setup", ignore_case=True), PRIVATE)
    router.message.register(elsewhere, Command("setup", ignore_case=True), in_group)
    router.message.register(invited, PRIVATE, CommandStart(deep_link=False), at_once(_bare_start), invites)
    router.message.register(typed, PRIVATE, at_once(said_by_people), listens)
    router.callback_query.register(pressed, of_setup, admins_alone)
    router.callback_query.register(refused, of_setup)
    return router


def _bare_start(message: Message) -> bool:
    return len((message.text or "").split()) == 1
