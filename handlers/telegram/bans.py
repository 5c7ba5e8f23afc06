"""`/bans`: admins read who is banned, and lift bans."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.telegram.admins import by_admin, place_of
from handlers.telegram.editor import message_ref
from handlers.telegram.toasts import show
from handlers.telegram.translate import person
from services.delivery.operator_groups import Groups
from services.desk import audit
from services.desk.bans import BanList
from services.desk.toasts import toast_text
from services.messages.callbacks import decode
from services.messages.incoming import Cause
from services.messages.team_presses import OnBan
from services.texts import label
from services.texts.team import Team


async def bans(message: Message, cause: Cause, banned: BanList, groups: Groups) -> None:
    await banned.show(cause, place_of(message, groups))


async def pressed(
    query: CallbackQuery, cause: Cause, banned: BanList, press: OnBan, team: Team, *, groups: Groups
) -> None:
    if query.message is not None:
        place = place_of(query.message, groups)
        who = audit.member(person(query.from_user), place.kind)
        said = await banned.press(cause, who, place, press, at=message_ref(query.message))
        await show(query, toast_text(said, team.language))


async def refused(query: CallbackQuery) -> None:
    await show(query, label("toast.admins_bans", query.from_user.language_code or ""))


async def of_bans(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OnBan) else False


def routes() -> Router:
    router = Router(name="bans")
    router.message.register(bans, Command("bans", ignore_case=True), by_admin)
    router.callback_query.register(pressed, of_bans, by_admin)
    router.callback_query.register(refused, of_bans)
    return router
