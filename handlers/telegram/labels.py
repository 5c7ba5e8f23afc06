"""`/labels`: admins read what the bot learns from, and take back what is wrong."""

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
from services.desk.toasts import toast_text
from services.editing.labels_desk import LabelsDesk
from services.messages.callbacks import decode
from services.messages.incoming import Cause
from services.messages.label_presses import OnLabels
from services.texts import label
from services.texts.team import Team


async def labels(message: Message, cause: Cause, learned_from: LabelsDesk, groups: Groups) -> None:
    await learned_from.show(cause, place_of(message, groups))


async def pressed(
    query: CallbackQuery, cause: Cause, learned_from: LabelsDesk, press: OnLabels, team: Team, *, groups: Groups
) -> None:
    if query.message is not None:
        place = place_of(query.message, groups)
        who = audit.member(person(query.from_user), place.kind)
        said = await learned_from.press(cause, who, place, press, at=message_ref(query.message))
        await show(query, toast_text(said, team.language) if said else None)


async def refused(query: CallbackQuery) -> None:
    await show(query, label("toast.admins_labels", query.from_user.language_code or ""))


async def of_labels(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OnLabels) else False


def routes() -> Router:
    router = Router(name="labels")
    router.message.register(labels, Command("labels", ignore_case=True), by_admin)
    router.callback_query.register(pressed, of_labels, by_admin)
    router.callback_query.register(refused, of_labels)
    return router
