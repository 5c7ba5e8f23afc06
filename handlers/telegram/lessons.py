"""The buttons under a reply in the group that the bot may learn from."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.telegram.admins import place_of
from handlers.telegram.canned import by_team_member
from handlers.telegram.editor import message_ref
from handlers.telegram.toasts import show
from handlers.telegram.translate import operator
from services.delivery.operator_groups import Groups
from services.messages.callbacks import decode
from services.messages.effects import GroupPlace
from services.messages.incoming import Cause
from services.messages.lesson_presses import OnLesson
from services.texts import label, text_key
from services.texts.team import Team
from services.unanswered.lesson_chat import LessonChat


async def pressed(
    query: CallbackQuery, cause: Cause, lessons: LessonChat, press: OnLesson, *, groups: Groups, team: Team
) -> None:
    place = place_of(query.message, groups) if query.message is not None else None
    if query.message is None or not isinstance(place, GroupPlace):
        await show(query, None)
        return
    toast = await lessons.press(cause, operator(query.from_user, None), place, press, at=message_ref(query.message))
    await show(query, toast and label(text_key("toast", toast), team.language))


async def refused(query: CallbackQuery, team: Team) -> None:
    await show(query, label("toast.members_only", team.language))


async def of_lesson(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OnLesson) else False


def routes() -> Router:
    router = Router(name="lessons")
    router.callback_query.register(pressed, of_lesson, by_team_member)
    router.callback_query.register(refused, of_lesson)
    return router
