"""Admins edit answers and facts: `/scenarios`, `/facts`, the buttons under them, and the texts they send."""

from __future__ import annotations

import re
from typing import Any, Final

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, User

from handlers.telegram.admins import by_admin, place_of
from handlers.telegram.filters import at_once
from handlers.telegram.kinds import said_by_people
from handlers.telegram.toasts import show
from handlers.telegram.translate import customer_message, person
from services.delivery.administrators import Administrators
from services.delivery.operator_groups import Groups
from services.editing import Editor, Typed
from services.messages.callbacks import OfEditor, OnDraft, decode
from services.messages.effects import MessageRef
from services.messages.incoming import Cause
from services.texts import label, text_key

COMMAND: Final = re.compile(r"/\w+(@\w+)?")
"""Alone it is meant as a command, whatever is being edited; an answer may well begin with one."""


async def scenarios(message: Message, event_from_user: User, cause: Cause, editor: Editor, groups: Groups) -> None:
    await editor.open(cause, person(event_from_user), place_of(message, groups))


async def facts(message: Message, event_from_user: User, cause: Cause, editor: Editor, groups: Groups) -> None:
    await editor.open_facts(cause, person(event_from_user), place_of(message, groups))


async def typed(
    message: Message,
    event_from_user: User,
    cause: Cause,
    editor: Editor,
    *,
    groups: Groups,
    marks: frozenset[str] | None = None,
) -> None:
    said = customer_message(cause, message, event_from_user)
    letter = Typed(kind=said.kind, text=said.text, entities=said.entities, marks=marks)
    await editor.receive(cause, person(event_from_user), place_of(message, groups), letter)


async def overheard(message: Message) -> None:
    """Somebody else answers the editor: talk among people, and in a topic nothing for the customer."""


async def pressed(query: CallbackQuery, cause: Cause, editor: Editor, press: OfEditor, groups: Groups) -> None:
    if query.message is None:
        await show(query, None)  # a button outside of any chat: no version has posted one
        return
    admin, place = person(query.from_user), place_of(query.message, groups)
    toast = await editor.press(cause, admin, place, press, at=message_ref(query.message))
    await show(query, toast and label(text_key("toast", toast), editor.language(admin, place)))


def message_ref(message: Message | InaccessibleMessage) -> MessageRef | None:
    """Return which message was pressed, None for one that is deleted, or too old to be changed."""
    if isinstance(message, InaccessibleMessage):
        return None
    return MessageRef(chat_id=message.chat.id, telegram_id=message.message_id)


async def refused(query: CallbackQuery) -> None:
    await show(query, label("toast.admins_only", query.from_user.language_code or ""))


async def in_private(message: Message, event_from_user: User, editor: Editor) -> bool:
    """Let through the next message of an admin who is asked for a text."""
    if message.chat.type != "private" or COMMAND.fullmatch(message.text or ""):
        return False
    return await editor.awaits(person(event_from_user))


async def in_reply(message: Message, event_chat: Chat, groups: Groups, bot: Bot) -> bool | dict[str, Any]:
    """Let through what answers a message of the editor in the group; it is known by its buttons.

    Any of them will do: a prompt that was cancelled has others, and a text sent to it late must reach no customer.
    """
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or asked.from_user.id != bot.id or groups.at(event_chat.id) is None:
        return False
    rows = asked.reply_markup.inline_keyboard if asked.reply_markup else []
    found = [decode(button.callback_data or "") for row in rows for button in row]
    presses = [press for press in found if isinstance(press, OfEditor)]
    marks = frozenset(press.mark for press in presses if isinstance(press, OnDraft))
    return {"marks": marks} if presses else False


async def of_editor(query: CallbackQuery) -> bool | dict[str, Any]:
    press = decode(query.data or "")
    return {"press": press} if isinstance(press, OfEditor) else False


async def admins_alone(query: CallbackQuery, admins: Administrators) -> bool:
    return await admins.counts(query.from_user.id)


def routes() -> Router:
    router = Router(name="editor")
    router.message.register(scenarios, Command("scenarios", ignore_case=True), by_admin)
    router.message.register(facts, Command("facts", ignore_case=True), by_admin)
    for observer in (router.message, router.edited_message):
        observer.register(typed, by_admin, at_once(said_by_people), in_private)
        observer.register(typed, by_admin, at_once(said_by_people), in_reply)
        observer.register(overheard, in_reply)
    router.callback_query.register(pressed, of_editor, admins_alone)
    router.callback_query.register(refused, of_editor)
    return router
