"""Admins come and go: the code that makes one, and `/admins`."""

from __future__ import annotations

import re
from typing import Any, Final

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, User

from handlers.telegram.admins import by_admin, place_of
from handlers.telegram.editor import message_ref
from handlers.telegram.filters import FROM_CUSTOMER, PRIVATE, at_once
from handlers.telegram.toasts import show
from handlers.telegram.translate import person, topic_of
from services.connecting.admin_enrolment import AdminEnrolment
from services.connecting.admin_list import AdminList
from services.connecting.codes import PREFIX
from services.delivery.operator_groups import Groups
from services.desk import audit
from services.desk.toasts import toast_text
from services.messages.addresses import on_telegram
from services.messages.callbacks import decode
from services.messages.connect_presses import OnAdmins
from services.messages.effects import PrivateChat
from services.messages.incoming import Cause
from services.reports.guide import Guide
from services.texts import label
from services.texts.team import Team

_CODE: Final = re.compile(rf"/start(?:@\w+)?\s+{PREFIX}(\S+)|/admin(?:@\w+)?\s+(?:{PREFIX})?(\S+)\s*", re.IGNORECASE)


async def with_code(message: Message) -> bool | dict[str, Any]:
    """Let through `/start admin_CODE`, as a link sends it, and `/admin CODE`."""
    found = _CODE.fullmatch(message.text or "")
    return {"code": found[1] or found[2]} if found else False


async def sent(
    message: Message, event_from_user: User, cause: Cause, enrolment: AdminEnrolment, code: str, *, bot: Bot
) -> None:
    await enrolment.redeem(cause, person(event_from_user, topic_of(message)), code, username=await name_of(bot))


async def admins(message: Message, cause: Cause, admin_list: AdminList) -> None:
    await admin_list.show(cause, _private(message))


async def elsewhere(message: Message, event_from_user: User, cause: Cause, guide: Guide, groups: Groups) -> None:
    await guide.say(cause, person(event_from_user), place_of(message, groups), "alone")


async def pressed(
    query: CallbackQuery, cause: Cause, admin_list: AdminList, press: OnAdmins, team: Team, *, bot: Bot
) -> None:
    at = message_ref(query.message) if isinstance(query.message, Message) else None
    if at is None or not isinstance(query.message, Message):
        await show(query, None)
        return
    who = audit.member(person(query.from_user), "private")
    username = await name_of(bot)
    said = await admin_list.press(cause, who, _private(query.message), press, at=at, username=username)
    await show(query, toast_text(said, team.language) if said else None)


async def refused(query: CallbackQuery) -> None:
    await show(query, label("toast.admins_admins", query.from_user.language_code or ""))


async def of_admins(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OnAdmins) else False


async def name_of(bot: Bot) -> str | None:
    """Return what links call the bot; None while Telegram does not say."""
    try:
        return (await bot.me()).username
    except Exception:  # noqa: BLE001  # a link is a convenience: the command does as well
        return None


def _private(message: Message) -> PrivateChat:
    return PrivateChat(address=on_telegram(message.chat.id), topic_id=topic_of(message))


def routes() -> Router:
    router = Router(name="enrolment")
    router.message.register(sent, FROM_CUSTOMER, with_code)
    router.message.register(admins, PRIVATE, Command("admins", ignore_case=True), by_admin)
    router.message.register(elsewhere, Command("admins", ignore_case=True), by_admin)
    router.callback_query.register(pressed, of_admins, at_once(_in_private), by_admin)
    router.callback_query.register(refused, of_admins)
    return router


def _in_private(query: CallbackQuery) -> bool:
    return query.message is not None and query.message.chat.type == "private"
