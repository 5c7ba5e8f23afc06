"""`/unanswered` and the buttons under it: admins in private."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, User

from handlers.telegram.admins import by_admin, place_of
from handlers.telegram.editor import admins_alone, message_ref, refused
from handlers.telegram.filters import PRIVATE
from handlers.telegram.toasts import show
from handlers.telegram.translate import person
from services.delivery.operator_groups import Groups
from services.messages.callbacks import decode
from services.messages.effects import PrivateChat
from services.messages.incoming import Cause
from services.messages.question_presses import OnQuestions
from services.reports.guide import Guide
from services.texts import label, text_key
from services.unanswered.question_chat import QuestionChat

COMMAND = "unanswered"


async def unanswered(
    message: Message, event_from_user: User, cause: Cause, questions: QuestionChat, groups: Groups
) -> None:
    place = place_of(message, groups)
    if isinstance(place, PrivateChat):
        await questions.open(cause, person(event_from_user), place)


async def elsewhere(message: Message, event_from_user: User, cause: Cause, guide: Guide, groups: Groups) -> None:
    """Customers' words are gone through in private."""
    await guide.say(cause, person(event_from_user), place_of(message, groups), "in_private")


async def pressed(
    query: CallbackQuery, cause: Cause, questions: QuestionChat, press: OnQuestions, groups: Groups
) -> None:
    place = place_of(query.message, groups) if query.message is not None else None
    if query.message is None or not isinstance(place, PrivateChat):
        await show(query, None)
        return
    admin = person(query.from_user)
    toast = await questions.press(cause, admin, place, press, at=message_ref(query.message))
    await show(query, toast and label(text_key("toast", toast), questions.language(admin)))


async def of_questions(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OnQuestions) else False


def routes() -> Router:
    router = Router(name=COMMAND)
    router.message.register(unanswered, Command(COMMAND, ignore_case=True), by_admin, PRIVATE)
    router.message.register(elsewhere, Command(COMMAND, ignore_case=True), by_admin)
    router.callback_query.register(pressed, of_questions, admins_alone)
    router.callback_query.register(refused, of_questions)
    return router
